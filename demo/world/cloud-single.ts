import type { CloudBuilder, ResourceSpec } from './cloud-builder.ts';
import { type CloudVpc, placeIn, subnetOf } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

/** An instance outside of any application; `more` replaces what it is by default, its tags are added. */
export function addSingleInstance(
  builder: CloudBuilder,
  vpc: CloudVpc,
  name: string,
  more: Partial<ResourceSpec> = {},
): WorldResource {
  const row = builder.resource(vpc.account, {
    service: 'ec2',
    resourceId: builder.awsId('i'),
    region: vpc.region,
    name,
    state: 'running',
    cost: '15.18',
    privateAddress: vpc.nextPrivateAddress(),
    ...more,
    tags: { ...(name === '' ? {} : { Name: name }), ...more.tags },
  });
  placeIn(builder, vpc, row, [subnetOf(vpc, 0)], [vpc.defaultSecurityGroup]);
  return row;
}

/** A volume that says it is attached to all of `instances`. */
export function addSingleVolume(
  builder: CloudBuilder,
  vpc: CloudVpc,
  name: string,
  state: string,
  instances: readonly WorldResource[],
  lastSeenAt?: number,
): void {
  const row = builder.resource(vpc.account, {
    service: 'ebs',
    resourceId: builder.awsId('vol'),
    region: vpc.region,
    name,
    state,
    tags: { Name: name },
    cost: '8.00',
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
  });
  for (const holder of instances) builder.edge(row, 'attached_to', 'ec2', holder.resourceId);
}
