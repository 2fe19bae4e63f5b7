import { afterEach, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { first, NOW, network, server } from './fixtures.ts';

interface Hosts {
  readonly hosts: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly sourceId: string; readonly lastSeenAt: string | null }[];
  };
}

const QUERY = `query ($filter: HostFilter, $orderBy: HostOrder) {
  hosts(first: 1000, filter: $filter, orderBy: $orderBy) { totalCount nodes { sourceId lastSeenAt } }
}`;

let harness: Harness;
afterEach(() => harness.close());

const ask = async (variables: Record<string, unknown>) => {
  const { data, errors } = await harness.query<Hosts>(QUERY, variables);
  expect(errors).toBeUndefined();
  return data.hosts;
};

const at = (instant: string | null): number => Date.parse(instant ?? '');

it('a late server tells when hosts were seen: they can be filtered and ordered by it', async () => {
  harness = await startHarness({ scanopy: [server('0.17.22')] });
  for (const [direction, sign] of [
    ['ASC', 1],
    ['DESC', -1],
  ] as const) {
    const times = (await ask({ orderBy: { field: 'LAST_SEEN', direction } })).nodes.map(({ lastSeenAt }) =>
      at(lastSeenAt),
    );
    expect(times).toHaveLength(network.hosts.length);
    expect(times).toEqual(times.toSorted((a, b) => sign * (a - b)));
  }
  const since = first(network.hosts, ({ lastSeenAt }) => at(lastSeenAt) < NOW - 3_600_000).lastSeenAt;
  const seen = network.hosts.filter(({ lastSeenAt }) => at(lastSeenAt) >= at(since)).map(({ id }) => id);
  const { nodes } = await ask({ filter: { lastSeen: { since } } });
  expect(nodes.map(({ sourceId }) => sourceId).toSorted()).toEqual(seen.toSorted());
  expect((await ask({ filter: { lastSeen: { before: since } } })).totalCount).toBe(network.hosts.length - seen.length);
});

it('an older one does not: no host is in any range, and the order is that of their ids', async () => {
  harness = await startHarness({ scanopy: [server('0.16.0')] });
  expect((await ask({ filter: { lastSeen: { since: '2000-01-01T00:00:00Z' } } })).totalCount).toBe(0);
  const ids = (await ask({ orderBy: { field: 'LAST_SEEN', direction: 'DESC' } })).nodes.map(({ sourceId }) => sourceId);
  expect(ids).toEqual(network.hosts.map(({ id }) => id).toSorted());
});

it('a port that is none is refused', async () => {
  harness = await startHarness({ scanopy: [server('0.16.0')] });
  const { errors } = await harness.query(QUERY, { filter: { openPort: ['https'] } });
  expect(errors?.map(({ message }) => message)).toEqual([
    'Expected "openPort" to hold ports such as "443/tcp" or "443", got "https".',
  ]);
});
