import { describe, expect, test } from 'vitest';
import type { Allowance, BudgetOptions } from '#sources/transport/budget/allowance.ts';
import { Budget, type Permit } from '#sources/transport/budget/budget.ts';
import { createLocalAllowance } from '#sources/transport/budget/local-allowance.ts';
import type { Priority } from '#sources/transport/scope.ts';
import { FakeClock, settled } from '../../../support/fake-clock.ts';
import { failureOf } from '../../../support/transport/arrange.ts';

const window = (limit: number): BudgetOptions => ({
  rate: { kind: 'fixedWindow', limit, windowSeconds: 60 },
  reserve: 0,
});
const bucket = (perSecond: number, burst: number): BudgetOptions => ({
  rate: { kind: 'tokenBucket', perSecond, burst },
  reserve: 0,
});

const arrange = (options: BudgetOptions, { concurrency = 100, maxQueued = 1000 } = {}) => {
  const clock = new FakeClock();
  const allowance = createLocalAllowance(options, clock);
  const budget = new Budget({ source: 'cloud', allowance, concurrency, maxQueued, clock });
  const granted: string[] = [];
  const ask = (
    operation: string,
    more: { priority?: Priority; waitMs?: number; hold?: boolean; signal?: AbortSignal } = {},
  ) => {
    const { priority = 'interactive', waitMs = 600_000, hold = false, signal = new AbortController().signal } = more;
    const permit = budget
      .acquire({ operation, priority, deadlineAt: clock.now() + waitMs }, signal)
      .then((got: Permit) => {
        granted.push(operation);
        if (!hold) got.settle({ kind: 'unknown' });
        return got;
      });
    permit.catch(() => undefined);
    return permit;
  };
  return { clock, budget, ask, granted };
};

describe('who leaves the line without a turn, although there is budget', () => {
  test('waited for a slow upstream: UPSTREAM_TIMEOUT', async () => {
    const { clock, ask } = arrange(window(100), { concurrency: 1 });
    await ask('slow', { hold: true });
    const late = failureOf(ask('late', { waitMs: 5_000 }));
    await clock.advance(5_000);
    expect(await late).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  test('came with hardly any time left, having spent it on earlier waits: UPSTREAM_RATE_LIMITED', async () => {
    const { clock, ask } = arrange(window(100), { concurrency: 1 });
    await ask('slow', { hold: true });
    const late = failureOf(ask('late', { waitMs: 200 }));
    await clock.advance(200);
    expect(await late).toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      details: { retryAfterSeconds: expect.any(Number) },
    });
  });
});

describe('turns', () => {
  test('operations take turns, so a bulk query of 50 calls does not make a small one wait', async () => {
    const { clock, ask, granted } = arrange(bucket(1, 2));
    for (let i = 0; i < 50; i += 1) ask('bulk');
    await clock.advance(5_000);
    granted.length = 0;
    ask('small');
    await clock.advance(2_000);
    expect(granted).toContain('small');
  });

  test('interactive goes before subscription before index, whoever came first', async () => {
    const { clock, ask, granted } = arrange(window(100), { concurrency: 1 });
    const first = await ask('first', { hold: true });
    ask('index', { priority: 'index' });
    ask('subscription', { priority: 'subscription' });
    ask('person');
    first.settle({ kind: 'unknown' });
    await clock.advance(1);
    expect(granted).toEqual(['first', 'person', 'subscription', 'index']);
  });

  test('the index spends leftovers only: half a fresh window stays for people', async () => {
    const { clock, ask, granted } = arrange(window(100));
    for (let i = 0; i < 100; i += 1) ask('index', { priority: 'index' });
    await clock.advance(10);
    expect(granted).toHaveLength(50);
    for (let i = 0; i < 50; i += 1) ask(`person ${i}`);
    await clock.advance(10);
    expect(granted.filter((operation) => operation.startsWith('person'))).toHaveLength(50);
  });

  test('one operation cannot spend a window: a quarter stays for small ones', async () => {
    const { clock, ask, granted } = arrange(window(100));
    for (let i = 0; i < 300; i += 1) ask('bulk');
    await clock.advance(10);
    expect(granted).toHaveLength(75);
    ask('small');
    await clock.advance(1);
    expect(granted.at(-1)).toBe('small');
  });

  test('never more requests under way than the cap', async () => {
    const { clock, ask, granted } = arrange(window(100), { concurrency: 3 });
    const held = [1, 2, 3, 4, 5].map((n) => ask(`o${n}`, { hold: true }));
    await clock.advance(1);
    expect(granted).toHaveLength(3);
    (await held[0])?.settle({ kind: 'unknown' });
    await clock.advance(1);
    expect(granted).toHaveLength(4);
  });
});

describe('deadlines', () => {
  test('a call that cannot be served in time fails at once and says when to come back', async () => {
    const { clock, ask } = arrange(window(10));
    for (let i = 0; i < 10; i += 1) ask(`o${i}`);
    await clock.advance(1_000);
    const error = await failureOf(ask('late', { waitMs: 10_000 }));
    expect(error).toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      details: { source: 'cloud', limit: 10, retryAfterSeconds: 60 },
    });
  });

  test('those ahead in the line count: with 1/s, the twentieth cannot be served in ten seconds', async () => {
    const { clock, ask } = arrange(bucket(1, 2));
    ask('first');
    const calls = Array.from({ length: 20 }, (_, i) => ask(`o${i}`, { waitMs: 10_000 }));
    await settled();
    await expect(failureOf(calls[19] ?? Promise.reject())).resolves.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    await clock.advance(10_000);
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(9);
  });

  test('a pause fails those who cannot wait that long, keeps the others, and holds everything back', async () => {
    const { clock, budget, ask, granted } = arrange(window(100), { concurrency: 1 });
    const first = await ask('first', { hold: true });
    const hasty = ask('hasty', { waitMs: 5_000 });
    ask('patient', { waitMs: 60_000 });
    await clock.advance(1);
    budget.pause(20_000);
    await expect(failureOf(hasty)).resolves.toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      details: { retryAfterSeconds: 20 },
    });
    first.settle({ kind: 'unknown' });
    await clock.advance(19_000);
    expect(granted).toEqual(['first']);
    await clock.advance(2_000);
    expect(granted).toEqual(['first', 'patient']);
  });

  test('a call that waits for a busy server until its deadline is UPSTREAM_TIMEOUT, not a matter of budget', async () => {
    const { clock, ask } = arrange(window(100), { concurrency: 1 });
    await ask('slow', { hold: true });
    const waiting = ask('waiting', { waitMs: 1_000 });
    await clock.advance(1_000);
    await expect(failureOf(waiting)).resolves.toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { phase: 'queue' } });
  });

  test('who is aborted leaves the line and spends nothing', async () => {
    const { clock, budget, ask, granted } = arrange(window(100), { concurrency: 1 });
    const first = await ask('first', { hold: true });
    const gone = new AbortController();
    const leaving = ask('leaving', { signal: gone.signal });
    await clock.advance(1);
    expect(budget.status().queued).toBe(1);
    gone.abort(new Error('left'));
    await expect(failureOf(leaving)).resolves.toMatchObject({ message: 'left' });
    first.settle({ kind: 'unknown' });
    await clock.advance(1);
    expect(granted).toEqual(['first']);
    expect(budget.status()).toMatchObject({ queued: 0, remaining: 99 });
  });
});

describe('the line', () => {
  test('is bounded: a newcomer displaces the least urgent, else is refused', async () => {
    const { clock, ask } = arrange(window(100), { concurrency: 1, maxQueued: 2 });
    await ask('first', { hold: true });
    const index = ask('index', { priority: 'index' });
    ask('person 1');
    ask('person 2');
    await expect(failureOf(index)).resolves.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    await expect(failureOf(ask('person 3'))).resolves.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    await clock.advance(1);
  });

  test('closing fails everyone who waits', async () => {
    const { ask, budget } = arrange(window(100), { concurrency: 1 });
    await ask('first', { hold: true });
    const waiting = ask('waiting');
    await settled();
    budget.close();
    await expect(failureOf(waiting)).resolves.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await expect(failureOf(ask('too late'))).resolves.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('an allowance that is counted over a network', () => {
  test('grants each once, and takes back what was granted to somebody who had left', async () => {
    const clock = new FakeClock();
    const local = createLocalAllowance(window(3), clock);
    const answers: (() => void)[] = [];
    const allowance: Allowance = {
      ...local,
      spendable: 3,
      take: (share) => new Promise((resolve) => answers.push(() => resolve(local.take(share)))),
    };
    const budget = new Budget({ source: 'cloud', allowance, concurrency: 10, maxQueued: 10, clock });
    const gone = new AbortController();
    const acquire = (operation: string, signal = new AbortController().signal) =>
      budget.acquire({ operation, priority: 'interactive', deadlineAt: clock.now() + 60_000 }, signal);
    const leaving = acquire('leaving', gone.signal);
    const staying = acquire('staying');
    await settled();
    expect(answers).toHaveLength(1);
    gone.abort(new Error('left'));
    await failureOf(leaving);
    answers[0]?.();
    await settled();
    answers[1]?.();
    await staying;
    expect(answers).toHaveLength(2);
    expect(budget.status()).toMatchObject({ remaining: 2, queued: 0 });
  });
});
