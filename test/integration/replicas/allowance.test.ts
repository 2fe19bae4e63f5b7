import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BudgetOptions } from '#sources/transport/budget/allowance.ts';
import { countingUpstream, spend, windowOf } from '../../support/replicas/counted-window.ts';
import { forgetAll, useReplicas } from '../../support/replicas/joined-replicas.ts';
import { needs } from '../../support/tools.ts';
import { until } from '../../support/until.ts';

describe('an allowance shared by replicas', needs('Redis'), () => {
  const { url, join } = useReplicas();

  test('a token bucket is one for both', async () => {
    const prefix = randomUUID();
    const pair = await Promise.all([join(prefix), join(prefix)]);
    const budget: BudgetOptions = { rate: { kind: 'tokenBucket', perSecond: 0.001, burst: 40 }, reserve: 0 };
    const allowances = pair.map((of) => of.allowance('one', budget));
    let granted = 0;
    for (let i = 0; i < 120; i += 1) if ((await allowances[i % 2]?.take(0))?.ticket) granted += 1;
    expect(granted).toBeGreaterThan(10);
    expect(granted).toBeLessThanOrEqual(40);
  });

  test.each([
    ['a window', windowOf(20, 60)],
    ['a bucket', { rate: { kind: 'tokenBucket', perSecond: 0.001, burst: 20 }, reserve: 0.1 } as const],
  ])('what remains of %s is what can be sent now, and nothing while a 429 asks to wait', async (_, budget) => {
    const allowance = (await join(randomUUID())).allowance('one', budget);
    await allowance.take(0);
    const { remaining } = allowance.status();
    let taken = 0;
    while ((await allowance.take(0)).ticket) taken += 1;
    expect(taken).toBeGreaterThan(10);
    expect(remaining).toBe(taken);
    expect(allowance.status().remaining).toBe(0);

    const paused = (await join(randomUUID())).allowance('one', budget);
    const pausedUntil = Date.now() + 90_000;
    paused.pause(pausedUntil);
    expect((await paused.take(0)).ticket).toBeNull();
    const status = paused.status();
    expect(status.remaining).toBe(0);
    expect(status.resetAt).toBeGreaterThan(pausedUntil - 2_000);
  });

  test('a 429 that one receives pauses the other', async () => {
    const prefix = randomUUID();
    const [one, two] = await Promise.all([join(prefix), join(prefix)]);
    const mine = one.allowance('one', windowOf(100, 60));
    const theirs = two.allowance('one', windowOf(100, 60));
    expect((await theirs.take(0)).ticket).not.toBeNull();
    const pausedUntil = Date.now() + 600_000;
    mine.pause(pausedUntil);
    await until(async () => (await theirs.take(0)).ticket === null);
    const refused = await theirs.take(0);
    expect(refused.ticket === null && refused.retryAt).toBeGreaterThan(pausedUntil - 2_000);
  });

  test('what Redis forgets at once is not granted again', async () => {
    const prefix = randomUUID();
    const upstream = countingUpstream(10, 600_000);
    // The first one is alone when it spends: of two, each would hold back the other's part of a window that is new to Redis.
    const mine = (await join(prefix)).allowance('one', windowOf(10, 600));
    for (let i = 0; i < 20; i += 1) await spend(mine, upstream);
    expect(upstream.served).toBe(9);
    const theirs = (await join(prefix)).allowance('one', windowOf(10, 600));
    await forgetAll(url());
    for (let i = 0; i < 100; i += 1) await spend(i % 2 === 0 ? mine : theirs, upstream);
    expect(upstream.served).toBe(9);
    expect(upstream.refused).toBe(0);
  });

  test('a bucket that Redis forgets is begun empty', async () => {
    const joined = await join(randomUUID());
    const bucket = joined.allowance('one', { rate: { kind: 'tokenBucket', perSecond: 0.001, burst: 50 }, reserve: 0 });
    for (let i = 0; i < 60; i += 1) await bucket.take(0);
    await forgetAll(url());
    let granted = 0;
    for (let i = 0; i < 60; i += 1) if ((await bucket.take(0)).ticket) granted += 1;
    expect(granted).toBe(0);
  });

  test('budgets of two credentials do not meet', async () => {
    const joined = await join(randomUUID());
    const one = joined.allowance('one', windowOf(2, 60));
    const two = joined.allowance('two', windowOf(2, 60));
    expect((await one.take(0)).ticket).not.toBeNull();
    expect((await one.take(0)).ticket).toBeNull();
    expect((await two.take(0)).ticket).not.toBeNull();
  });
});
