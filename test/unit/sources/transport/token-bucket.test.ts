import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TokenBucket } from '#sources/transport/budget/token-bucket.ts';

const SERVER = { perSecond: 5, burst: 150 };
const START = Date.UTC(2026, 0, 1);

/** Refuses when its bucket is empty. */
const serverRefusals = (arrivals: readonly number[]): number => {
  let tokens = SERVER.burst;
  let at = START;
  let refused = 0;
  for (const now of [...arrivals].sort((a, b) => a - b)) {
    tokens = Math.min(SERVER.burst, tokens + ((now - at) * SERVER.perSecond) / 1000);
    at = now;
    if (tokens >= 1) tokens -= 1;
    else refused += 1;
  }
  return refused;
};

describe('a token bucket', () => {
  test('the server never refuses, however late each request arrives within three seconds', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 3_000 })), {
      minLength: 200,
      maxLength: 800,
    });
    fc.assert(
      fc.property(steps, (plan) => {
        const rule = new TokenBucket({ ...SERVER, reserve: 0.1 });
        let now = START;
        const arrivals: number[] = [];
        for (const [waitMs, lateMs] of plan) {
          now += waitMs;
          if (rule.take(now, 0).ticket) arrivals.push(now + lateMs);
        }
        expect(serverRefusals(arrivals)).toBe(0);
      }),
    );
  });

  test('a refusal empties ours, and it fills at nine tenths of the published rate', () => {
    const rule = new TokenBucket({ ...SERVER, reserve: 0.1 });
    rule.refused(START);
    expect(rule.take(START, 0).ticket).toBeNull();
    expect(rule.forecast(START, 9, 0)).toBe(START + 2_000);
    const grants = Array.from({ length: 40 }, () => rule.take(START + 2_000, 0)).filter(({ ticket }) => ticket);
    expect(grants).toHaveLength(9);
  });

  test("its status has the server's figures, and what is left of it for us", () => {
    const rule = new TokenBucket({ ...SERVER, reserve: 0.1 });
    expect(rule.status(START)).toEqual({ limit: 150, windowSeconds: 30, remaining: 130, resetAt: null });
    const { ticket } = rule.take(START, 0);
    expect(rule.status(START)).toMatchObject({ remaining: 129 });
    if (ticket) rule.settle(ticket, { kind: 'uncounted' });
    expect(rule.status(START)).toMatchObject({ remaining: 130, resetAt: null });
  });

  test('less urgent work leaves its share in the bucket', () => {
    const rule = new TokenBucket({ ...SERVER, reserve: 0.1 });
    const take = (share: number) =>
      Array.from({ length: 200 }, () => rule.take(START, share)).filter(({ ticket }) => ticket).length;
    expect(take(0.5)).toBe(rule.spendable / 2);
    expect(take(0)).toBe(rule.spendable / 2);
  });
});
