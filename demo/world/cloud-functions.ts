import type { CloudBuilder } from './cloud-builder.ts';
import { arnOf } from './cloud-builder.ts';
import type { Application } from './cloud-vpc.ts';
import { placeIn } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

const verbs = ['webhook', 'thumbnailer', 'nightly', 'importer'] as const;

/** Two functions with one role, a layer, a log group each; the second is in the VPC. */
export function addFunctions(builder: CloudBuilder, application: Application): readonly WorldResource[] {
  const { account } = application.vpc;
  const roleName = `${application.name}-function`;
  const role = builder.resource(account, {
    service: 'iam_role',
    resourceId: arnOf(account, 'iam', '', `role/service-role/${roleName}`),
    region: 'global',
    name: roleName,
    tags: application.tags,
  });
  const first = builder.random.int(0, verbs.length - 1);
  return [first, first + 1].map((verb, index) => {
    const row = addFunction(builder, application, `${application.name}-${verbs[verb % verbs.length]}`, role);
    if (index === 1) addToVpc(builder, application, row);
    return row;
  });
}

function addFunction(
  builder: CloudBuilder,
  { vpc, tags, key }: Application,
  name: string,
  role: WorldResource,
): WorldResource {
  const { account, region } = vpc;
  const row = builder.resource(account, {
    service: 'lambda',
    resourceId: arnOf(account, 'lambda', region, `function:${name}`),
    region,
    name,
    tags,
    cost: builder.random.pick(['0.21', '1.67', '3.33', '6.67']),
  });
  builder.edge(row, 'uses_role', 'iam_role', role.resourceId);
  builder.edge(row, 'encrypted_by', 'kms_key', key.resourceId);
  builder.edge(row, 'uses_layer', 'lambda_layer', arnOf(account, 'lambda', region, 'layer:tracing:7'));
  builder.resource(account, {
    service: 'cloudwatch_logs',
    resourceId: arnOf(account, 'logs', region, `log-group:/aws/lambda/${name}:*`),
    region,
    name: `/aws/lambda/${name}`,
    cost: builder.random.pick(['0.00', '0.03', '0.45', '2.10']),
  });
  return row;
}

function addToVpc(builder: CloudBuilder, { vpc, appGroup }: Application, row: WorldResource): void {
  placeIn(builder, vpc, row, vpc.subnets.slice(0, 2), [appGroup]);
  const eni = builder.resource(vpc.account, {
    service: 'eni',
    resourceId: builder.awsId('eni'),
    region: vpc.region,
    name: `AWS Lambda VPC ENI-${row.name}-${builder.random.uuid()}`,
    state: 'in-use',
    privateAddress: vpc.nextPrivateAddress(),
  });
  placeIn(builder, vpc, eni, vpc.subnets.slice(0, 1), [appGroup]);
}
