import { arnOf } from './arn.ts';
import type { CloudBuilder, ResourceSpec } from './cloud-builder.ts';
import type { CloudVpc } from './cloud-vpc.ts';
import { addElasticIp, placeIn, subnetOf } from './cloud-vpc.ts';
import { DAY } from './time.ts';
import type { WorldResource } from './types.ts';

export interface Sites {
  readonly production: CloudVpc;
  readonly frankfurt: CloudVpc;
  readonly staging: CloudVpc;
  readonly legacy: CloudVpc;
}

/** What real inventories hold and tidy ones do not: every row here is one that a careless reader gets wrong. */
export function addPeculiarities(builder: CloudBuilder, sites: Sites): void {
  addClashingNames(builder, sites);
  addLeftovers(builder, sites);
  addSecurityGroupCycle(builder, sites.production);
  addSparseRows(builder, sites);
  addLongNames(builder, sites.production);
  addExplicitLinks(builder, sites);
}

function instance(builder: CloudBuilder, vpc: CloudVpc, name: string, more: Partial<ResourceSpec> = {}): WorldResource {
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

/** One name, several things: databases and balancers of two accounts, instances that share a Name tag. */
function addClashingNames(builder: CloudBuilder, { production, frankfurt, staging, legacy }: Sites): void {
  const rds = { service: 'rds', resourceId: 'orders-db', name: 'orders-db', state: 'available', cost: '49.64' };
  const twin = builder.resource(legacy.account, { ...rds, region: legacy.region });
  placeIn(builder, legacy, twin, legacy.subnets, [legacy.defaultSecurityGroup]);
  const alarm = builder.resource(legacy.account, {
    service: 'cloudwatch_alarm',
    resourceId: arnOf(legacy.account, 'cloudwatch', legacy.region, 'alarm:orders-db-connections'),
    region: legacy.region,
    name: 'orders-db-connections',
    state: 'OK',
    cost: '0.10',
  });
  builder.edge(alarm, 'monitors', 'rds', 'orders-db');
  for (const vpc of [production, staging]) {
    const suffix = `app/front/${builder.random.hex(16)}`;
    const balancer = builder.resource(vpc.account, {
      service: 'alb',
      resourceId: arnOf(vpc.account, 'elasticloadbalancing', vpc.region, `loadbalancer/${suffix}`),
      region: vpc.region,
      name: 'front',
      state: 'active',
      cost: '16.43',
    });
    placeIn(builder, vpc, balancer, vpc.subnets.slice(0, 2), [vpc.defaultSecurityGroup]);
    instance(builder, vpc, 'cache-01');
  }
  for (const vpc of [production, frankfurt, staging]) instance(builder, vpc, 'build-agent');
  instance(builder, production, 'web');
}

/** Things that were: rows not seen any more, edges never removed, addresses that belong to nobody. */
function addLeftovers(builder: CloudBuilder, { production, frankfurt }: Sites): void {
  const gone = builder.now - 9 * DAY;
  const stale = instance(builder, production, 'orders-canary', { lastSeenAt: gone });
  volume(builder, production, 'orders-canary-root', 'in-use', [stale], gone);
  const ended = instance(builder, production, 'import-2025', { state: 'terminated', cost: '0.00' });
  volume(builder, production, 'import-2025-data', 'unattached', [ended]);
  const moved = [instance(builder, frankfurt, 'nfs-01'), instance(builder, frankfurt, 'nfs-02')];
  volume(builder, frankfurt, 'nfs-share', 'in-use', moved);
  instance(builder, frankfurt, 'forgotten-poc', { state: 'stopped', cost: '0.00' });
  addElasticIp(builder, production.account, production.region, 'unassociated', { Name: 'old-office-vpn' });
  addElasticIp(builder, frankfurt.account, frankfurt.region, 'unassociated');
  builder.resource(production.account, {
    service: 'eni',
    resourceId: builder.awsId('eni'),
    region: production.region,
    name: 'left by a migration',
    state: 'available',
  });
}

function volume(
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

/** Two groups that admit each other, and one that admits itself. */
function addSecurityGroupCycle(builder: CloudBuilder, vpc: CloudVpc): void {
  const [first, second, alone] = ['mesh-blue', 'mesh-green', 'cluster-internal'].map((name) =>
    builder.resource(vpc.account, {
      service: 'security_group',
      resourceId: builder.awsId('sg'),
      region: vpc.region,
      name,
    }),
  ) as [WorldResource, WorldResource, WorldResource];
  builder.edge(first, 'uses_sg', 'security_group', second.resourceId);
  builder.edge(second, 'uses_sg', 'security_group', first.resourceId);
  builder.edge(alone, 'uses_sg', 'security_group', alone.resourceId);
}

/** Nulls, empty words, unknown words. */
function addSparseRows(builder: CloudBuilder, { production, frankfurt, staging }: Sites): void {
  const { account, region } = production;
  const bucket = { service: 's3', state: 'active', cost: '5.00' };
  const table = 'sessions-table';
  builder.resource(account, {
    service: 'dynamodb',
    resourceId: table,
    region: null,
    name: null,
    state: null,
    tags: null,
    cost: null,
  });
  const broker = arnOf(account, 'mq', region, `broker:events:b-${builder.random.uuid()}`);
  builder.resource(account, {
    service: 'mq_broker',
    resourceId: broker,
    region,
    name: 'events',
    state: 'REBOOT_IN_PROGRESS',
    cost: null,
  });
  builder.resource(account, { ...bucket, resourceId: 'northwind-attic', region: 'unknown', name: 'northwind-attic' });
  builder.resource(account, {
    ...bucket,
    resourceId: 'northwind-photos-2014',
    region: 'EU',
    name: 'northwind-photos-2014',
  });
  builder.resource(staging.account, {
    service: 'rds',
    resourceId: 'sandpit',
    region: staging.region,
    name: '',
    state: '',
    tags: null,
    cost: null,
  });
  instance(builder, staging, '', { state: 'hibernating-deeply', cost: null });
  const certificate = arnOf(account, 'acm', region, `certificate/${builder.random.uuid()}`);
  builder.resource(account, {
    service: 'acm',
    resourceId: certificate,
    region,
    name: 'sso.northwind.example',
    state: 'ISSUED',
    cost: null,
  });
  const key = arnOf(account, 'kms', frankfurt.region, `key/${builder.random.uuid()}`);
  builder.resource(account, {
    service: 'kms_key',
    resourceId: key,
    region: frankfurt.region,
    name: 'Retired archive key',
    state: 'PendingDeletion',
    cost: '1.00',
  });
}

/** ARNs with several slashes, and longer than the 128 characters that a lookup by ARN accepts. */
function addLongNames(builder: CloudBuilder, { account, region }: CloudVpc): void {
  const role = 'AWSReservedSSO_DatabaseAdministratorReadOnlyBreakGlass_0f3a91c2d4e5b697';
  const path = `role/aws-reserved/sso.amazonaws.com/${region}/${role}`;
  builder.resource(account, {
    service: 'iam_role',
    resourceId: arnOf(account, 'iam', '', path),
    region: 'global',
    name: role,
  });
  const group = '/aws/eks/northwind-production/cluster/audit/authenticator/api-server/control-plane-events';
  builder.resource(account, {
    service: 'cloudwatch_logs',
    resourceId: arnOf(account, 'logs', region, `log-group:${group}:*`),
    region,
    name: group,
    cost: '4.75',
  });
}

/** Tags by which people say what is what; `scanopy:not-host-id` says what is not. */
function addExplicitLinks(builder: CloudBuilder, { production, frankfurt }: Sites): void {
  const hostId = () => builder.random.uuid();
  instance(builder, production, 'vpn-gateway-01', { tags: { 'scanopy:host-id': hostId() } });
  instance(builder, frankfurt, 'git.northwind.example', { tags: { 'scanopy:host-id': hostId() } });
  instance(builder, production, 'jump-01', { tags: { 'scanopy:not-host-id': hostId() } });
  const address = production.nextPrivateAddress();
  instance(builder, production, 'metrics-01', { privateAddress: address, tags: { 'ip-address': address } });
}
