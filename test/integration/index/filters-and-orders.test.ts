import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorldFinding, WorldResource } from '#demo/world/cloud-world.ts';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

interface Listed {
  readonly list: { readonly totalCount: number; readonly nodes: readonly { readonly sourceId: string }[] };
}

const RESOURCES = `query ($filter: ResourceFilter, $orderBy: ResourceOrder) {
  list: resources(first: 1000, filter: $filter, orderBy: $orderBy) { totalCount nodes { sourceId } }
}`;
const FINDINGS = `query ($filter: FindingFilter, $orderBy: FindingOrder) {
  list: findings(first: 1000, filter: $filter, orderBy: $orderBy) { totalCount nodes { sourceId } }
}`;

const world = createWorld({ seed: 5, resources: 640, findings: 230, hosts: 160 });
const { resources, findings, scans } = world.cloud;

const listed = async (harness: Harness, query: string, variables: object, headers = {}): Promise<readonly string[]> => {
  const { data, errors } = await harness.query<Listed>(query, { ...variables }, headers);
  expect(errors).toBeUndefined();
  expect(data.list.totalCount).toBe(data.list.nodes.length);
  return data.list.nodes.map(({ sourceId }) => sourceId);
};

/** Start of the account's completed scan that ended last. */
const lastScanOf = (accountId: string): number | null => {
  const completed = scans.filter((scan) => scan.accountId === accountId && /complete|partial/.test(scan.status));
  const last = completed.toSorted((a, b) => Date.parse(b.completedAt ?? '') - Date.parse(a.completedAt ?? ''))[0];
  return last?.startedAt ? Date.parse(last.startedAt) : null;
};
const isStale = ({ accountId, lastSeenAt }: WorldResource): boolean | null => {
  const startedAt = lastScanOf(accountId);
  return startedAt === null ? null : Date.parse(lastSeenAt) < startedAt;
};
const cost = ({ costEstimateMonthly }: WorldResource): number | null =>
  costEstimateMonthly === null ? null : Number(costEstimateMonthly);
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'trivial'];
const rankOf = ({ severity }: WorldFinding): number => {
  const rank = SEVERITIES.indexOf(severity);
  return rank < 0 ? SEVERITIES.length : rank;
};
const byId = <T extends { readonly id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
const valuesOf = <T extends { readonly id: string }, V>(
  rows: readonly T[],
  ids: readonly string[],
  of: (row: T) => V,
) =>
  ids.flatMap((id) => {
    const row = byId(rows).get(id);
    return row ? [of(row)] : [];
  });
const numbersFirst = (values: readonly (number | null)[], sign: 1 | -1): (number | null)[] =>
  values.toSorted((a, b) => (a === null ? (b === null ? 0 : 1) : b === null ? -1 : sign * (a - b)));

describe.each(['read from the index', 'read from the source'] as const)('what the upstream cannot do, %s', (how) => {
  let harness: Harness;
  const isIndexed = how === 'read from the index';

  beforeAll(async () => {
    const options = { scanorbit: [{ movingScans: false }], world: () => world };
    harness = await (isIndexed ? startIndexed(options) : startHarness(options));
  });
  afterAll(() => harness.close());

  it('resources that the last completed scan of their account did not see are stale, the others are not', async () => {
    const stale = resources.filter((row) => isStale(row) === true);
    const fresh = resources.filter((row) => isStale(row) === false);
    expect(stale.length).toBeGreaterThan(0);
    expect(fresh.length).toBeGreaterThan(0);
    const ids = (rows: readonly WorldResource[]) => rows.map(({ id }) => id).toSorted();
    expect((await listed(harness, RESOURCES, { filter: { stale: true } })).toSorted()).toEqual(ids(stale));
    expect((await listed(harness, RESOURCES, { filter: { stale: false } })).toSorted()).toEqual(ids(fresh));
    const service = stale[0]?.service ?? '';
    expect((await listed(harness, RESOURCES, { filter: { stale: true, service: [service] } })).toSorted()).toEqual(
      ids(stale.filter((row) => row.service === service)),
    );
  });

  it.each(['ASC', 'DESC'] as const)('resources by cost, %s, with unknown costs last', async (direction) => {
    const ids = await listed(harness, RESOURCES, { orderBy: { field: 'COST', direction } });
    const costs = valuesOf(resources, ids, cost);
    expect(costs).toHaveLength(resources.length);
    expect(costs).toContain(null);
    expect(costs).toEqual(numbersFirst(costs, direction === 'ASC' ? 1 : -1));
  });

  it('resources by name, by last sight and by creation', async () => {
    const names = valuesOf(resources, await listed(harness, RESOURCES, { orderBy: { field: 'NAME' } }), (row) =>
      (row.name || row.resourceId).toLowerCase(),
    );
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    const seen = valuesOf(
      resources,
      await listed(harness, RESOURCES, { orderBy: { field: 'LAST_SEEN', direction: 'DESC' } }),
      (row) => Date.parse(row.lastSeenAt),
    );
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    const made = valuesOf(
      resources,
      await listed(harness, RESOURCES, { orderBy: { field: 'CREATED_AT', direction: 'ASC' } }),
      (row) => Date.parse(row.createdAt),
    );
    expect(made).toEqual(made.toSorted((a, b) => a - b));
    expect([names, seen, made].map(({ length }) => length)).toEqual(Array(3).fill(resources.length));
  });

  it('open findings, worst first', async () => {
    const ids = await listed(harness, FINDINGS, {
      filter: { status: ['OPEN'] },
      orderBy: { field: 'SEVERITY', direction: 'DESC' },
    });
    const ranks = valuesOf(findings, ids, rankOf);
    expect(ranks).toHaveLength(findings.filter(({ status }) => status === 'open').length);
    expect(new Set(ranks).size).toBeGreaterThan(2);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  it('findings by the time they were last detected', async () => {
    const ids = await listed(harness, FINDINGS, { orderBy: { field: 'LAST_DETECTED', direction: 'DESC' } });
    const times = valuesOf(findings, ids, (row) => (row.lastDetectedAt ? Date.parse(row.lastDetectedAt) : null));
    expect(times).toHaveLength(findings.length);
    expect(times).toEqual(numbersFirst(times, -1));
  });

  it('pages of an order share no row and leave none out', async () => {
    const PAGE = `query ($after: String) {
      list: resources(first: 97, after: $after, orderBy: { field: COST, direction: DESC }) {
        nodes { sourceId } pageInfo { endCursor hasNextPage }
      }
    }`;
    interface Page {
      list: { nodes: { sourceId: string }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
    }
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data }: { data: Page } = await harness.query<Page>(PAGE, { after });
      seen.push(...data.list.nodes.map(({ sourceId }) => sourceId));
      ({ endCursor: after, hasNextPage: more } = data.list.pageInfo);
    }
    expect(seen).toHaveLength(resources.length);
    expect(new Set(seen).size).toBe(resources.length);
  });

  it(`costs ${isIndexed ? 'no list page' : 'every page of the list once'}`, async () => {
    harness.resetUpstreamCalls();
    const [cloud] = harness.scanorbit;
    const variables = { filter: { search: 'orders' }, orderBy: { field: 'COST', direction: 'DESC' } };
    await listed(harness, RESOURCES, variables, isIndexed ? {} : { 'cache-control': 'no-cache' });
    expect(cloud?.countOf('/resources')).toBe(isIndexed ? 0 : Math.ceil(resources.length / 100));
  });
});

it.each([
  ['an order', '{ resources(first: 1, orderBy: { field: COST }) { totalCount } }'],
  ['the stale ones', '{ resources(first: 1, filter: { stale: true }) { totalCount } }'],
  ['an order of findings', '{ findings(first: 1, orderBy: { field: SEVERITY }) { totalCount } }'],
])('%s is estimated at every page that may be read, and is never more', async (_, query) => {
  const harness = await startHarness({ scanorbit: [{ movingScans: false }], world: () => world });
  try {
    await harness.query('{ resources(first: 1) { totalCount } findings(first: 1) { totalCount } }');
    harness.resetUpstreamCalls();
    const { extensions } = await harness.query(query);
    const { estimated = {} } = extensions.cost as { estimated?: Readonly<Record<string, number>> };
    const most = Math.max(...Object.values(estimated));
    expect(harness.upstreamCalls()).toBeGreaterThan(1);
    expect(harness.upstreamCalls()).toBeLessThanOrEqual(most);
    expect(most).toBeLessThanOrEqual(Math.ceil(resources.length / 100) + 2);
  } finally {
    await harness.close();
  }
});

describe('an order over several organizations', () => {
  const worlds = [createWorld({ seed: 21, resources: 160 }), createWorld({ seed: 22, resources: 160 })];
  const QUERY = `{
    list: resources(first: 1000, orderBy: { field: COST, direction: DESC }) {
      nodes { costEstimateMonthly source { name } }
    }
  }`;
  interface Costs {
    list: { nodes: { costEstimateMonthly: string | null; source: { name: string } }[] };
  }
  let harness: Harness;
  const costsOf = ({ list }: Costs) =>
    list.nodes.map(({ costEstimateMonthly: of }) => (of === null ? null : Number(of)));

  beforeEach(async () => {
    harness = await startHarness({
      scanorbit: [{ movingScans: false }, { movingScans: false }],
      world: (i) => worlds[i] ?? world,
    });
  });
  afterEach(() => harness.close());

  it('is one order over all of them', async () => {
    const { data } = await harness.query<Costs>(QUERY);
    const costs = costsOf(data);
    expect(costs).toHaveLength(320);
    expect(costs).toEqual(numbersFirst(costs, -1));
    expect(new Set(data.list.nodes.slice(0, 40).map(({ source }) => source.name)).size).toBe(2);
  });

  it('reports an organization that cannot be read, and orders the others', async () => {
    harness.scanorbit[1]?.faults.add({ match: /\/resources/, kind: 'status-500' });
    const { data, errors } = await harness.query<Costs>(QUERY);
    expect(errors?.map(({ extensions }) => [extensions.code, extensions.source])).toEqual([
      ['UPSTREAM_UNAVAILABLE', 'scanorbit-2'],
    ]);
    const costs = costsOf(data);
    expect(costs).toHaveLength(160);
    expect(costs).toEqual(numbersFirst(costs, -1));
  });
});
