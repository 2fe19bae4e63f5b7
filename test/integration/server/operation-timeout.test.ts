import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';

let harness: Harness | undefined;
afterEach(() => harness?.close());

/** Every upstream call takes a while, and there is one at a time: the others wait in the queue of the budget. */
const start = async (timeoutMs: number, latencyMs: number): Promise<Harness> => {
  harness = await startHarness({
    scanorbit: [{ latencyMs, budget: { ratePerSecond: 10_000, burst: 10_000, reserve: 0, concurrency: 1 } }],
    config: { limits: { operationTimeoutMs: timeoutMs } },
  });
  return harness;
};

const MANY = '{ resourceStats { total } findingStats { total } resourceRegions resourceServices accounts { id } }';
const queuedIn = ({ gateway }: Harness) => gateway.sources.all.cloud[0]?.client.status().budget.queued;

describe('at its deadline an operation', () => {
  it('ends with typed errors, and its calls in the queue are never sent', async () => {
    const slow = await start(400, 1500);
    const { status, data, errors } = await slow.query<Record<string, unknown>>(MANY);
    expect(status).toBe(200);
    expect(Object.values(data)).toEqual([null, null, null, null, null]);
    const codes = new Set(errors?.map(({ extensions }) => extensions.code));
    expect([...codes].filter((code) => code !== 'UPSTREAM_TIMEOUT' && code !== 'UPSTREAM_RATE_LIMITED')).toEqual([]);
    expect(errors?.every(({ extensions }) => extensions.source === 'scanorbit')).toBe(true);
    expect(queuedIn(slow)).toBe(0);
    await delay(1800);
    expect(slow.upstreamCalls()).toBe(1);
  });

  it('leaves work that another operation waits for', async () => {
    const slow = await start(1500, 1000);
    const first = slow.query<{ accounts: unknown }>('{ resourceStats { total } accounts { id } }');
    await delay(700);
    const second = slow.query<{ accounts: unknown[] | null }>('{ accounts { id } }');
    expect((await first).data.accounts).toBeNull();
    const { data, errors } = await second;
    expect(errors).toBeUndefined();
    expect(data.accounts?.length).toBeGreaterThan(0);
    expect(slow.upstreamCalls()).toBe(2);
  });
});

it('a client that goes away takes its calls out of the queue', async () => {
  const slow = await start(10_000, 800);
  const leave = new AbortController();
  const asked = fetch(slow.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: MANY }),
    signal: leave.signal,
  }).catch((error: unknown) => error);
  while (slow.upstreamCalls() === 0) await delay(5);
  expect(queuedIn(slow)).toBeGreaterThan(0);
  leave.abort();
  await asked;
  while (queuedIn(slow) !== 0) await delay(5);
  await delay(1200);
  expect(slow.upstreamCalls()).toBe(1);
});
