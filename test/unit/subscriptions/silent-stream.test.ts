import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type ScanopyDemoOptions, startScanopyDemo } from '#demo/scanopy/server.ts';
import { createWorld } from '#demo/world/world.ts';
import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import { createScanopyClient } from '#sources/scanopy/create-client.ts';
import { watchDiscoveries } from '#subscriptions/watch-discoveries.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { transportTo } from '../../support/transport/arrange.ts';

const KEY = `scp_u_${'0'.repeat(32)}`;
const { network } = createWorld({ seed: 1 });
/** Longer than a busy machine takes for a call while the clock is pushed forward. */
const MAX_WAIT = { headersMs: 60_000, bodyMs: 60_000, callMs: 120_000 };
const PACE = { busyMs: 10_000, idleMs: 30_000, longestMs: 600_000 };

/** A watch of one server, by one clock. */
const watch = async (options: Partial<ScanopyDemoOptions>) => {
  const clock = new FakeClock();
  const demo = await startScanopyDemo({
    world: network,
    version: '0.16.0',
    apiKey: KEY,
    clock: () => clock.now(),
    stream: { tickMs: 5, keepAliveMs: 5 },
    ...options,
  });
  onTestFinished(() => demo.close());
  const headers = { authorization: `Bearer ${KEY}` };
  const client = createScanopyClient({ transport: transportTo(demo.url, { clock, headers, timeouts: MAX_WAIT }) });
  const told: DiscoverySessionModel[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  void watchDiscoveries(client, { ...PACE, clock })((session) => told.push(session), stop.signal);
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      await clock.advance(1_000);
      await delay(2);
    }
  };
  const until = async (isTrue: () => boolean) => {
    while (!isTrue()) await pass(1_000);
  };
  const ends = () => told.filter(({ phase }) => phase === 'Complete').map(({ id }) => id);
  return { demo, told, pass, until, ends };
};

test.each([
  ['a proxy holds back even its head', { buffering: true }],
  ['nothing follows its head', { stream: { tickMs: 3_600_000, keepAliveMs: 3_600_000 } }],
])(
  'a stream that is silent because %s: ends are emitted once, by polling, and it is tried again now and then',
  async (_, options) => {
    const { demo, until, pass, ends, told } = await watch(options);
    await until(() => demo.countOf('/discovery/active-sessions') > 1);
    demo.finishDiscovery();
    await until(() => ends().length === 1);
    demo.resetCalls();
    await pass(300_000);
    expect(demo.countOf('/discovery/stream')).toBeLessThanOrEqual(1);
    expect(demo.countOf()).toBeLessThanOrEqual(2 * 30 + 4);
    await until(() => ends().length === 2);
    await pass(30_000);
    expect(new Set(ends()).size).toBe(2);
    expect(new Set(told.map((session) => JSON.stringify(session))).size).toBe(told.length);
  },
);

test('a stream that is not held back any more is followed again by itself, and polling ends', async () => {
  const { demo, until, pass, ends } = await watch({ buffering: true });
  await until(() => demo.countOf('/discovery/active-sessions') > 1);
  demo.setBuffering(false);
  await until(() => demo.countOf('/discovery/stream') === 2);
  await pass(5_000);
  demo.resetCalls();
  demo.finishDiscovery();
  const before = ends().length;
  await until(() => ends().length === before + 1);
  await pass(60_000);
  expect(demo.countOf()).toBe(0);
});
