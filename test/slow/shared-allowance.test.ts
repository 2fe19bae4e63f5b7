import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome, Ticket } from '#sources/transport/budget/allowance.ts';
import { countingUpstream, spend, windowOf } from '../support/replicas/counted-window.ts';
import { forgetAll, useReplicas } from '../support/replicas/joined-replicas.ts';
import { needs } from '../support/tools.ts';
import { until } from '../support/until.ts';

describe('an allowance shared by replicas, window after window', needs('Redis'), () => {
  const { url, join } = useReplicas();

  test('once the window ends in which Redis forgot all, there is something to grant again', async () => {
    const prefix = randomUUID();
    const upstream = countingUpstream(10, 4_000);
    // The first one is alone when it spends: of two, each would hold back the other's part of a window that is new to Redis.
    const mine = (await join(prefix)).allowance('one', windowOf(10, 4));
    for (let i = 0; i < 20; i += 1) await spend(mine, upstream);
    expect(upstream.served).toBe(9);
    const theirs = (await join(prefix)).allowance('one', windowOf(10, 4));
    await forgetAll(url());
    for (let i = 0; i < 100; i += 1) await spend(i % 2 === 0 ? mine : theirs, upstream);
    expect(upstream.served).toBe(9);
    await until(async () => (await spend(mine, upstream)) || (await spend(theirs, upstream)));
    for (let i = 0; i < 100; i += 1) await spend(i % 2 === 0 ? mine : theirs, upstream);
    expect(upstream.served).toBeGreaterThan(10);
    expect(upstream.refused).toBe(0);
  });

  test('whichever replica sends, in whatever order, and whatever becomes of the answers: the upstream never refuses', async () => {
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
        const upstream = countingUpstream(20, 1_000);
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

  test('two replicas that send as fast as they can stay within one limit, window after window', async () => {
    const prefix = randomUUID();
    const upstream = countingUpstream(30, 2_000);
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
