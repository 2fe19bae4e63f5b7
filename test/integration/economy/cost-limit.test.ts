import { afterEach, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';

const world = createWorld({ resources: 1200, findings: 310, hosts: 400 });
let harness: Harness;
afterEach(() => harness.close());

const start = async (config: HarnessOptions['config'] = {}): Promise<void> => {
  harness = await startHarness({ world: () => world, scanorbit: [{ movingScans: false }], scanopy: [{}], config });
};

interface Cost {
  readonly estimated?: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
}
const ask = async (query: string, variables?: Record<string, unknown>) => {
  const answer = await harness.query<Record<string, unknown>>(query, variables);
  return { ...answer, cost: answer.extensions.cost as unknown as Cost };
};
const sum = (requests: Cost['requests'], name: string): number => requests[name] ?? 0;

it('an operation that may cost more than the limit is refused with COST_LIMIT_EXCEEDED before any upstream request', async () => {
  await start();
  const { data, errors } = await ask(
    '{ resources(first: 1000) { nodes { dependencies { edges { node { ... on Resource { dependents { totalCount } } } } } } } }',
  );
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', kind: 'SCANORBIT', limit: 60 });
  expect(errors?.[0]?.extensions.estimate).toBeGreaterThan(1000);
  const dearest = errors?.[0]?.extensions.fields as readonly { readonly path: string }[];
  expect(dearest.slice(0, 2).map(({ path }) => path)).toEqual([
    'resources.nodes.dependencies.edges.node.dependents',
    'resources.nodes.dependencies',
  ]);
  expect(harness.upstreamCalls()).toBe(0);
});

it('100 findings with their resources run although 100 calls by id would be over the limit: the size of the list is looked at first', async () => {
  await start();
  const { errors, cost } = await ask('{ findings(first: 100) { nodes { resource { name } } } }');
  expect(errors).toBeUndefined();
  expect(harness.upstreamCalls()).toBeLessThanOrEqual(14);
  expect(cost.requests.scanorbit).toBe(harness.upstreamCalls());
});

it('sizes are remembered: the second operation reads none anew', async () => {
  await start();
  await ask('{ findings(first: 100) { nodes { resource { name } } } }');
  harness.resetUpstreamCalls();
  const { cost } = await ask('{ findings(first: 100) { nodes { resource { name tags { key } } } } }');
  expect(cost.estimated).toEqual({ SCANORBIT: 15, SCANOPY: 0 });
  expect(harness.upstreamCalls()).toBe(0);
});

it('the limits are configurable by kind of source', async () => {
  await start({ limits: { cost: { scanorbit: 3, scanopy: 1 } } });
  expect(
    (await ask('{ resources(first: 5) { nodes { findings { totalCount } } } }')).errors?.[0]?.extensions,
  ).toMatchObject({
    code: 'COST_LIMIT_EXCEEDED',
    limit: 3,
    estimate: 4,
  });
  expect((await ask('{ networks { nodes { name } } daemons { name } }')).errors?.[0]?.extensions).toMatchObject({
    code: 'COST_LIMIT_EXCEEDED',
    kind: 'SCANOPY',
    limit: 1,
  });
});

it('variables, skipped fields and fragments count as they are', async () => {
  await start();
  const text = `query ($n: Int, $deep: Boolean!) { resources(first: $n) { nodes { ...R } } }
    fragment R on Resource { name dependencies @include(if: $deep) { totalCount } }`;
  expect((await ask(text, { n: 500, deep: false })).errors).toBeUndefined();
  expect((await ask(text, { n: 500, deep: true })).errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
});

it('variables that are not given count as the operation says they are then', async () => {
  await start();
  const skipped = 'query ($shallow: Boolean! = true) { accounts @skip(if: $shallow) { name } sources { name } }';
  const { errors, cost } = await ask(skipped);
  expect([errors, cost.estimated]).toEqual([undefined, { SCANORBIT: 0, SCANOPY: 0 }]);
  const many = 'query ($n: Int = 500) { resources(first: $n) { nodes { dependencies { totalCount } } } }';
  expect((await ask(many)).errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
  expect((await ask(many, { n: 5 })).errors).toBeUndefined();
});

it('a document that unfolds without end is refused in no time', async () => {
  await start({ limits: { depth: 100, aliases: 10_000 } });
  const fragments = Array.from(
    { length: 12 },
    (_, i) =>
      `fragment F${i} on Resource { account { resources { nodes { ...F${i + 1} } } findings { nodes { resource { ...F${i + 1} } } } } findings { nodes { resource { ...F${i + 1} } } } }`,
  );
  const { errors } = await ask(
    `{ resources { nodes { ...F0 } } } ${fragments.join(' ')} fragment F12 on Resource { name }`,
  );
  expect(errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
  expect(harness.upstreamCalls()).toBeLessThanOrEqual(5);
});

const OPERATIONS = [
  '{ findings(first: 100) { nodes { resource { name } account { name } lastScan { status } } } }',
  '{ resources(first: 100) { nodes { findings { nodes { type } } account { name } } } }',
  '{ resources(first: 50) { nodes { dependencies { edges { kind node { displayName } } } } } }',
  '{ resources(first: 20) { nodes { dependents { edges { kind node { displayName } } } } } }',
  '{ resources(first: 100, filter: { search: "orders" }) { totalCount nodes { name } } }',
  '{ accounts { name resources(first: 10) { totalCount nodes { name } } findings(first: 5) { totalCount } scans { totalCount } } }',
  '{ hosts(first: 100) { nodes { network { name } tags { name } addresses { subnet { cidr } } services { name } dependencies { totalCount } } } }',
  '{ services(first: 100) { nodes { host { name } bindings { port { number } } dependencies { nodes { displayName } } } } }',
  '{ organizations { name } daemons { host { name } } serviceDependencies { members { name } } }',
];

it.each(OPERATIONS)('once sizes are known, the estimate is not below what it costs: %s', async (text) => {
  await start({ limits: { cost: { scanorbit: 100_000, scanopy: 100_000 } } });
  await ask('{ resources { totalCount } findings { totalCount } hosts { totalCount } services { totalCount } }');
  const { errors, cost } = await ask(text, undefined);
  expect(errors).toBeUndefined();
  expect(cost.estimated?.SCANORBIT).toBeGreaterThanOrEqual(sum(cost.requests, 'scanorbit'));
  expect(cost.estimated?.SCANOPY).toBeGreaterThanOrEqual(sum(cost.requests, 'scanopy'));
  expect(cost.estimated?.SCANORBIT).toBeLessThanOrEqual(250);
});
