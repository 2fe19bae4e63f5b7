import { jsonAnswer } from '../http.ts';
import type { CloudWorld, WorldFinding, WorldResource } from '../world/cloud-world.ts';
import type { Edition, Refusals } from './edition.ts';
import { rateHeaders, rateMessage } from './rate-limiter.ts';
import { countBy, paidServices } from './row-counts.ts';

/** AWS's own words about a resource, which the product means to keep to itself and sends with a single finding. */
function awsDescriptionOf(row: WorldResource): object {
  const address = row.privateAddress === undefined ? {} : { PrivateIpAddress: row.privateAddress };
  const octets = row.privateAddress?.replaceAll('.', '-');
  const names = octets === undefined ? {} : { PrivateDnsName: `ip-${octets}.${row.region}.compute.internal` };
  const rules = { IpPermissions: [{ FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] };
  return { ...address, ...names, ...(row.service === 'security_group' ? rules : {}) };
}

/** The open-source server as it really answers. */
export function observedEdition(world: CloudWorld): Edition {
  const orgId = world.organization.id;
  const { id, name, slug } = world.organization;
  const edition: Edition = {
    name: 'observed',
    serviceOf: (row) => row.service,
    resourceIdOf: (row) => row.resourceId,
    resource: (row) => observedResource(orgId, row),
    finding: (row) => observedFinding(orgId, row),
    findingDetail: (row, resource, certificate) => ({
      ...observedFinding(orgId, row),
      resource: resource ? { ...observedResource(orgId, resource), raw: awsDescriptionOf(resource) } : null,
      certificate: certificate
        ? {
            ...withOwner(orgId, certificate),
            createdAt: certificate.notBefore ?? certificate.lastSeenAt,
            updatedAt: certificate.lastSeenAt,
          }
        : null,
    }),
    scan: (row) => withOwner(orgId, row),
    account: ({ awsAccountNumber, ...row }) => ({
      ...row,
      orgId,
      awsAccountId: awsAccountNumber,
      updatedAt: row.lastScanAt ?? row.createdAt,
    }),
    organization: () => ({ id, name, slug }),
    resourceStats: observedResourceStats,
    findingStats: observedFindingStats,
    dependency: ({ id, targetResourceId, targetService, relationshipType, createdAt }, target) => ({
      ...{ id, targetResourceId, targetService, relationshipType, createdAt },
      ...(target === undefined
        ? {}
        : { targetResource: { id: target.id, name: target.name, region: target.region, state: target.state } }),
    }),
    dependent: ({ id, relationshipType, createdAt }, source) => ({
      ...{ id, sourceResourceId: source.id, sourceService: source.service, relationshipType, createdAt },
      sourceResource: {
        ...{ id: source.id, resourceId: source.resourceId, name: source.name },
        ...{ region: source.region, state: source.state, service: source.service },
      },
    }),
    isRecent: (row) => row.accountId !== null && row.status !== 'canceled',
    answersScanById: true,
    refusals,
  };
  return edition;
}

function withOwner<Row extends { readonly accountId: string | null }>(orgId: string, { accountId, ...row }: Row) {
  return { ...row, orgId, awsAccountId: accountId };
}

function observedResource(orgId: string, { privateAddress: _unlisted, tagsInArray, ...row }: WorldResource) {
  const tags = tagsInArray ? Object.entries(row.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) : row.tags;
  return { ...withOwner(orgId, row), tags, updatedAt: row.lastSeenAt };
}

function observedFinding(orgId: string, row: WorldFinding) {
  return { ...withOwner(orgId, row), updatedAt: row.lastDetectedAt ?? row.createdAt };
}

function observedResourceStats(rows: readonly WorldResource[]): object {
  const costByService: Record<string, { count: number; totalCost: number }> = {};
  for (const { service, costEstimateMonthly } of rows) {
    if (!paidServices.has(service)) continue;
    costByService[service] ??= { count: 0, totalCost: 0 };
    const sum = costByService[service];
    sum.count += 1;
    sum.totalCost = Math.round((sum.totalCost + Number(costEstimateMonthly ?? 0)) * 100) / 100;
  }
  return {
    totalCount: rows.length,
    byService: countBy(rows, (row) => row.service),
    byRegion: countBy(rows, (row) => row.region ?? 'unknown'),
    byState: countBy(rows, (row) => row.state ?? 'unknown'),
    costByService,
  };
}

/** From best to worst; a word it does not know comes before them all. */
const severityRanks = ['informational', 'trivial', 'low', 'medium', 'high', 'critical'];

function observedFindingStats(rows: readonly WorldFinding[]): object {
  const open = rows.filter((row) => row.status === 'open');
  const byTypeSeverity: Record<string, string> = {};
  for (const { type, severity } of rows) {
    const worst = byTypeSeverity[type];
    if (worst === undefined || severityRanks.indexOf(severity) > severityRanks.indexOf(worst)) {
      byTypeSeverity[type] = severity;
    }
  }
  return {
    total: rows.length,
    open: open.length,
    byStatus: countBy(rows, (row) => row.status),
    bySeverity: countBy(open, (row) => row.severity),
    byType: countBy(open, (row) => row.type),
    byTypeSeverity,
  };
}

const refusals: Refusals = {
  badQuery: (complaints) =>
    jsonAnswer(400, {
      success: false,
      error: { name: 'ZodError', message: JSON.stringify(complaints, null, 2) },
    }),
  badResourceId: () => jsonAnswer(400, { error: 'HTTP400Error', message: 'Invalid resource ID format' }),
  notUuid: () =>
    jsonAnswer(500, { error: 'DatabaseError', message: 'A database error occurred. Please try again later.' }),
  unauthorized: (message) => jsonAnswer(401, { error: 'HTTP401Error', message }),
  notFound: (what) => jsonAnswer(404, { error: 'HTTP404Error', message: `${what} not found` }),
  rateLimited: (verdict) =>
    jsonAnswer(
      429,
      { error: 'HTTP429Error', message: rateMessage(verdict) },
      { 'retry-after': String(verdict.secondsLeft) },
    ),
  rateHeaders,
};
