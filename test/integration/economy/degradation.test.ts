import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';

const world = createWorld({ resources: 300, findings: 200, hosts: 200 });
const idOf = (index: number): string =>
  encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: world.cloud.resources[index]?.id ?? '' });
const ONE_RESOURCE = 'query ($id: ID!) { resource(by: { id: $id }) { name } }';

let harness: Harness;
afterEach(() => harness.close());

type Cloud = NonNullable<HarnessOptions['scanorbit']>[number];
const start = async (cloud: Cloud, config: HarnessOptions['config'] = {}): Promise<void> => {
  harness = await startHarness({
    world: () => world,
    scanorbit: [{ movingScans: false, ...cloud }],
    scanopy: [{}],
    config,
  });
};

/** A budget of so many calls in a window that does not end while a test runs. */
const budgetOf = (limit: number) => ({ budget: { limit, windowSeconds: 600, reserve: 0 } });

it('when the budget is gone, a field that cannot be answered before its deadline fails alone, typed, with when to come back', async () => {
  await start(budgetOf(2));
  await harness.query(ONE_RESOURCE, { id: idOf(1) });
  await harness.query('{ accounts { name } }');
  harness.resetUpstreamCalls();
  const { data, errors } = await harness.query<Record<string, unknown>>(
    'query ($id: ID!) { resource(by: { id: $id }) { name } networks { nodes { name } } }',
    { id: idOf(2) },
  );
  expect(data.resource).toBeNull();
  expect(data.networks).toMatchObject({ nodes: expect.arrayContaining([{ name: expect.any(String) }]) });
  expect(errors).toHaveLength(1);
  expect(errors?.[0]).toMatchObject({
    path: ['resource'],
    extensions: { code: 'UPSTREAM_RATE_LIMITED', source: 'scanorbit', limit: 2 },
  });
  const wait = Number(errors?.[0]?.extensions.retryAfterSeconds);
  expect(wait).toBeGreaterThan(60);
  expect(wait).toBeLessThanOrEqual(602);
  expect(harness.scanorbit[0]?.countOf()).toBe(0);
});

it('when the budget is gone, what was answered before is served with its age in extensions.cost', async () => {
  await start(budgetOf(1));
  const fresh = await harness.query<{ accounts: object[] }>('{ accounts { name } }');
  expect(fresh.extensions.cost).toMatchObject({ oldestStaleSeconds: 0 });
  const stale = await harness.query('{ accounts { name } }', {}, { 'cache-control': 'no-cache' });
  expect(stale.errors).toBeUndefined();
  expect(stale.data).toEqual(fresh.data);
  expect(stale.extensions.cost).toMatchObject({ requests: {}, oldestStaleSeconds: 1 });
  expect(harness.upstreamCalls()).toBe(1);
});

it('sources { budget } returns what is left now, what waits and when the budget is full again', async () => {
  await start(budgetOf(10));
  const budgets = async () => {
    const { data } = await harness.query<{
      sources: { budget: { limit: number; remaining: number; resetAt: string | null } }[];
    }>('{ sources { budget { limit windowSeconds remaining queued resetAt } } }');
    return data.sources[0]?.budget;
  };
  expect(await budgets()).toEqual({ limit: 10, windowSeconds: 600, remaining: 10, queued: 0, resetAt: null });
  await harness.query('{ accounts { name } organizations { name } }');
  expect(await budgets()).toMatchObject({
    limit: 10,
    remaining: 8,
    queued: 0,
    resetAt: expect.stringMatching(/^\d{4}-/),
  });
});

it('a client that disconnects does not fail another that joined its call', async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await start({ latencyMs: 400 });
  const body = JSON.stringify({ query: '{ accounts { name } }' });
  const leaving = request(harness.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  leaving.on('error', release);
  leaving.end(body);
  while (harness.upstreamCalls() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const staying = harness.query<{ accounts: object[] }>('{ accounts { name } }');
  leaving.destroy(new Error('The client went away.'));
  await held;
  const { data, errors, extensions } = await staying;
  expect(errors).toBeUndefined();
  expect(data.accounts.length).toBeGreaterThan(0);
  expect(harness.upstreamCalls()).toBe(1);
  expect(extensions.cost.requests).toEqual({});
});

it('two credentials never share a cached row, though they send the same request to the same server', async () => {
  await start({}, { auth: { mode: 'passthrough' } });
  const good = harness.scanorbit[0]?.apiKey ?? '';
  const bad = `sk_live_${'f'.repeat(64)}`;
  const ask = (key: string) =>
    harness.query<{ accounts: object[] | null }>('{ accounts { name } }', {}, { 'x-source-key-scanorbit': key });
  const first = await ask(good);
  expect(first.data.accounts?.length).toBeGreaterThan(0);
  harness.resetUpstreamCalls();
  const other = await ask(bad);
  expect(other.data.accounts).toBeNull();
  expect(other.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAUTHORIZED');
  expect(harness.upstreamCalls()).toBe(1);
  expect((await ask(good)).data).toEqual(first.data);
  expect(harness.upstreamCalls()).toBe(1);
});

it('Cache-Control: no-cache reads anew where the configuration allows it, and changes nothing where it does not', async () => {
  const noCache = { 'cache-control': 'no-cache' };
  await start({});
  await harness.query('{ accounts { name } }');
  await harness.query('{ accounts { name } }', {}, noCache);
  expect(harness.upstreamCalls()).toBe(2);
  await harness.close();
  await start({}, { server: { allowCacheBypass: false } });
  await harness.query('{ accounts { name } }');
  await harness.query('{ accounts { name } }', {}, noCache);
  expect(harness.upstreamCalls()).toBe(1);
});
