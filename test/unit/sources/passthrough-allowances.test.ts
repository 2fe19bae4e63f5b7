import { expect, onTestFinished, test } from 'vitest';
import { type ScanopyDemo, startScanopyDemo } from '#demo/scanopy/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { PassthroughAllowances } from '#sources/passthrough-allowances.ts';
import { createLocalAllowance } from '#sources/transport/budget/local-allowance.ts';
import type { Transport } from '#sources/transport/transport.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startHarness } from '../../support/harness.ts';
import { get, scopeOf, transportTo } from '../../support/transport/arrange.ts';

const KEYS = [1, 2].map((n) => `scp_u_${String(n).repeat(32)}`);
const { network } = createWorld({ seed: 1 });
const BUDGET = { rate: { kind: 'tokenBucket', perSecond: 5, burst: 150 } } as const;

const server = async (clock: FakeClock, keys: readonly string[]): Promise<ScanopyDemo> => {
  const [apiKey = '', ...moreKeys] = keys;
  const options = { world: network, version: '0.17.12', clock: () => clock.now() };
  const demo = await startScanopyDemo({ ...options, apiKey, moreKeys });
  onTestFinished(() => demo.close());
  return demo;
};

const openAllowances = (clock: FakeClock) => new PassthroughAllowances(createLocalAllowance(BUDGET, clock), clock);

const open = (clock: FakeClock, allowances: PassthroughAllowances, demo: ScanopyDemo, key: string): Transport =>
  transportTo(demo.url, {
    clock,
    headers: { authorization: `Bearer ${key}` },
    fingerprint: key,
    budget: BUDGET,
    allowance: allowances.forKey(createLocalAllowance(BUDGET, clock)),
  });

/** `calls` questions of each transport every second. */
const load = async (clock: FakeClock, transports: readonly Transport[], seconds: number, calls: number) => {
  for (let second = 0; second < seconds; second += 1) {
    const asked = transports.flatMap((transport) =>
      Array.from({ length: calls }, () =>
        transport.request(get('/api/v1/tags?limit=1'), scopeOf({ deadlineAt: clock.now() + 1_500, bypassCache: true })),
      ),
    );
    await Promise.race([Promise.allSettled(asked), new Promise((resolve) => setTimeout(resolve, 40))]);
    await clock.advance(1_000);
  }
};

const refusals = (demo: ScanopyDemo) => demo.calls.filter(({ status }) => status === 429).length;

test('two keys of one user are found to share one limit: after the first 429 of each there is none', async () => {
  const clock = new FakeClock();
  const demo = await server(clock, KEYS);
  const allowances = openAllowances(clock);
  const both = KEYS.map((key) => open(clock, allowances, demo, key));
  await load(clock, both, 30, 8);
  expect(refusals(demo)).toBeGreaterThan(0);
  demo.resetCalls();
  await load(clock, both, 60, 8);
  expect(refusals(demo)).toBe(0);
  expect(demo.countOf()).toBeGreaterThan(200);
});

test('a 429 of one key holds back another only until that is answered: it then has all of its own allowance', async () => {
  const clock = new FakeClock();
  const allowances = openAllowances(clock);
  const [refused, other] = [0, 1].map(() => allowances.forKey(createLocalAllowance(BUDGET, clock)));
  if (!refused || !other) throw new Error('Expected two.');
  refused.pause(clock.now() + 60_000);
  expect((await other.take(0)).ticket).toBeNull();
  expect(other.status().remaining).toBe(0);
  await clock.advance(2_000);
  const { ticket } = await other.take(0);
  if (!ticket) throw new Error('Expected a grant.');
  other.settle(ticket, { kind: 'answered', headers: {}, receivedAt: clock.now() });
  refused.pause(clock.now() + 60_000);
  expect(other.status().remaining).toBeGreaterThan(100);
  expect((await other.take(0)).ticket).not.toBeNull();
  expect((await refused.take(0)).ticket).toBeNull();
});

test('in passthrough, a 429 of one caller’s key leaves nothing to send at once for another key of that server', async () => {
  const [apiKey = '', second = ''] = KEYS;
  const harness = await startHarness({
    scanopy: [{ name: 'net', apiKey, moreKeys: [second] }],
    config: { auth: { mode: 'passthrough' } },
  });
  onTestFinished(() => harness.close());
  const [demo] = harness.scanopy;
  const remaining = async (key: string) => {
    const query = '{ sources { budget { remaining } } }';
    const { data } = await harness.query<{ sources: { budget: { remaining: number } }[] }>(
      query,
      {},
      { 'x-source-key-net': key },
    );
    return data.sources[0]?.budget.remaining;
  };
  expect(await remaining(second)).toBeGreaterThan(0);
  demo?.faults.add({ kind: 'status-429', times: 1, retryAfter: 2 });
  const asked = harness.query('{ networks { nodes { name } } }', {}, { 'x-source-key-net': apiKey });
  while (!demo?.calls.some(({ status }) => status === 429)) await new Promise((resolve) => setTimeout(resolve, 2));
  while ((await remaining(apiKey)) !== 0) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(await remaining(second)).toBe(0);
  expect((await asked).errors).toBeUndefined();
});
