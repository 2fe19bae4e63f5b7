import type { Random } from '../random.ts';
import type { WorldResource } from './cloud-world.ts';
import { type FindingKind, findingKind, inState, someDays } from './finding-kind.ts';
import { DAY, isoOf } from './time.ts';

/** What is said of functions, logs, keys and people. */
export const controlFindingKinds: readonly FindingKind[] = [
  findingKind(
    'unused_resource',
    'low',
    ['lambda', 'secret'],
    (name) => `${name} has not been used for 90 days`,
    unusedDetails,
  ),
  findingKind(
    'oversized_lambda',
    'low',
    ['lambda'],
    (name) => `Function ${name} has more memory than it uses`,
    (row, random) => ({ function_name: row.name, memory_size: 3008, days_since_modified: someDays(random) }),
  ),
  findingKind(
    'unused_log_group',
    'trivial',
    ['cloudwatch_logs'],
    (name) => `Nothing has been written to ${name} for a month`,
    (row) => ({ log_group_name: row.name, stored_bytes: 157_286_400, stored_mb: 150, retention_days: 0 }),
  ),
  findingKind(
    'log_retention',
    'low',
    ['cloudwatch_logs'],
    (name) => `Log group ${name} keeps everything for ever`,
    (row) => ({ log_group_name: row.name, stored_bytes: 12_884_901_888, stored_gb: 12 }),
  ),
  findingKind(
    'unused_kms_key',
    'low',
    ['kms_key'],
    (name) => `Nothing is encrypted with ${name}`,
    (row) => ({ key_alias: null, key_state: row.state }),
  ),
  findingKind(
    'user_without_mfa',
    'high',
    ['iam_user'],
    (name) => `User ${name} has no second factor`,
    (row) => ({ user_name: row.name }),
  ),
  findingKind(
    'old_access_key',
    'medium',
    ['iam_access_key'],
    () => 'An access key is older than 90 days',
    (row, random, now) => ({
      access_key_id: row.name,
      user_name: 'svc-orders',
      create_date: isoOf(now - 200 * DAY),
      key_age_days: 90 + someDays(random),
      status: row.state,
    }),
  ),
  findingKind(
    'unused_access_key',
    'low',
    ['iam_access_key'],
    () => 'An access key has never been used',
    (row, random, now) => ({
      access_key_id: row.name,
      user_name: 'svc-orders',
      create_date: isoOf(now - 60 * DAY),
      key_age_days: someDays(random),
      status: row.state,
    }),
  ),
  findingKind(
    'unused_iam_role',
    'low',
    ['iam_role'],
    (name) => `Role ${name} has not been used for 90 days`,
    (row, random, now) => ({
      role_name: row.name,
      last_used_date: isoOf(now - 150 * DAY),
      last_used_region: 'eu-west-1',
      days_since_used: 90 + someDays(random),
    }),
  ),
  findingKind(
    'public_s3_bucket',
    'high',
    ['s3'],
    (name) => `Bucket ${name} is public`,
    () => ({ publicAccess: 'READ' }),
  ),
  findingKind(
    'kms_key_expiring',
    'informational',
    ['kms_key'],
    (name) => `Key ${name} will be deleted`,
    () => ({ daysUntilDeletion: 11 }),
    inState('PendingDeletion'),
  ),
  findingKind(
    'gpu_left_on',
    'apocalyptic',
    ['mq_broker'],
    (name) => `${name} does something no catalogue knows`,
    () => ({ nested: { list: [1, 'two', null], deep: { enough: true } } }),
  ),
];

function unusedDetails(row: WorldResource, random: Random, now: number): Readonly<Record<string, unknown>> {
  const idle = 90 + someDays(random);
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
