import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openReplicas } from '#cluster/open-replicas.ts';
import { openRedisLink } from '#cluster/redis-link.ts';
import type { Replicas } from '#cluster/replicas.ts';
import { createRateLimiter, rateHeaders } from '#demo/scanorbit/rate-limiter.ts';
import type { Outcome, Ticket } from '#sources/transport/budget/allowance.ts';
import type { BudgetOptions } from '#sources/transport/budget/budget-options.ts';
import { startRedis, type TestRedis } from '../replicas/redis-server.ts';
import { needs } from '../tools.ts';

const windowOf = (limit: number, windowSeconds: number): BudgetOptions => ({
  rate: { kind: 'fixedWindow', limit, windowSeconds },
  reserve: 0.1,
});

describe('an allowance shared by replicas, window after window', needs('Redis'), () => {
  let redis: TestRedis;
  const open: Replicas[] = [];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((of) => of.close()));
  });
  afterAll(() => redis.kill());

  const join = async (keyPrefix: string, replicas?: number): Promise<Replicas> => {
    const joined = await openReplicas({ url: redis.url, keyPrefix, replicas, onMode: () => {} });
    open.push(joined);
    // On a busy machine the first beat may be late; until it is answered, a replica spends its own part only.
    await until(() => joined.status().mode === 'shared');
    return joined;
  };

  /** Counts as ScanOrbit does, and answers with its headers. */
  const server = (limit: number, windowMs: number) => {
    const verdict = createRateLimiter({ limit, windowMs }, Date.now);
    let served = 0;
    let refused = 0;
    return {
      ask: (): Outcome => {
        const of = verdict();
        if (of.allowed) served += 1;
        else refused += 1;
        const headers = { ...rateHeaders(of), date: new Date().toUTCString() };
        return { kind: 'answered', headers, receivedAt: Date.now() };
      },
      get served() {
        return served;
      },
      get refused() {
        return refused;
      },
    };
  };

  test('once the window ends in which Redis forgot all, there is something to grant again', async () => {
    const prefix = randomUUID();
    const upstream = server(10, 4_000);
    const pair = await Promise.all([join(prefix), join(prefix)]);
    const [mine, theirs] = pair.map((of) => of.allowance('one', windowOf(10, 4)));
    const spend = async (allowance: typeof mine): Promise<boolean> => {
      const { ticket } = (await allowance?.take(0)) ?? { ticket: null };
      if (ticket) allowance?.settle(ticket, upstream.ask());
      return ticket !== null;
    };
    for (let i = 0; i < 20; i += 1) await spend(mine);
    expect(upstream.served).toBe(9);
    await forgetAll(redis.url);
    for (let i = 0; i < 100; i += 1) await spend(i % 2 === 0 ? mine : theirs);
    expect(upstream.served).toBe(9);
    await until(async () => (await spend(mine)) || (await spend(theirs)));
    for (let i = 0; i < 100; i += 1) await spend(i % 2 === 0 ? mine : theirs);
    expect(upstream.served).toBeGreaterThan(10);
    expect(upstream.refused).toBe(0);
  });

  test('whoever asks, in whatever order, and whatever becomes of the answers: the upstream never refuses', async () => {
    const step = fc.record({
      who: fc.nat(1),
      share: fc.constantFrom(0, 0.1, 0.5),
      fate: fc.constantFrom('answered', 'late', 'lost', 'unsent'),
      pauseMs: fc.nat(30),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 80 }), async (steps) => {
        const prefix = randomUUID();
        const pair = await Promise.all([join(prefix, 1), join(prefix, 1)]);
        const allowances = pair.map((of) => of.allowance('one', windowOf(20, 1)));
        const upstream = server(20, 1_000);
        const late: (() => void)[] = [];
        for (const { who, share, fate, pauseMs } of steps) {
          const allowance = allowances[who];
          const { ticket } = (await allowance?.take(share)) ?? { ticket: null };
          if (ticket && allowance) deliver(allowance.settle.bind(allowance), ticket, fate, upstream.ask, late);
          if (pauseMs > 25) await delay(pauseMs * 4);
        }
        for (const settle of late) settle();
        expect(upstream.refused).toBe(0);
        await Promise.all(pair.map((of) => of.close()));
      }),
      { numRuns: 12 },
    );
  });

  test('two replicas that ask as fast as they can stay within one limit, window after window', async () => {
    const prefix = randomUUID();
    const upstream = server(30, 2_000);
    const pair = await Promise.all([join(prefix), join(prefix)]);
    const until = Date.now() + 9_000;
    await Promise.all(
      pair.map(async (of) => {
        const allowance = of.allowance('one', windowOf(30, 2));
        while (Date.now() < until) {
          const { ticket } = await allowance.take(0);
          if (ticket) allowance.settle(ticket, upstream.ask());
          else await delay(10);
        }
      }),
    );
    expect(upstream.refused).toBe(0);
    // 27 of 30 are ours; windows are left between with a margin of 250 ms, up to 0.5 s of rounding, and one second apart.
    expect(upstream.served).toBeGreaterThanOrEqual(3 * 27);
  });
});

const forgetAll = async (url: string): Promise<void> => {
  const link = await openRedisLink(url);
  await until(() => link.redis.status === 'ready');
  await link.redis.flushall();
  link.close();
};

const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 500; i += 1) {
    if (await isTrue()) return;
    await delay(20);
  }
  throw new Error('waited for ten seconds in vain');
};

const deliver = (
  settle: (ticket: Ticket, outcome: Outcome) => void,
  ticket: Ticket,
  fate: string,
  ask: () => Outcome,
  late: (() => void)[],
): void => {
  const outcome: Outcome = fate === 'unsent' ? { kind: 'uncounted' } : ask();
  if (fate === 'answered' || fate === 'unsent') settle(ticket, outcome);
  else if (fate === 'lost') settle(ticket, { kind: 'unknown' });
  else late.push(() => settle(ticket, outcome));
};
