import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { scanopy } from '#sources/scanopy/index.ts';
import { type Answer, type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';

const world = () => createWorld({ seed: 3, hosts: 400 });

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}
type Networks = { readonly networks: { readonly nodes: readonly { readonly hosts: Page; readonly services: Page }[] } };

const FIELDS = 'totalCount nodes { id } pageInfo { endCursor hasNextPage }';
const QUERY = `query ($first: Int!, $after: String) {
  networks { nodes { hosts(first: $first, after: $after) { ${FIELDS} } services(first: $first, after: $after) { ${FIELDS} } } }
}`;
const NAMES =
  'query ($first: Int!) { networks { nodes { hosts(first: $first) { totalCount nodes { displayName } } } } }';

const start = (server: NonNullable<HarnessOptions['scanopy']>[number] = {}, options: HarnessOptions = {}) =>
  startHarness({ scanopy: [server], world, ...options });

/** Rows that each call for hosts asked for. */
const limitsOf = ({ scanopy: [server] }: Harness): readonly number[] =>
  (server?.calls ?? []).filter(({ endpoint }) => endpoint.endsWith('/hosts')).map(({ query }) => Number(query.limit));

describe('the first hosts of each network', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('are read by one small call for each network, totals included', async () => {
    const { data } = await harness.query<Networks>(NAMES, { first: 5 });
    const limits = limitsOf(harness);
    expect(limits).toEqual(data.networks.nodes.map(() => 6));
    for (const { hosts } of data.networks.nodes) expect(hosts.totalCount).toBeGreaterThan(hosts.nodes.length);
  });

  it('cost nothing more when fewer are asked for, and whole pages when many are', async () => {
    harness.resetUpstreamCalls();
    await harness.query(NAMES, { first: 3 });
    expect(limitsOf(harness)).toEqual([]);
    const { data } = await harness.query<Networks>(NAMES, { first: 120 });
    expect(limitsOf(harness)).toEqual(data.networks.nodes.map(() => 200));
  });

  it('are taken from a whole page that is cached', async () => {
    harness.resetUpstreamCalls();
    await harness.query(NAMES, { first: 15 });
    expect(limitsOf(harness)).toEqual([]);
  });
});

describe.each([
  { name: 'whose rows all have an instant of their own', server: {} },
  { name: 'seven of whose rows share an instant', server: { ties: 7 } },
])('a server $name', ({ server }) => {
  const { pageSize, batchSize, rate } = scanopy.limits;
  const inWholePages = sourceKinds.map((kind) =>
    kind.side === 'NETWORK' ? { ...kind, limits: { pageSize, batchSize, rate } } : kind,
  );
  let small: Harness;
  let whole: Harness;
  beforeAll(async () => {
    small = await start(server);
    whole = await start(server, { deps: { kinds: inWholePages } });
  });
  afterAll(() => Promise.all([small.close(), whole.close()]));

  const walked = async (harness: Harness, steps: readonly number[]): Promise<readonly Networks[]> => {
    const pages: Networks[] = [];
    let after: string | null = null;
    for (const first of steps) {
      const { data, errors }: Answer<Networks> = await harness.query(QUERY, { first, after });
      expect(errors).toBeUndefined();
      pages.push(data);
      after = data.networks.nodes[0]?.hosts.pageInfo.endCursor ?? null;
    }
    return pages;
  };

  it('is answered alike by small calls and by whole pages, however pages follow each other', async () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 230 }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        expect(await walked(small, steps)).toEqual(await walked(whole, steps));
      }),
      { numRuns: 30 },
    );
  });
});

it('a server that gives rows the same instant is asked in vain once', async () => {
  const harness = await start({ ties: 7 });
  try {
    const { data } = await harness.query<Networks>(NAMES, { first: 8 });
    const limits = limitsOf(harness).toSorted((a, b) => a - b);
    expect(limits).toEqual([11, ...data.networks.nodes.map(() => 200)]);
  } finally {
    await harness.close();
  }
});
