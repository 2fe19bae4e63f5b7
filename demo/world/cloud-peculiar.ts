import { arnOf, type CloudBuilder } from './cloud-builder.ts';
import { addClashingNames, addExplicitLinks } from './cloud-clashes.ts';
import { addSingleInstance, addSingleVolume } from './cloud-single.ts';
import { addElasticIp, type CloudVpc, type Sites } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';
import { DAY } from './time.ts';

/** What real inventories hold and tidy ones do not: every row here is one that a careless reader gets wrong. */
export function addPeculiarities(builder: CloudBuilder, sites: Sites): void {
  addClashingNames(builder, sites);
  addLeftovers(builder, sites);
  addSecurityGroupCycle(builder, sites.production);
  addSparseRows(builder, sites);
  addLongNames(builder, sites.production);
  addExplicitLinks(builder, sites);
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

/** Nulls, empty words, unknown words, and tags as nobody's scanner writes them. */
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
  const byHand = { tags: { team: 'storage', stage: 'live' }, tagsInArray: true };
  const attic = 'northwind-attic';
  builder.resource(account, { ...bucket, ...byHand, resourceId: attic, region: 'unknown', name: attic });
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
  addSingleInstance(builder, staging, '', { state: 'hibernating-deeply', cost: null });
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

/** Things that were: rows not seen any more, edges never removed, addresses that belong to nobody. */
function addLeftovers(builder: CloudBuilder, { production, frankfurt }: Sites): void {
  const gone = builder.now - 9 * DAY;
  const stale = addSingleInstance(builder, production, 'orders-canary', { lastSeenAt: gone });
  addSingleVolume(builder, production, 'orders-canary-root', 'in-use', [stale], gone);
  const ended = addSingleInstance(builder, production, 'import-2025', { state: 'terminated', cost: '0.00' });
  addSingleVolume(builder, production, 'import-2025-data', 'unattached', [ended]);
  const moved = [addSingleInstance(builder, frankfurt, 'nfs-01'), addSingleInstance(builder, frankfurt, 'nfs-02')];
  addSingleVolume(builder, frankfurt, 'nfs-share', 'in-use', moved);
  addSingleInstance(builder, frankfurt, 'forgotten-poc', { state: 'stopped', cost: '0.00' });
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
