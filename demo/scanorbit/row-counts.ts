/** Number of rows by the value that `keyOf` gives them, in order of first appearance. */
export function countBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const key = keyOf(row);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Services that the product takes for paid; `eni` and `nat_gateway` are in neither list, so the two are not all. */
export const paidServices: ReadonlySet<string> = new Set([
  'ec2',
  'ebs',
  'eip',
  'rds',
  'rds_snapshot',
  's3',
  'alb',
  'acm',
  'lambda',
  'cloudwatch_logs',
  'cloudwatch_alarm',
  'secret',
  'kms_key',
]);

const freeServices: ReadonlySet<string> = new Set([
  'iam_user',
  'iam_role',
  'iam_policy',
  'iam_access_key',
  'security_group',
]);

export function passesCostFilter(service: string, filter: string | undefined): boolean {
  if (filter === 'paid') return paidServices.has(service);
  return filter === 'free' ? freeServices.has(service) : true;
}
