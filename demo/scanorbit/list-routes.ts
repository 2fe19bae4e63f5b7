import { type DemoAnswer, jsonAnswer } from '../http.ts';
import { hashOf } from '../random.ts';
import type { WorldFinding, WorldResource } from '../world/cloud-world.ts';
import type { RouteContext } from './edge-index.ts';
import { type PageRequest, readQuery } from './read-query.ts';
import { passesCostFilter } from './row-counts.ts';

const resourceFilters = {
  awsAccountId: 'uuid',
  region: 'text',
  service: 'text',
  state: 'text',
  costFilter: ['all', 'paid', 'free'],
} as const;

export function listResources({ live, edition, hasTies }: RouteContext, query: URLSearchParams): DemoAnswer {
  const reading = readQuery(query, resourceFilters);
  if (!reading.ok) return edition.refusals.badQuery(reading.complaints);
  const { awsAccountId, region, service, state, costFilter } = reading.value.filters;
  const passes = (row: WorldResource) =>
    (awsAccountId === undefined || row.accountId === awsAccountId) &&
    (region === undefined || row.region === region) &&
    (service === undefined || edition.serviceOf(row) === service) &&
    (state === undefined || row.state === state) &&
    passesCostFilter(row.service, costFilter);
  const rows = live.resources().filter(passes);
  if (hasTies) shuffleTies(rows, (row) => row.lastSeenAt, reading.value);
  return pageOf(rows, reading.value, edition.resource);
}

const findingFilters = {
  awsAccountId: 'uuid',
  resourceId: 'uuid',
  severity: ['low', 'medium', 'high'],
  status: ['open', 'resolved', 'snoozed', 'ignored'],
  type: 'text',
} as const;

export function listFindings({ live, edition, hasTies }: RouteContext, query: URLSearchParams): DemoAnswer {
  const reading = readQuery(query, findingFilters);
  if (!reading.ok) return edition.refusals.badQuery(reading.complaints);
  const { awsAccountId, resourceId, severity, status, type } = reading.value.filters;
  const passes = (row: WorldFinding) =>
    (awsAccountId === undefined || row.accountId === awsAccountId) &&
    (resourceId === undefined || row.resourceId === resourceId) &&
    (severity === undefined || row.severity === severity) &&
    (status === undefined || row.status === status) &&
    (type === undefined || row.type === type);
  const rows = live.findings().filter(passes);
  if (hasTies) shuffleTies(rows, (row) => row.createdAt, reading.value);
  return pageOf(rows, reading.value, edition.finding);
}

/**
 * Like a database that sorts without a tie-breaker: the order of equal times is one for one combination of all parameters, page and
 * limit among them, and another for the next, so that pages of one walk may repeat a row and never show another.
 */
function shuffleTies<Row extends { readonly id: string }>(
  rows: Row[],
  timeOf: (row: Row) => string,
  parameters: object,
): void {
  const asked = JSON.stringify(parameters);
  const ranks = new Map(rows.map((row) => [row, hashOf(`${row.id} ${asked}`)]));
  const rank = (row: Row) => ranks.get(row) ?? 0;
  rows.sort((a, b) => (timeOf(a) === timeOf(b) ? rank(a) - rank(b) : timeOf(a) < timeOf(b) ? 1 : -1));
}

function pageOf<Row>(rows: readonly Row[], { page, limit }: PageRequest, wire: (row: Row) => object): DemoAnswer {
  const data = rows.slice((page - 1) * limit, page * limit).map(wire);
  const total = rows.length;
  return jsonAnswer(200, { data, pagination: { page, limit, total, totalPages: Math.ceil(total / limit) } });
}
