import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerHeaders } from '#sources/transport/answer.ts';
import { FixedWindow } from '#sources/transport/budget/fixed-window.ts';

const LIMIT = 20;
const WINDOW_MS = 60_000;
const START = Date.UTC(2026, 0, 1, 12);

/** Counts as the server does: the window opens with the first request, lasts 60 s, and its headers are rounded. */
class WindowServer {
  #end = 0;
  #used = 0;
  refused = 0;
  readonly #skewMs: number;

  constructor(skewMs: number) {
    this.#skewMs = skewMs;
  }

  answer(now: number): AnswerHeaders {
    if (now >= this.#end) {
      this.#end = now + WINDOW_MS;
      this.#used = 0;
    }
    this.#used += 1;
    if (this.#used > LIMIT) this.refused += 1;
    const here = now + this.#skewMs;
    const secondsLeft = Math.round((this.#end - now) / 1000);
    return {
      date: new Date(Math.floor(here / 1000) * 1000).toUTCString(),
      'x-ratelimit-limit': String(LIMIT),
      'x-ratelimit-remaining': String(Math.max(0, LIMIT - this.#used)),
      'x-ratelimit-reset': String(Math.round(here / 1000) + secondsLeft),
    };
  }
}

interface Step {
  /** Since the step before. */
  readonly waitMs: number;
  readonly toServerMs: number;
  readonly backMs: number;
  /** A request of another consumer instead of ours. */
  readonly other: boolean;
}

const steps = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000 })),
    toServerMs: fc.integer({ min: 0, max: 400 }),
    backMs: fc.integer({ min: 0, max: 3_000 }),
    other: fc.boolean(),
  }),
  { minLength: 50, maxLength: 400 },
);

/** Plays the steps in time; a request is sent when the rule grants it. */
const play = (
  rule: FixedWindow,
  server: WindowServer,
  plan: readonly Step[],
  withHeaders: boolean,
): { granted: number } => {
  const due: { at: number; run: () => void }[] = [];
  let now = START;
  let granted = 0;
  let others = 0;
  let othersSince = START;
  const runUntil = (until: number) => {
    for (;;) {
      due.sort((a, b) => a.at - b.at);
      const next = due[0];
      if (!next || next.at > until) break;
      due.shift();
      now = Math.max(now, next.at);
      next.run();
    }
    now = until;
  };
  for (const { waitMs, toServerMs, backMs, other } of plan) {
    runUntil(now + waitMs);
    if (other) {
      if (now - othersSince >= 2 * WINDOW_MS) [others, othersSince] = [0, now];
      if (others < 1) {
        others += 1;
        server.answer(now);
      }
      continue;
    }
    const { ticket } = rule.take(now, 0);
    if (!ticket) continue;
    granted += 1;
    const sentAt = now;
    due.push({
      at: sentAt + toServerMs,
      run: () => {
        const told = server.answer(now);
        const headers = withHeaders ? told : {};
        const receivedAt = now + backMs;
        due.push({
          at: receivedAt,
          run: () => rule.settle(ticket, { kind: 'answered', headers, receivedAt }, receivedAt),
        });
      },
    });
  }
  runUntil(now + 10_000);
  return { granted };
};

describe('a fixed window', () => {
  test('a server with true headers never refuses, whatever the delays, its clock, and what others spend of the reserve', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: -3_600_000, max: 3_600_000 }), (plan, skewMs) => {
        const server = new WindowServer(skewMs);
        play(new FixedWindow({ limit: LIMIT, windowMs: WINDOW_MS, reserved: 2 }), server, plan, true);
        expect(server.refused).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('a server that sends no headers never refuses either', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const server = new WindowServer(0);
        play(new FixedWindow({ limit: LIMIT, windowMs: WINDOW_MS, reserved: 2 }), server, plan, false);
        expect(server.refused).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('the whole allowance but the reserve is spent in every window when there is demand', () => {
    const server = new WindowServer(0);
    const busy = Array.from({ length: 3_000 }, () => ({ waitMs: 100, toServerMs: 20, backMs: 20, other: false }));
    const { granted } = play(new FixedWindow({ limit: LIMIT, windowMs: WINDOW_MS, reserved: 2 }), server, busy, true);
    expect(granted).toBe(5 * (LIMIT - 2));
    expect(server.refused).toBe(0);
  });

  const headers = (remaining: number, reset = START / 1000 + 60): AnswerHeaders => ({
    date: new Date(START).toUTCString(),
    'x-ratelimit-limit': String(LIMIT),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  });

  test('what others spend comes off ours', () => {
    const rule = new FixedWindow({ limit: LIMIT, windowMs: WINDOW_MS, reserved: 2 });
    const { ticket } = rule.take(START, 0);
    if (!ticket) throw new Error('Expected a grant.');
    rule.settle(ticket, { kind: 'answered', headers: headers(5), receivedAt: START + 5 }, START + 5);
    expect(rule.status(START + 5)).toMatchObject({ limit: LIMIT, remaining: 3 });
    const grants = Array.from({ length: 10 }, () => rule.take(START + 6, 0)).filter(({ ticket: granted }) => granted);
    expect(grants).toHaveLength(3);
  });

  test('a request that was not counted is given back', () => {
    const rule = new FixedWindow({ limit: 1, windowMs: WINDOW_MS, reserved: 0 });
    const { ticket } = rule.take(START, 0);
    if (!ticket) throw new Error('Expected a grant.');
    expect(rule.take(START, 0).ticket).toBeNull();
    rule.settle(ticket, { kind: 'uncounted' }, START + 1);
    expect(rule.take(START + 1, 0).ticket).not.toBeNull();
  });

  test('less urgent work leaves its share, which shrinks as the window runs out', () => {
    const rule = new FixedWindow({ limit: LIMIT, windowMs: WINDOW_MS, reserved: 0 });
    const { ticket } = rule.take(START, 0);
    if (!ticket) throw new Error('Expected a grant.');
    rule.settle(ticket, { kind: 'answered', headers: headers(10), receivedAt: START }, START);
    expect(rule.take(START + 1, 0.6)).toMatchObject({ ticket: null });
    expect(rule.take(START + 1, 0.4).ticket).not.toBeNull();
    expect(rule.take(START + 40_000, 0.6).ticket).not.toBeNull();
  });

  test('what does not fit is foretold for the end of the window, or of a later one', () => {
    const rule = new FixedWindow({ limit: LIMIT, windowMs: WINDOW_MS, reserved: 0 });
    const { ticket } = rule.take(START, 0);
    if (!ticket) throw new Error('Expected a grant.');
    rule.settle(ticket, { kind: 'answered', headers: headers(0), receivedAt: START }, START);
    const end = rule.forecast(START, 1, 0);
    expect(end - START).toBeGreaterThanOrEqual(60_000);
    expect(end - START).toBeLessThan(62_000);
    expect(rule.forecast(START, LIMIT, 0)).toBe(end);
    expect(rule.forecast(START, LIMIT + 1, 0)).toBe(end + WINDOW_MS);
    expect(rule.take(end - 1, 0)).toEqual({ ticket: null, retryAt: end });
    expect(rule.take(end, 0).ticket).not.toBeNull();
  });
});
