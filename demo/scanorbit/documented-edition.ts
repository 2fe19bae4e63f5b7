import { jsonAnswer } from '../http.ts';
import type { CloudWorld, WorldCertificate, WorldFinding, WorldResource } from '../world/cloud-world.ts';
import type { Edition, Refusals } from './edition.ts';
import { rateMessage } from './rate-limiter.ts';
import { countBy } from './row-counts.ts';

/** What stands before the short id in the last part of the ARN, by service of the scanner. */
const arnForms: Readonly<Record<string, string>> = {
  ec2: 'ec2 instance/',
  ebs: 'ec2 volume/',
  eip: 'ec2 elastic-ip/',
  eni: 'ec2 network-interface/',
  nat_gateway: 'ec2 natgateway/',
  security_group: 'ec2 security-group/',
  rds: 'rds db:',
  rds_snapshot: 'rds snapshot:',
};

/** The published reference shows full ARNs where the scanner stores short ids. Access keys have none. */
function documentedArnOf(row: WorldResource, awsAccountNumber: string): string {
  if (row.resourceId.startsWith('arn:')) return row.resourceId.replace(/:\*$/, '');
  if (row.service === 's3') return `arn:aws:s3:::${row.resourceId}`;
  const [service, form] = arnForms[row.service]?.split(' ') ?? [];
  if (service === undefined || form === undefined) return row.resourceId;
  return `arn:aws:${service}:${row.region ?? ''}:${awsAccountNumber}:${form}${row.resourceId}`;
}

const serviceNames: Readonly<Record<string, string>> = {
  iam_user: 'iam',
  iam_role: 'iam',
  iam_access_key: 'iam',
  kms_key: 'kms',
  security_group: 'security_groups',
};

/** The hosted service as its published reference describes it. */
export function documentedEdition(world: CloudWorld): Edition {
  const orgId = world.organization.id;
  const numbers = new Map(world.accounts.map((account) => [account.id, account.awsAccountNumber]));
  const anyScanId = world.scans.find((scan) => scan.status === 'complete')?.id ?? orgId;
  const serviceOf = (row: WorldResource) => serviceNames[row.service] ?? row.service;
  const resourceIdOf = (row: WorldResource) => documentedArnOf(row, numbers.get(row.accountId) ?? '');
  const resource = ({ accountId, privateAddress: _unlisted, tagsInArray: _way, ...row }: WorldResource) => ({
    ...withShortTimes(row),
    orgId,
    awsAccountId: accountId,
    service: serviceOf({ accountId, ...row }),
    resourceId: resourceIdOf({ accountId, ...row }),
    costEstimateMonthly: row.costEstimateMonthly === '0.00' ? null : row.costEstimateMonthly,
    updatedAt: shortTime(row.lastSeenAt),
  });
  const finding = ({ accountId, ...row }: WorldFinding) => ({
    ...withShortTimes(row),
    orgId,
    awsAccountId: accountId,
    certificateId: row.resourceId === null ? row.certificateId : null,
    details: documentedDetails(row),
    firstDetectedAt: shortTime(row.firstDetectedAt ?? row.createdAt),
    lastDetectedAt: shortTime(row.lastDetectedAt ?? row.createdAt),
    lastScanId: row.lastScanId ?? anyScanId,
    updatedAt: shortTime(row.lastDetectedAt ?? row.createdAt),
  });
  return {
    name: 'documented',
    serviceOf,
    resourceIdOf,
    resource,
    finding,
    findingDetail: (row, about, certificate) => ({
      ...finding(row),
      resource: about ? resource(about) : null,
      certificate: certificate ? documentedCertificate(certificate) : null,
    }),
    scan: ({ accountId, ...row }) => ({ ...withShortTimes(row), orgId, awsAccountId: accountId }),
    account: ({ awsAccountNumber, ...row }) => ({
      ...withShortTimes(row),
      orgId,
      awsAccountId: awsAccountNumber,
      updatedAt: shortTime(row.lastScanAt ?? row.createdAt),
    }),
    organization: () => world.organization,
    resourceStats: (rows) => ({
      totalResources: rows.length,
      byService: countBy(rows, serviceOf),
      byRegion: countBy(rows, (row) => row.region ?? 'unknown'),
      byState: countBy(rows, (row) => row.state ?? 'unknown'),
    }),
    findingStats: (rows) => ({
      totalFindings: rows.length,
      byStatus: countBy(rows, (row) => row.status),
      bySeverity: countBy(rows, (row) => row.severity),
      byType: countBy(rows, (row) => row.type),
    }),
    dependency: (_edge, target) => (target === undefined ? null : resource(target)),
    dependent: (_edge, source) => resource(source),
    isRecent: (row) => row.accountId !== null && ['complete', 'partial', 'error', 'canceled'].includes(row.status),
    answersScanById: false,
    refusals,
  };
}

function shortTime(time: string): string {
  return time.replace('.000Z', 'Z');
}

/** Every field that holds a time, without milliseconds. */
function withShortTimes<Row extends object>(row: Row): Row {
  const entries = Object.entries(row).map(([key, value]) =>
    typeof value === 'string' && /^\d{4}-.*\.000Z$/.test(value) ? [key, shortTime(value)] : [key, value],
  );
  return Object.fromEntries(entries) as Row;
}

function documentedCertificate({ accountId: _account, identifier: _identifier, ...row }: WorldCertificate): object {
  return { ...withShortTimes(row), algorithm: row.algorithm?.replace('_', '-') ?? null };
}

function documentedDetails({ type, details }: Pick<WorldFinding, 'type' | 'details'>): object {
  if (type === 'orphaned_volume') return { volumeSize: 100, volumeType: 'gp2', availabilityZone: `${details.region}a` };
  if (type === 'ssl_expiry') {
    return { daysUntilExpiry: details.days_left ?? details.daysUntilExpiry, domain: details.domain };
  }
  const camel = (key: string) => key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [camel(key), value]));
}

const refusals: Refusals = {
  badQuery: ([first]) => jsonAnswer(400, { error: 'INVALID_PARAMETER', message: first?.message ?? '' }),
  badResourceId: () => jsonAnswer(400, { error: 'INVALID_PARAMETER', message: 'Invalid resource id' }),
  notUuid: () => jsonAnswer(404, { error: 'NOT_FOUND' }),
  unauthorized: (message) => jsonAnswer(401, { error: 'UNAUTHORIZED', message }),
  notFound: (what) => jsonAnswer(404, { error: `${what.toUpperCase()}_NOT_FOUND`, message: `${what} not found` }),
  rateLimited: (verdict) =>
    jsonAnswer(
      429,
      { error: 'RATE_LIMITED', message: rateMessage(verdict) },
      { 'retry-after': String(verdict.secondsLeft) },
    ),
  rateHeaders: () => ({}),
};
