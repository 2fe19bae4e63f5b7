import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { type SkippingClock, skippingClock } from '../../support/skipping-clock.ts';
import { until } from '../../support/until.ts';

let harness: Harness | undefined;
let clock: SkippingClock;
afterEach(() => harness?.close());

const OPERATION_MS = 400_000;
const CALL_MS = 500_000;

/** The first upstream request is never answered, and there is one at a time: the others wait in the queue of the budget. */
const start = async (): Promise<Harness> => {
  clock = skippingClock();
  harness = await startHarness({
    scanorbit: [
      {
        budget: { ratePerSecond: 10_000, burst: 10_000, reserve: 0, concurrency: 1 },
        timeouts: { headersMs: CALL_MS, bodyMs: CALL_MS, callMs: CALL_MS },
      },
    ],
    config: { limits: { operationTimeoutMs: OPERATION_MS } },
    deps: { clock },
  });
  harness.scanorbit[0]?.faults.add({ kind: 'timeout-before-headers', times: 1 });
  return harness;
};

const MANY = '{ resourceStats { total } findingStats { total } resourceRegions resourceServices accounts { id } }';
const queuedIn = ({ gateway }: Harness) => gateway.sources.all.cloud[0]?.client.status().budget.queued;

/** Another operation is answered in its turn, and by then nothing else has been sent. */
const expectOnlyNext = async (slow: Harness): Promise<void> => {
  const next = slow.query('{ organizations { name } }');
  await until(() => queuedIn(slow) === 1);
  clock.skip(OPERATION_MS - 50_000);
  expect((await next).errors).toBeUndefined();
  const [, ...later] = slow.scanorbit[0]?.calls ?? [];
  expect(new Set(later.map(({ endpoint }) => endpoint))).toEqual(new Set(['/organization']));
};

describe('at its deadline an operation', () => {
  it('ends with typed errors, and its calls in the queue are never sent', async () => {
    const slow = await start();
    const answer = slow.query<Record<string, unknown>>(MANY);
    await until(() => (queuedIn(slow) ?? 0) > 1);
    clock.skip(OPERATION_MS);
    const { status, data, errors } = await answer;
    expect(status).toBe(200);
    expect(Object.values(data)).toEqual([null, null, null, null, null]);
    const codes = new Set(errors?.map(({ extensions }) => extensions.code));
    expect([...codes].filter((code) => code !== 'UPSTREAM_TIMEOUT' && code !== 'UPSTREAM_RATE_LIMITED')).toEqual([]);
    expect(errors?.every(({ extensions }) => extensions.source === 'scanorbit')).toBe(true);
    expect(queuedIn(slow)).toBe(0);
    await expectOnlyNext(slow);
  });

  it('leaves work that another operation waits for', async () => {
    const slow = await start();
    const first = slow.query<{ accounts: unknown }>('{ resourceStats { total } accounts { id } }');
    await until(() => queuedIn(slow) === 1);
    clock.skip(OPERATION_MS / 2);
    const second = slow.query<{ accounts: unknown[] | null }>('{ accounts { id } findingStats { total } }');
    await until(() => queuedIn(slow) === 2);
    clock.skip(OPERATION_MS / 2);
    expect((await first).data.accounts).toBeNull();
    clock.skip(CALL_MS - OPERATION_MS);
    const { data, errors } = await second;
    expect(errors).toBeUndefined();
    expect(data.accounts?.length).toBeGreaterThan(0);
    expect(slow.upstreamCalls()).toBe(3);
  });
});

it('a client that goes away takes its calls out of the queue', async () => {
  const slow = await start();
  const leave = new AbortController();
  const asked = fetch(slow.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: MANY }),
    signal: leave.signal,
  }).catch((error: unknown) => error);
  await until(() => (queuedIn(slow) ?? 0) > 1);
  leave.abort();
  await asked;
  await until(() => queuedIn(slow) === 0);
  clock.skip(OPERATION_MS / 2);
  await expectOnlyNext(slow);
});
