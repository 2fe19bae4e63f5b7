import type { CloudBuilder } from './cloud-builder.ts';
import type { Application } from './cloud-vpc.ts';
import { placeIn } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

const engines = ['postgres', 'mysql', 'aurora-postgresql'] as const;

/** One instance in every subnet of the VPC, sometimes with a replica; an interface each, and a manual snapshot. */
export function addDatabase(builder: CloudBuilder, application: Application): readonly WorldResource[] {
  const primary = addInstance(builder, application, `${application.name}-db`);
  const databases = builder.random.chance(0.3)
    ? [primary, addInstance(builder, application, `${application.name}-db-replica`)]
    : [primary];
  const snapshot = `${application.name}-db-before-upgrade`;
  builder.resource(application.vpc.account, {
    service: 'rds_snapshot',
    resourceId: snapshot,
    region: application.vpc.region,
    name: snapshot,
    state: 'available',
    tags: application.tags,
    cost: (builder.random.int(20, 800) * 0.095).toFixed(2),
  });
  return databases;
}

function addInstance(builder: CloudBuilder, { vpc, tags, dataGroup, key }: Application, name: string): WorldResource {
  const { account, region } = vpc;
  const row = builder.resource(account, {
    service: 'rds',
    resourceId: name,
    region,
    name,
    state: builder.random.pick(['available', 'available', 'available', 'available', 'backing-up', 'stopped']),
    tags: { ...tags, Engine: builder.random.pick(engines) },
    cost: builder.random.pick(['12.41', '24.82', '49.64', '131.40', '525.60']),
  });
  placeIn(builder, vpc, row, vpc.subnets, [dataGroup]);
  builder.edge(row, 'encrypted_by', 'kms_key', key.resourceId);
  const eni = builder.resource(account, {
    service: 'eni',
    resourceId: builder.awsId('eni'),
    region,
    name: 'RDSNetworkInterface',
    state: 'in-use',
    privateAddress: vpc.nextPrivateAddress(),
  });
  placeIn(builder, vpc, eni, vpc.subnets.slice(0, 1), [dataGroup]);
  return row;
}
