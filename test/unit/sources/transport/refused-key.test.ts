import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../support/fake-clock.ts';
import { failureOf, get, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream, json } from '../../../support/transport/http-upstream.ts';

describe('after the key was refused', () => {
  const refusing = async () => {
    const clock = new FakeClock();
    let status = 401;
    const upstream = await httpUpstream((_, response) => json(response, {}, status));
    const transport = transportTo(upstream.baseUrl, { clock });
    const ask = (path = '/a') => transport.request(get(path), scopeOf({ deadlineAt: clock.now() + 10_000 }));
    const answerWith = (next: number) => {
      status = next;
    };
    return { clock, upstream, transport, ask, answerWith };
  };

  test('nothing is sent for a while: callers get an error at once, with when to come back', async () => {
    const { upstream, ask, transport } = await refusing();
    const first = await failureOf(ask());
    const second = await failureOf(ask('/b'));
    expect(second).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED', message: first.message });
    expect(second.details).toEqual({ source: 'cloud', retryAfterSeconds: 5 });
    expect(upstream.seen).toEqual(['/api/v1/a']);
    expect(transport.status().budget.resetAt).toBeNull();
  });

  test('one call after the pause finds out, while others still fail; each refusal doubles the pause, up to a minute', async () => {
    const { clock, upstream, ask } = await refusing();
    await failureOf(ask());
    const pauses: unknown[] = [];
    for (let i = 0; i < 6; i += 1) {
      const { details } = await failureOf(ask());
      const seconds = Number(details?.retryAfterSeconds);
      pauses.push(seconds);
      await clock.advance(seconds * 1_000);
      const together = await Promise.all(['/x', '/y', '/z'].map((path) => failureOf(ask(path))));
      expect(new Set(together.map(({ code }) => code))).toEqual(new Set(['UPSTREAM_UNAUTHORIZED']));
    }
    expect(pauses).toEqual([5, 10, 20, 40, 60, 60]);
    expect(upstream.seen).toHaveLength(7);
  });

  test('one answer ends it, and the next refusal begins with a short pause again', async () => {
    const { clock, ask, answerWith, transport } = await refusing();
    await failureOf(ask());
    await clock.advance(5_000);
    await failureOf(ask());
    await clock.advance(10_000);
    answerWith(200);
    await ask();
    expect(transport.status()).toMatchObject({ health: 'OK', lastError: null });
    await Promise.all([ask('/b'), ask('/c')]);
    answerWith(401);
    expect((await failureOf(ask())).details?.retryAfterSeconds).toBe(5);
  });

  test('an answer to what was sent before does not end it', async () => {
    const clock = new FakeClock();
    const held: ServerResponse[] = [];
    const upstream = await httpUpstream((request, response) =>
      request.url?.endsWith('/slow') ? held.push(response) : json(response, {}, 401),
    );
    const transport = transportTo(upstream.baseUrl, { clock });
    const ask = (path: string) => transport.request(get(path), scopeOf({ deadlineAt: clock.now() + 10_000 }));
    const slow = ask('/slow');
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await failureOf(ask('/a'));
    held[0] && json(held[0], {});
    await slow;
    await failureOf(ask('/b'));
    expect(upstream.seen).toHaveLength(2);
  });
});

test('while the circuit is open, the last error keeps the cause', async () => {
  const upstream = await httpUpstream((_, response) => json(response, {}, 500));
  const transport = transportTo(upstream.baseUrl, {
    breaker: { failures: 1 },
    isTransient: () => true,
    retry: { retries: 0 },
  });
  const cause = await failureOf(transport.request(get('/a'), scopeOf()));
  const open = await failureOf(transport.request(get('/b'), scopeOf()));
  expect(upstream.seen).toHaveLength(1);
  expect(open.message).not.toBe(cause.message);
  expect(transport.status()).toMatchObject({ health: 'UNAVAILABLE', lastError: cause.message });
});
