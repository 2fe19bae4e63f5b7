import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

const world = createWorld({ resources: 1200, findings: 310, hosts: 400 });
const DEPENDENCIES = '{ resources(first: 50) { nodes { name dependencies { edges { kind node { displayName } } } } } }';

/** The figures the product is known by: the most calls each costs a gateway that has got no operation before. */
const FIGURES = [
  ['100 findings with their resources', 14, '{ findings(first: 100) { nodes { summary resource { name service } } } }'],
  [
    '100 resources with their findings',
    6,
    '{ resources(first: 100) { nodes { name findings { nodes { summary } } } } }',
  ],
  [
    '100 findings with resource, account and last scan',
    17,
    '{ findings(first: 100) { nodes { resource { name } account { name } lastScan { status } } } }',
  ],
  ['50 resources with their dependencies', 52, DEPENDENCIES],
] as const;

const NETWORK_FIGURES = [
  [
    '100 hosts with addresses and subnets, ports, services, tags and network',
    5,
    '{ hosts(first: 100) { nodes { addresses { address subnet { cidr } } ports { number } services { name } tags { name } network { name } } } }',
    {},
  ],
  ['100 services with their hosts', 3, '{ services(first: 100) { nodes { name host { name } } } }', {}],
  [
    '250 hosts by id',
    3,
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Host { name } } }',
    {
      ids: world.network.hosts.slice(0, 250).map(({ id }) => encodeGlobalId({ type: 'Host', source: 'scanopy', id })),
    },
  ],
] as const;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ world: () => world, scanorbit: [{ movingScans: false }], scanopy: [{}] });
});
afterEach(() => harness.close());

/** Calls that the upstreams counted, and that the gateway says it made. */
const callsOf = async (query: string, variables: object = {}, headers = {}): Promise<number> => {
  harness.resetUpstreamCalls();
  const { errors, extensions } = await harness.query(query, { ...variables }, headers);
  expect(errors).toBeUndefined();
  const told = Object.values(extensions.cost.requests).reduce((sum, count) => sum + count, 0);
  expect(told).toBe(harness.upstreamCalls());
  return harness.upstreamCalls();
};

describe.each([...FIGURES, ...NETWORK_FIGURES])('%s', (_, most, query, variables = {}) => {
  it(`cost at most ${most} upstream calls cold, as the upstream counts them, and none again`, async () => {
    expect(await callsOf(query, variables)).toBeLessThanOrEqual(most);
    expect(await callsOf(query, variables)).toBe(0);
  });

  it('cost the same again past the cache, with Cache-Control: no-cache', async () => {
    const cold = await callsOf(query, variables);
    expect(cold).toBeGreaterThan(0);
    expect(await callsOf(query, variables, { 'cache-control': 'no-cache' })).toBe(cold);
  });
});

it('a warm gateway finds resources of findings among those that lists have shown, at no further call', async () => {
  await callsOf(
    '{ resources(first: 1000) { nodes { name } } r2: resources(first: 200, after: "b2Zmc2V0Ojk5OQ") { nodes { name } } }',
  );
  expect(await callsOf('{ findings(first: 100) { nodes { resource { name } } } }')).toBe(1);
});

it('the findings of a resource are requested alone only while the list of all is not cached', async () => {
  const query = 'query ($id: ID!) { resource(by: { id: $id }) { name findings { totalCount } } }';
  const [one, two] = world.cloud.resources.slice(10, 12).map(({ id }) => ({
    id: encodeGlobalId({ type: 'Resource', source: 'scanorbit', id }),
  }));
  await callsOf('{ resources(first: 100) { nodes { id } } }');
  expect(await callsOf(query, one)).toBeGreaterThan(0);
  await callsOf('{ findings(first: 1000) { nodes { id } } }');
  const own = await callsOf(query, two);
  expect(harness.scanorbit[0]?.countOf('/findings')).toBe(0);
  expect(own).toBeLessThanOrEqual(1);
});

it('a finding that a fresh list holds costs nothing by id', async () => {
  await callsOf('{ findings(first: 1000) { nodes { id } } }');
  const id = encodeGlobalId({ type: 'Finding', source: 'scanorbit', id: world.cloud.findings[0]?.id ?? '' });
  expect(await callsOf('query ($id: ID!) { finding(id: $id) { summary } }', { id })).toBe(0);
});
