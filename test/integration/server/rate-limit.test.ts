import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { RateLimiter } from '#server/plugins/use-rate-limit.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { webSocketClient } from '../../support/listen.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const QUERY = '{ sources { name } }';
const ada = { 'x-api-key': 'key of ada' };
const bob = { 'x-api-key': 'key of bob' };

let harness: Harness | undefined;
afterEach(() => harness?.close());

const start = async (operations: number): Promise<Harness> => {
  harness = await startHarness({
    scanorbit: [{}],
    config: {
      limits: { rate: { operations, windowSeconds: 3600 } },
      auth: {
        mode: 'api-key',
        tenants: { one: { sources: ['scanorbit'] } },
        keys: [
          { name: 'ada', sha256: sha256('key of ada') },
          { name: 'bob', sha256: sha256('key of bob') },
          { name: 'ada', sha256: sha256('key of ada of one'), tenant: 'one' },
        ],
      },
    },
  });
  return harness;
};

describe('the rate limit', () => {
  it('refuses a viewer who sends too many operations, says when to come back, and sends nothing upstream for them', async () => {
    const { url, query, upstreamCalls } = await start(3);
    for (let i = 0; i < 3; i += 1) expect((await query(QUERY, {}, ada)).status).toBe(200);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...ada },
      body: JSON.stringify({ query: '{ accounts { id } }' }),
    });
    const { data, errors } = (await response.json()) as Awaited<ReturnType<typeof query>>;
    expect([response.status, data]).toEqual([429, undefined]);
    expect(errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) });
    expect(Number(response.headers.get('retry-after'))).toBe(errors?.[0]?.extensions.retryAfterSeconds);
    expect(upstreamCalls()).toBe(0);
    expect(await (await fetch(new URL('/healthz', url))).json()).toEqual({ status: 'ok' });
  });

  it('counts each viewer alone, also those of one name in two tenants', async () => {
    const { query } = await start(1);
    const statuses = [
      await query(QUERY, {}, ada),
      await query(QUERY, {}, bob),
      await query(QUERY, {}, { 'x-api-key': 'key of ada of one' }),
      await query(QUERY, {}, ada),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('counts operations over WebSockets with the others', async () => {
    const { url, query } = await start(1);
    await query(QUERY, {}, ada);
    const client = webSocketClient(url, ada);
    const errors = await new Promise((resolve) => {
      client.subscribe({ query: QUERY }, { next: ({ errors }) => resolve(errors), error: resolve, complete: () => {} });
    });
    await client.dispose();
    expect(JSON.stringify(errors)).toContain('RATE_LIMITED');
  });
});

describe('a bucket', () => {
  it('is refilled evenly, and never beyond its size', () => {
    let now = 0;
    const limiter = new RateLimiter({ operations: 2, windowSeconds: 10 }, () => now);
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([null, null, 5]);
    now += 5_000;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([null, 5]);
    now += 3_600_000;
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([null, null, 5]);
  });
});
