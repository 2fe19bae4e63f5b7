import { describe, expect, test } from 'vitest';
import { pauseOf } from '#sources/transport/budget/rate-limit-headers.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { failureOf, get, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream, json } from '../../../support/transport/http-upstream.ts';
import { until } from '../../../support/until.ts';

const MINUTE = 60_000;
/** A 429 pauses for up to this much longer than it asks. */
const JITTER_MS = 250;
/** No answer is late, however far the clock is moved. */
const PATIENT = { headersMs: 10 * MINUTE, bodyMs: 10 * MINUTE, callMs: 10 * MINUTE };

const SENT = 'Sat, 21 Nov 2026 12:00:00 GMT';

describe('how long a 429 asks to wait', () => {
  const window = { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' };
  const sentSeconds = Date.parse(SENT) / 1000;

  test.each([
    ['seconds', { 'retry-after': '12' }, 12_000],
    ['0 seconds is a second', { 'retry-after': '0' }, 1_000],
    ['a date, by the clock of the server', { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT', date: SENT }, 30_000],
    ['a date gone by is a second', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT', date: SENT }, 1_000],
    ['nothing is a minute', {}, 60_000],
    ['nonsense is a minute', { 'retry-after': 'soon' }, 60_000],
    ['only X-RateLimit-Reset', { ...window, 'x-ratelimit-reset': String(sentSeconds + 20), date: SENT }, 20_500],
    ['a year is an hour', { 'retry-after': '31536000' }, 3_600_000],
  ])('%s', (_, headers, ms) => {
    expect(pauseOf(headers)).toBe(ms);
  });
});

describe('a 429', () => {
  test('with Retry-After: 0 pauses for a second, sends again, and is counted as a defect', async () => {
    const clock = new FakeClock();
    const upstream = await httpUpstream((_, response, before) =>
      json(response, { before }, before === 0 ? 429 : 200, { 'retry-after': '0' }),
    );
    const transport = transportTo(upstream.baseUrl, { clock, timeouts: PATIENT });
    const scope = scopeOf({ deadlineAt: clock.now() + MINUTE });
    const both = Promise.all(
      [scope, scopeOf({ deadlineAt: clock.now() + MINUTE })].map((of) => transport.request(get('/a'), of)),
    );
    await until(() => transport.status().rateLimitedByUpstream === 1);
    await clock.advance(999);
    expect(upstream.seen).toHaveLength(1);
    await clock.advance(JITTER_MS + 1);
    expect(await both).toEqual([{ before: 1 }, { before: 1 }]);
    expect(transport.status().rateLimitedByUpstream).toBe(1);
    expect(scope.ledger.requests.get('cloud')).toBe(2);
    expect(scope.ledger.waitedMs).toBeGreaterThanOrEqual(1_000);
  });

  test("with a date pauses until then, by the server's clock, however wrong ours is", async () => {
    const clock = new FakeClock();
    const yesterday = clock.now() - 86_400_000;
    const upstream = await httpUpstream((_, response, before) =>
      json(response, {}, before === 0 ? 429 : 200, {
        date: new Date(yesterday).toUTCString(),
        'retry-after': new Date(yesterday + 1_000).toUTCString(),
      }),
    );
    const transport = transportTo(upstream.baseUrl, { clock, timeouts: PATIENT });
    const answer = transport.request(get('/a'), scopeOf({ deadlineAt: clock.now() + MINUTE }));
    await until(() => transport.status().rateLimitedByUpstream === 1);
    await clock.advance(1_000 + JITTER_MS);
    await answer;
    expect(upstream.seen).toHaveLength(2);
  });

  test('without headers pauses for a minute: what cannot wait that long fails at once, also those that had sent nothing yet', async () => {
    const upstream = await httpUpstream((_, response) => json(response, {}, 429));
    const transport = transportTo(upstream.baseUrl);
    for (const path of ['/a', '/b']) {
      const error = await failureOf(transport.request(get(path), scopeOf()));
      expect(error.code).toBe('UPSTREAM_RATE_LIMITED');
      expect(error.details?.retryAfterSeconds).toBeGreaterThanOrEqual(59);
      expect(error.details?.retryAfterSeconds).toBeLessThanOrEqual(61);
    }
    expect(upstream.seen).toHaveLength(1);
  });

  test('pauses everything, not just the call that met it', async () => {
    const clock = new FakeClock();
    const upstream = await httpUpstream((_, response, before) =>
      json(response, {}, before === 0 ? 429 : 200, { 'retry-after': '1' }),
    );
    const transport = transportTo(upstream.baseUrl, { clock, timeouts: PATIENT });
    const request = (path: string) => transport.request(get(path), scopeOf({ deadlineAt: clock.now() + MINUTE }));
    const first = request('/a');
    await until(() => transport.status().rateLimitedByUpstream === 1);
    const others = ['/b', '/c', '/d'].map(request);
    await clock.advance(999);
    expect(upstream.seen).toHaveLength(1);
    expect(transport.status().budget.queued).toBe(4);
    await clock.advance(JITTER_MS + 1);
    await Promise.all([first, ...others]);
    expect(upstream.seen).toHaveLength(5);
  });
});

describe('the budget in front of a server that really counts', () => {
  /** A fixed window of `limit` per `windowMs`, with true headers. */
  const countingServer = async (clock: FakeClock, limit: number, windowMs: number, spentByOthers = 0) => {
    let end = 0;
    let used = 0;
    let refused = 0;
    const upstream = await httpUpstream((_, response) => {
      const now = clock.now();
      if (now >= end) {
        end = now + windowMs;
        used = spentByOthers;
      }
      used += 1;
      if (used > limit) refused += 1;
      json(response, {}, used > limit ? 429 : 200, {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(0, limit - used)),
        'x-ratelimit-reset': String(Math.round(end / 1000)),
        date: new Date(now).toUTCString(),
      });
    });
    return { upstream, refused: () => refused };
  };

  test('50 operations at once over three windows: every call answered, no 429', async () => {
    const clock = new FakeClock();
    const { upstream, refused } = await countingServer(clock, 20, 3_000);
    const transport = transportTo(upstream.baseUrl, {
      clock,
      timeouts: PATIENT,
      budget: { rate: { kind: 'fixedWindow', limit: 20, windowSeconds: 3 } },
    });
    let answered = 0;
    const answers = Array.from({ length: 50 }, async (_, i) => {
      await transport.request(get(`/${i}`), scopeOf({ deadlineAt: clock.now() + MINUTE }));
      answered += 1;
    });
    await until(async () => {
      // Only once what was sent is answered: the clock must not move under way.
      if (answered === upstream.seen.length) await clock.advance(100);
      return answered === 50;
    });
    await Promise.all(answers);
    expect(upstream.seen).toHaveLength(50);
    expect(refused()).toBe(0);
    expect(transport.status().rateLimitedByUpstream).toBe(0);
  });

  test('others who share the allowance are seen in the headers: the rest fails typed, nothing is refused', async () => {
    const clock = new FakeClock();
    const { upstream, refused } = await countingServer(clock, 20, 60_000, 10);
    const scope = () => scopeOf({ deadlineAt: clock.now() + 10_000 });
    const transport = transportTo(upstream.baseUrl, {
      clock,
      budget: { rate: { kind: 'fixedWindow', limit: 20, windowSeconds: 60 } },
    });
    await transport.request(get('/first'), scope());
    const rest = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => transport.request(get(`/${i}`), scope())),
    );
    const served = rest.filter(({ status }) => status === 'fulfilled');
    expect(served).toHaveLength(7);
    expect(refused()).toBe(0);
    expect(transport.status().budget).toMatchObject({ limit: 20, remaining: 0 });
    for (const outcome of rest) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    }
  });
});
