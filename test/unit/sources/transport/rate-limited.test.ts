import { describe, expect, test } from 'vitest';
import { pauseOf } from '#sources/transport/budget/rate-limit-headers.ts';
import { failureOf, get, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream, json } from '../../../support/transport/http-upstream.ts';

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
  test('with Retry-After: 0 pauses for a second, asks again, and is counted as a defect', async () => {
    const times: number[] = [];
    const upstream = await httpUpstream((_, response, before) => {
      times.push(Date.now());
      json(response, { before }, before === 0 ? 429 : 200, { 'retry-after': '0' });
    });
    const transport = transportTo(upstream.baseUrl);
    const scope = scopeOf();
    const both = await Promise.all([transport.request(get('/a'), scope), transport.request(get('/a'), scopeOf())]);
    expect(both).toEqual([{ before: 1 }, { before: 1 }]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(999);
    expect(transport.status().rateLimitedByUpstream).toBe(1);
    expect(scope.ledger.requests.get('cloud')).toBe(2);
    expect(scope.ledger.waitedMs).toBeGreaterThanOrEqual(999);
  });

  test("with a date pauses until then, by the server's clock, however wrong ours is", async () => {
    const yesterday = Date.now() - 86_400_000;
    const upstream = await httpUpstream((_, response, before) =>
      json(response, {}, before === 0 ? 429 : 200, {
        date: new Date(yesterday).toUTCString(),
        'retry-after': new Date(yesterday + 1_000).toUTCString(),
      }),
    );
    await transportTo(upstream.baseUrl).request(get('/a'), scopeOf());
    expect(upstream.seen).toHaveLength(2);
  });

  test('without headers pauses for a minute: who cannot wait that long fails at once, also those who had not asked yet', async () => {
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
    const upstream = await httpUpstream((_, response, before) =>
      json(response, {}, before === 0 ? 429 : 200, { 'retry-after': '1' }),
    );
    const transport = transportTo(upstream.baseUrl);
    const first = transport.request(get('/a'), scopeOf());
    while (transport.status().rateLimitedByUpstream === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const others = ['/b', '/c', '/d'].map((path) => transport.request(get(path), scopeOf()));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(upstream.seen).toHaveLength(1);
    expect(transport.status().budget.queued).toBe(4);
    await Promise.all([first, ...others]);
    expect(upstream.seen).toHaveLength(5);
  });
});

describe('the budget in front of a server that really counts', () => {
  /** A fixed window of `limit` per `windowMs`, told in true headers. */
  const countingServer = async (limit: number, windowMs: number, spentByOthers = 0) => {
    let end = 0;
    let used = 0;
    let refused = 0;
    const upstream = await httpUpstream((_, response) => {
      const now = Date.now();
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
      });
    });
    return { upstream, refused: () => refused };
  };

  test('50 operations at once over three windows: every call answered, no 429', async () => {
    const { upstream, refused } = await countingServer(20, 3_000);
    const transport = transportTo(upstream.baseUrl, {
      budget: { rate: { kind: 'fixedWindow', limit: 20, windowSeconds: 3 } },
    });
    const far = Date.now() + 25_000;
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => transport.request(get(`/${i}`), scopeOf({ deadlineAt: far }))),
    );
    expect(upstream.seen).toHaveLength(50);
    expect(refused()).toBe(0);
    expect(transport.status().rateLimitedByUpstream).toBe(0);
  });

  test('others who share the allowance are seen in the headers: the rest fails typed, nothing is refused', async () => {
    const { upstream, refused } = await countingServer(20, 60_000, 10);
    const transport = transportTo(upstream.baseUrl, {
      budget: { rate: { kind: 'fixedWindow', limit: 20, windowSeconds: 60 } },
    });
    await transport.request(get('/first'), scopeOf());
    const rest = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => transport.request(get(`/${i}`), scopeOf())),
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
