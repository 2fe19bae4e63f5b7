import type { Random } from '../random.ts';
import { DAY, isoOf } from './time.ts';
import type { WorldResource } from './types.ts';

/** One thing that an analyzer may say about a resource, or about an account where `services` is empty. */
export interface FindingKind {
  readonly type: string;
  readonly severity: string;
  readonly services: readonly string[];
  readonly applies?: (row: WorldResource) => boolean;
  readonly summary: (name: string) => string;
  /** Keys beside those that every finding has. */
  readonly details: (row: WorldResource, random: Random, now: number) => Readonly<Record<string, unknown>>;
}

const kind = (
  type: string,
  severity: string,
  services: readonly string[],
  summary: (name: string) => string,
  details: FindingKind['details'],
  applies?: FindingKind['applies'],
): FindingKind => ({ type, severity, services, summary, details, ...(applies === undefined ? {} : { applies }) });

const inState = (state: string) => (row: WorldResource) => row.state === state;
const days = (random: Random) => random.int(8, 400);
const cost = (row: WorldResource) => Number(row.costEstimateMonthly ?? 0);
const world = ['0.0.0.0/0'];

/** What is said of compute, storage and databases. */
const machineKinds: readonly FindingKind[] = [
  kind(
    'orphaned_volume',
    'medium',
    ['ebs'],
    (name) => `EBS volume ${name} is attached to nothing`,
    (row, random) => ({
      name: row.name,
      unattached_days: days(random),
      state: row.state,
      estimated_monthly_cost: cost(row),
    }),
    inState('unattached'),
  ),
  kind(
    'unencrypted_resource',
    'medium',
    ['ebs'],
    (name) => `EBS volume ${name} is not encrypted`,
    (row) => ({ resource_name: row.name }),
  ),
  kind(
    'ebs_optimization',
    'low',
    ['ebs'],
    (name) => `EBS volume ${name} would be cheaper as gp3`,
    (row, random) => ({
      volume_name: row.name,
      volume_type: 'gp2',
      size_gb: random.pick([50, 100, 500]),
      current_monthly_cost: cost(row),
      estimated_monthly_cost: cost(row) * 0.2,
    }),
  ),
  kind(
    'stopped_instance',
    'low',
    ['ec2'],
    (name) => `Instance ${name} has been stopped for a week or longer`,
    (row, random) => ({
      instance_name: row.name,
      state: row.state,
      instance_type: 't3.medium',
      days_stopped: days(random),
    }),
    inState('stopped'),
  ),
  kind(
    'old_gen_instance',
    'low',
    ['ec2'],
    (name) => `Instance ${name} is of an old generation`,
    (row) => ({ instance_name: row.name, instance_type: 'm4.large', recommended_family: 'm7i' }),
  ),
  kind(
    'rds_optimization',
    'low',
    ['rds'],
    (name) => `Database ${name} is larger than it needs to be`,
    (row) => ({
      db_name: row.name,
      instance_class: 'db.r5.2xlarge',
      recommended_class: 'db.r6g.xlarge',
      multi_az: true,
      current_monthly_cost: cost(row),
      recommended_cost: cost(row) / 2,
    }),
  ),
  kind(
    'old_gen_rds',
    'low',
    ['rds'],
    (name) => `Database ${name} is of an old class`,
    (row) => ({
      db_name: row.name,
      instance_class: 'db.m4.large',
      recommended_class: 'db.m6g.large',
      multi_az: false,
      current_monthly_cost: cost(row),
    }),
  ),
  kind(
    'orphaned_snapshot',
    'low',
    ['rds_snapshot'],
    (name) => `Manual snapshot ${name} is old`,
    (row, random) => ({ name: row.name, age_days: 30 + days(random) }),
  ),
  kind(
    'data_residency_violation',
    'high',
    ['rds', 's3'],
    (name) => `${name} lies outside the allowed regions`,
    (row) => ({
      resource_name: row.name,
      current_region: row.region,
      allowed_regions: ['eu-west-1', 'eu-central-1'],
      compliance: 'GDPR',
    }),
    (row) => row.region === 'us-east-1',
  ),
  kind(
    'public_access',
    'high',
    ['s3'],
    (name) => `Bucket ${name} may be public`,
    (row) => ({
      bucket_name: row.name,
      block_public_acls: true,
      ignore_public_acls: false,
      block_public_policy: true,
      restrict_public_buckets: false,
    }),
  ),
  kind(
    'missing_tag',
    'trivial',
    ['ec2', 'ebs', 'rds', 'lambda', 'alb', 'eip'],
    (name) => `${name} lacks required tags`,
    (row) => ({
      resource_name: row.name,
      missing_tags: ['CostCenter'],
      existing_tags: row.tags ?? {},
      required_tags: ['Environment', 'Owner', 'CostCenter'],
    }),
    (row) => row.tags?.CostCenter === undefined,
  ),
];

/** What is said of addresses, balancers, gateways and groups. */
const networkKinds: readonly FindingKind[] = [
  kind(
    'orphaned_eip',
    'low',
    ['eip'],
    (name) => `Elastic IP ${name} is not in use`,
    (row, random) => ({ public_ip: row.name, age_days: days(random), estimated_monthly_cost: 3.65 }),
    inState('unassociated'),
  ),
  kind(
    'orphaned_eni',
    'low',
    ['eni'],
    (name) => `Network interface ${name} is attached to nothing`,
    (row, random) => ({ description: row.name, unattached_days: days(random) }),
    inState('available'),
  ),
  kind(
    'idle_load_balancer',
    'medium',
    ['alb'],
    (name) => `Load balancer ${name} has no healthy target`,
    (row, random) => ({
      name: row.name,
      lb_type: row.resourceId.includes('/net/') ? 'network' : 'application',
      total_targets: random.int(0, 3),
      healthy_targets: 0,
      estimated_monthly_cost: 16.43,
    }),
  ),
  kind(
    'unused_security_group',
    'low',
    ['security_group'],
    (name) => `Nothing uses security group ${name}`,
    (row) => ({ name: row.name }),
    (row) => row.name !== 'default',
  ),
  kind(
    'idle_nat_gateway',
    'medium',
    ['nat_gateway'],
    (name) => `NAT gateway ${name} may be idle`,
    (row, random) => ({ name: row.name, age_days: days(random), estimated_monthly_cost: 32.4 }),
  ),
  kind(
    'permissive_security_group',
    'high',
    ['security_group'],
    (name) => `Security group ${name} opens PostgreSQL to the world`,
    (row, random) => ({
      group_name: row.name,
      exposed_port: 5432,
      exposed_service: 'PostgreSQL',
      from_port: 5432,
      to_port: 5432,
      protocol: 'tcp',
      cidr_blocks: random.chance(0.2) ? null : world,
    }),
  ),
  kind(
    'open_all_ports',
    'high',
    ['security_group'],
    (name) => `Security group ${name} opens every port to the world`,
    (row) => ({ group_name: row.name, protocol: '-1', cidr_blocks: world }),
  ),
  kind(
    'security_group_open_port',
    'critical',
    ['security_group'],
    (name) => `Security group ${name} opens SSH to the world`,
    () => ({ port: 22, protocol: 'tcp', cidrBlocks: world }),
  ),
];

/** What is said of functions, logs, keys and people. */
const controlKinds: readonly FindingKind[] = [
  kind(
    'unused_resource',
    'low',
    ['lambda', 'secret'],
    (name) => `${name} has not been used for 90 days`,
    unusedDetails,
  ),
  kind(
    'oversized_lambda',
    'low',
    ['lambda'],
    (name) => `Function ${name} has more memory than it uses`,
    (row, random) => ({ function_name: row.name, memory_size: 3008, days_since_modified: days(random) }),
  ),
  kind(
    'unused_log_group',
    'trivial',
    ['cloudwatch_logs'],
    (name) => `Nothing has been written to ${name} for a month`,
    (row) => ({ log_group_name: row.name, stored_bytes: 157_286_400, stored_mb: 150, retention_days: 0 }),
  ),
  kind(
    'log_retention',
    'low',
    ['cloudwatch_logs'],
    (name) => `Log group ${name} keeps everything for ever`,
    (row) => ({ log_group_name: row.name, stored_bytes: 12_884_901_888, stored_gb: 12 }),
  ),
  kind(
    'unused_kms_key',
    'low',
    ['kms_key'],
    (name) => `Nothing is encrypted with ${name}`,
    (row) => ({ key_alias: null, key_state: row.state }),
  ),
  kind(
    'user_without_mfa',
    'high',
    ['iam_user'],
    (name) => `User ${name} has no second factor`,
    (row) => ({ user_name: row.name }),
  ),
  kind(
    'old_access_key',
    'medium',
    ['iam_access_key'],
    () => 'An access key is older than 90 days',
    (row, random, now) => ({
      access_key_id: row.name,
      user_name: 'svc-orders',
      create_date: isoOf(now - 200 * DAY),
      key_age_days: 90 + days(random),
      status: row.state,
    }),
  ),
  kind(
    'unused_access_key',
    'low',
    ['iam_access_key'],
    () => 'An access key has never been used',
    (row, random, now) => ({
      access_key_id: row.name,
      user_name: 'svc-orders',
      create_date: isoOf(now - 60 * DAY),
      key_age_days: days(random),
      status: row.state,
    }),
  ),
  kind(
    'unused_iam_role',
    'low',
    ['iam_role'],
    (name) => `Role ${name} has not been used for 90 days`,
    (row, random, now) => ({
      role_name: row.name,
      last_used_date: isoOf(now - 150 * DAY),
      last_used_region: 'eu-west-1',
      days_since_used: 90 + days(random),
    }),
  ),
  kind(
    'public_s3_bucket',
    'high',
    ['s3'],
    (name) => `Bucket ${name} is public`,
    () => ({ publicAccess: 'READ' }),
  ),
  kind(
    'kms_key_expiring',
    'informational',
    ['kms_key'],
    (name) => `Key ${name} will be deleted`,
    () => ({ daysUntilDeletion: 11 }),
    inState('PendingDeletion'),
  ),
  kind(
    'gpu_left_on',
    'apocalyptic',
    ['mq_broker'],
    (name) => `${name} does something no catalogue knows`,
    () => ({ nested: { list: [1, 'two', null], deep: { enough: true } } }),
  ),
];

function unusedDetails(row: WorldResource, random: Random, now: number): Readonly<Record<string, unknown>> {
  const idle = 90 + days(random);
  if (row.service === 'secret')
    return { secret_name: row.name, last_accessed_date: isoOf(now - idle * DAY), days_since_accessed: idle };
  return {
    function_name: row.name,
    last_modified: isoOf(now - idle * DAY),
    days_since_modified: idle,
    memory_size: 512,
    note: 'Modification only: invocations are not looked at',
  };
}

export const findingKinds: readonly FindingKind[] = [...machineKinds, ...networkKinds, ...controlKinds];
