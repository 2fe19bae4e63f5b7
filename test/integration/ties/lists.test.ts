import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudWorld } from '#demo/world/cloud-world.ts';
import { createWorld } from '#demo/world/world.ts';
import { type Answer, type Harness, startHarness } from '../../support/harness.ts';

interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } & {
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
  };
}

const FIELDS = 'totalCount nodes { id } pageInfo { hasNextPage endCursor hasPreviousPage startCursor }';
const distinct = ({ nodes }: Connection): number => new Set(nodes.map(({ id }) => id)).size;

/** Every row of a list, page after page; no page may report an error. */
const walk = async (harness: Harness, list: string, step: number, direction: 'forward' | 'backward') => {
  const ids: string[] = [];
  let cursor: string | null = null;
  let total = 0;
  do {
    const args: string = direction === 'forward' ? `first: ${step}, after: $cursor` : `last: ${step}, before: $cursor`;
    const document = `query ($cursor: String) { list: ${list.replace('ARGS', args)} { ${FIELDS} } }`;
    const answer: Answer<{ list: Connection }> = await harness.query(document, { cursor });
    const { data, errors } = answer;
    expect(errors).toBeUndefined();
    total = data.list.totalCount;
    const page = data.list.nodes.map(({ id }: { readonly id: string }) => id);
    expect(page.length).toBe(Math.min(step, total - ids.length));
    if (direction === 'forward') ids.push(...page);
    else ids.unshift(...page);
    const { hasNextPage, endCursor, hasPreviousPage, startCursor } = data.list.pageInfo;
    cursor = direction === 'forward' ? (hasNextPage ? endCursor : null) : hasPreviousPage ? startCursor : null;
  } while (cursor !== null);
  return { ids, total };
};

describe('Scanopy, 600 services that one call of its API created seven hosts at a time', () => {
  const { network } = createWorld({ seed: 3, hosts: 520 });
  const services = network.hosts.flatMap(({ services: of }) => of);
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanopy: [{ world: network, ties: 7 }] });
  });
  afterAll(() => harness.close());

  test('services of every network are as many as their total, whole and filtered', async () => {
    const { data, errors } = await harness.query<{ networks: { nodes: Record<string, Connection>[] } }>(
      `{ networks { nodes { all: services(first: 1000) { ${FIELDS} }
        some: services(first: 1000, filter: { search: "e" }) { ${FIELDS} } } } }`,
    );
    expect(errors).toBeUndefined();
    const lists = data.networks.nodes.flatMap((of) => Object.values(of));
    for (const list of lists) expect(distinct(list)).toBe(list.totalCount);
    const sum = data.networks.nodes.reduce((n, { all }) => n + (all?.totalCount ?? 0), 0);
    expect(sum).toBe(services.length);
    expect(sum).toBeGreaterThan(600);
  });

  test.each([
    ['hosts(ARGS)', 50, 'forward'],
    ['hosts(ARGS)', 50, 'backward'],
    ['services(ARGS)', 100, 'forward'],
    ['services(ARGS)', 100, 'backward'],
    ['services(ARGS)', 7, 'forward'],
    ['hosts(ARGS, orderBy: { field: UPDATED_AT, direction: DESC })', 100, 'forward'],
    ['discoveries(ARGS)', 50, 'backward'],
  ] as const)('%s in steps of %i, %s, shows every row once', async (list, step, direction) => {
    const { ids, total } = await walk(harness, list, step, direction);
    expect(new Set(ids).size).toBe(total);
  });
});

/** So many resources seen at one instant in the middle of a list, whoever owns them. */
const withOneInstant = (world: CloudWorld, count: number): CloudWorld => {
  const sorted = world.resources.toSorted((a, b) => (a.lastSeenAt < b.lastSeenAt ? 1 : -1));
  const from = Math.floor(world.resources.length / 3);
  const lastSeenAt = sorted[from]?.lastSeenAt ?? '';
  const together = new Set(sorted.slice(from, from + count));
  return { ...world, resources: world.resources.map((row) => (together.has(row) ? { ...row, lastSeenAt } : row)) };
};

describe('ScanOrbit, 1,629 resources of which 130 were seen at one instant', () => {
  const world = withOneInstant(createWorld({ seed: 2, resources: 1_629 }).cloud, 130);
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{ world, movingScans: false, ties: 1 }] });
  });
  afterAll(() => harness.close());

  test.each([
    [50, 'forward'],
    [100, 'forward'],
    [100, 'backward'],
    [333, 'backward'],
  ] as const)('a walk in steps of %i, %s, shows every row once', async (step, direction) => {
    const { ids, total } = await walk(harness, 'resources(ARGS)', step, direction);
    expect(total).toBe(world.resources.length);
    expect(new Set(ids).size).toBe(total);
  });

  test('forward and backward agree, and so does a search over all rows', async () => {
    const forward = await walk(harness, 'resources(ARGS)', 100, 'forward');
    const backward = await walk(harness, 'resources(ARGS)', 100, 'backward');
    expect(backward.ids).toEqual(forward.ids);
    const searched = await walk(harness, 'resources(ARGS, filter: { search: "" , state: null })', 500, 'forward');
    expect(new Set(searched.ids).size).toBe(world.resources.length);
  });

  test('walks again at no call', async () => {
    harness.resetUpstreamCalls();
    await walk(harness, 'resources(ARGS)', 100, 'backward');
    expect(harness.scanorbit[0]?.countOf('/resources')).toBe(0);
  });
});
