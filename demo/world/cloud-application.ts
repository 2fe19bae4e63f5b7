import { addAlarms } from './cloud-alarms.ts';
import { addBalancers } from './cloud-balancers.ts';
import type { CloudBuilder } from './cloud-builder.ts';
import { arnOf } from './cloud-builder.ts';
import { addDatabase } from './cloud-database.ts';
import { addFunctions } from './cloud-functions.ts';
import { addInstances } from './cloud-instances.ts';
import type { Application, CloudVpc } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

/** The most rows one application can have. */
export const APPLICATION_MAX_ROWS = 60;

const products = [
  'orders',
  'checkout',
  'catalog',
  'identity',
  'billing',
  'search',
  'shipping',
  'reports',
  'warehouse',
  'loyalty',
  'mailer',
  'pricing',
] as const;
const teams = ['platform', 'payments', 'storefront', 'data'] as const;

/** One application as a company runs it: balancer, instances, database, functions, and what guards and watches them. */
export function addApplication(builder: CloudBuilder, vpc: CloudVpc): void {
  const application = addFoundations(builder, vpc);
  const instances = addInstances(builder, application);
  const functions = addFunctions(builder, application);
  const balancers = addBalancers(builder, application, instances, functions);
  const databases = addDatabase(builder, application);
  const bucket = addStorage(builder, application);
  addAlarms(builder, application, { instances, functions, balancers, databases, bucket });
  addPeople(builder, application);
}

function addFoundations(builder: CloudBuilder, vpc: CloudVpc): Application {
  const { account, region } = vpc;
  const name = nextName(builder, vpc);
  const tags: Record<string, string> = { Environment: account.role, Owner: builder.random.pick(teams) };
  if (builder.random.chance(0.7)) tags.CostCenter = String(builder.random.int(1000, 1040));
  const group = (layer: string) =>
    builder.resource(account, {
      service: 'security_group',
      resourceId: builder.awsId('sg'),
      region,
      name: `${name}-${layer}`,
      tags,
    });
  const keyId = builder.random.uuid();
  const key = builder.resource(account, {
    service: 'kms_key',
    resourceId: arnOf(account, 'kms', region, `key/${keyId}`),
    region,
    name: builder.random.chance(0.8) ? `Data key of ${name}` : keyId,
    state: 'Enabled',
    tags,
    cost: '1.00',
  });
  return { name, vpc, tags, key, webGroup: group('web'), appGroup: group('app'), dataGroup: group('data') };
}

/** Unique in the whole company: `orders`, `stg-orders`, `orders-2` … */
function nextName(builder: CloudBuilder, { account }: CloudVpc): string {
  const number = builder.ordinal(`application ${account.role}`) - 1;
  const product = products[number % products.length] as string;
  const round = Math.floor(number / products.length);
  return `${account.prefix}${product}${round === 0 ? '' : `-${round + 1}`}`;
}

function addStorage(builder: CloudBuilder, { name, vpc, tags, key }: Application): WorldResource {
  const { account, region } = vpc;
  const secret = builder.resource(account, {
    service: 'secret',
    resourceId: arnOf(account, 'secretsmanager', region, `secret:${account.role}/${name}/db-${suffix(builder)}`),
    region,
    name: `${account.role}/${name}/db`,
    tags,
    cost: '0.40',
  });
  builder.edge(secret, 'encrypted_by', 'kms_key', builder.random.chance(0.5) ? key.resourceId : `alias/${name}`);
  const bucketName = `northwind-${name}-${account.role}-assets`;
  const bucket = builder.resource(account, {
    service: 's3',
    resourceId: bucketName,
    region,
    name: bucketName,
    state: 'active',
    cost: '5.00',
  });
  builder.edge(bucket, 'encrypted_by', 'kms_key', key.resourceId);
  return bucket;
}

function addPeople(builder: CloudBuilder, { name, vpc, tags }: Application): void {
  const { account } = vpc;
  const user = `svc-${name}`;
  builder.resource(account, {
    service: 'iam_user',
    resourceId: arnOf(account, 'iam', '', `user/services/${user}`),
    region: 'global',
    name: user,
    tags,
  });
  const keyId = `AKIA${builder.random.letters(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
  const state = builder.random.pick(['Active', 'Active', 'Inactive', 'Expired']);
  builder.resource(account, { service: 'iam_access_key', resourceId: keyId, region: 'global', name: keyId, state });
}

function suffix(builder: CloudBuilder): string {
  return builder.random.letters(6, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
}
