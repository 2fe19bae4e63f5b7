import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { TransportEvent } from '#sources/transport/transport-options.ts';
import {
  isNotHere,
  NotHereError,
  UpstreamServerError,
  UpstreamStatusError,
} from '#sources/transport/upstream-errors.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { failureOf, get, SECRET, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream, json } from '../../../support/transport/http-upstream.ts';

describe('what is sent', () => {
  test('the base URL is taken whole, the query in its order with repeats, and a short request id goes along', async () => {
    const upstream = await httpUpstream((_, response) => json(response, { fine: true }));
    const call = {
      ...get('/things/a%2Fb'),
      query: [
        ['ids', 'x y'],
        ['ids', 'z&'],
        ['limit', '2'],
      ] as const,
    };
    await expect(transportTo(`${upstream.baseUrl}/`).request(call, scopeOf())).resolves.toEqual({ fine: true });
    expect(upstream.seen).toEqual(['/api/v1/things/a%2Fb?ids=x%20y&ids=z%26&limit=2']);
    expect(upstream.requests[0]?.headers['x-api-key']).toBe(SECRET);
    expect(upstream.requests[0]?.headers['x-request-id']).toMatch(/^[0-9a-f]{8}$/);
  });

  test('a redirect is not followed: the credential goes to the configured server only', async () => {
    const elsewhere = await httpUpstream((_, response) => json(response, {}));
    const upstream = await httpUpstream((_, response) =>
      response.writeHead(302, { location: elsewhere.baseUrl }).end(),
    );
    const error = await failureOf(transportTo(upstream.baseUrl).request(get('/a'), scopeOf()));
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(elsewhere.seen).toEqual([]);
  });

  test('every request is passed to the event hook with its template, and never with an id or a key', async () => {
    const upstream = await httpUpstream((_, response) => json(response, [1, 2]));
    const events: TransportEvent[] = [];
    await transportTo(upstream.baseUrl, { onEvent: (event) => events.push(event) }).request(
      get('/things/secret-id'),
      scopeOf(),
    );
    expect(events).toMatchObject([
      { kind: 'cache', outcome: 'miss' },
      { kind: 'request', source: 'cloud', endpoint: '/things/{id}', status: 200, outcome: 'OK', bytes: 5, retry: 0 },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/secret-id|sk_live/);
  });
});

describe('what comes back', () => {
  const answering = async (status: number, type: string | null, body: string) => {
    const upstream = await httpUpstream((_, response) =>
      response.writeHead(status, type ? { 'content-type': type } : {}).end(body),
    );
    const error = await failureOf(transportTo(upstream.baseUrl).request(get('/a'), scopeOf()));
    return { error, calls: upstream.seen.length };
  };

  test.each([
    ['HTML with 200', 200, 'text/html; charset=utf-8', '<html>'],
    ['text with 200', 200, 'text/plain', '{"a":1}'],
    ['truncated JSON', 200, 'application/json', '{"data":[{"id":'],
    ['an empty body', 200, 'application/json', ''],
    ['an empty body without a content type', 200, null, ''],
  ])('%s is UPSTREAM_INVALID_RESPONSE, asked once', async (_, status, type, body) => {
    const { error, calls } = await answering(status, type, body);
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(calls).toBe(1);
  });

  test('HTML with 200 and a 404 both read "not here"; a 403 and broken JSON do not', async () => {
    const html = await answering(200, 'text/html', '<html>');
    expect(html.error).toBeInstanceOf(NotHereError);
    expect(isNotHere(html.error)).toBe(true);
    expect(isNotHere((await answering(404, 'text/html', '<html>')).error)).toBe(true);
    expect(isNotHere((await answering(404, 'application/json', '{}')).error)).toBe(true);
    expect(isNotHere((await answering(403, 'application/json', '{}')).error)).toBe(false);
    expect(isNotHere((await answering(200, 'application/json', '<')).error)).toBe(false);
  });

  test.each([
    [400, 'UPSTREAM_INVALID_RESPONSE'],
    [402, 'UPSTREAM_INVALID_RESPONSE'],
    [403, 'UPSTREAM_FORBIDDEN'],
    [404, 'UPSTREAM_INVALID_RESPONSE'],
    [431, 'UPSTREAM_INVALID_RESPONSE'],
  ])('status %i is an UpstreamStatusError, asked once', async (status, code) => {
    const { error, calls } = await answering(status, 'application/json', '{"error":"no"}');
    expect(error).toBeInstanceOf(UpstreamStatusError);
    expect(error).toMatchObject({ code, status });
    expect(calls).toBe(1);
  });

  test('401 is UPSTREAM_UNAUTHORIZED, requested once, and makes the source UNAUTHORIZED until it answers again', async () => {
    let refuse = true;
    const upstream = await httpUpstream((_, response) => json(response, { error: SECRET }, refuse ? 401 : 200));
    const clock = new FakeClock();
    const transport = transportTo(upstream.baseUrl, { clock });
    const scope = () => scopeOf({ deadlineAt: clock.now() + 10_000 });
    const error = await failureOf(transport.request(get('/a'), scope()));
    expect(error.code).toBe('UPSTREAM_UNAUTHORIZED');
    expect(upstream.seen).toHaveLength(1);
    expect(transport.status()).toMatchObject({ health: 'UNAUTHORIZED', lastError: error.message });
    refuse = false;
    await clock.advance(5_000);
    await transport.request(get('/a'), scope());
    expect(transport.status()).toMatchObject({ health: 'OK', lastError: null });
  });

  test('no error holds what the upstream wrote, a key, or an id', async () => {
    for (const status of [200, 400, 401, 403, 404, 500, 503]) {
      const { error } = await answering(status, 'text/plain', `SELECT * FROM keys -- ${SECRET}`);
      const shown = `${error.message} ${JSON.stringify(error.details)}`;
      expect(shown).not.toMatch(/SELECT|sk_live|127\.0\.0\.1/);
    }
  });

  test('a character whose bytes come in two pieces is read whole', async () => {
    const body = Buffer.from('{"name":"Zürich 🌍"}');
    const cut = body.indexOf(Buffer.from('🌍')) + 2;
    const upstream = await httpUpstream(async (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(body.subarray(0, cut));
      await delay(50);
      response.end(body.subarray(cut));
    });
    const answer = await transportTo(upstream.baseUrl).request(get('/a'), scopeOf());
    expect(answer).toEqual({ name: 'Zürich 🌍' });
  });

  test('a body that grows beyond the limit is refused while it streams in', async () => {
    let sent = 0;
    const upstream = await httpUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const piece = ' '.repeat(10_000);
      const pour = () => {
        while (!response.destroyed && sent < 50_000_000) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', pour);
        }
      };
      pour();
    });
    const error = await failureOf(
      transportTo(upstream.baseUrl, { maxResponseBytes: 100_000 }).request(get('/a'), scopeOf()),
    );
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(error.message).toContain('100000 bytes');
    expect(sent).toBeLessThan(50_000_000);
  });

  describe('long answers are read one at a time', () => {
    const MIB = 2 ** 20;
    const PIECE = ' '.repeat(MIB);

    /** More than two sockets can hold on their way. */
    const LENGTH = 40;

    test('so that no two of them fill memory together', async () => {
      const underway = new Set<number>();
      let most = 0;
      const upstream = await httpUpstream(async (_, response, number) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        for (let i = 0; i < LENGTH; i += 1) {
          if (!response.write(PIECE)) await once(response, 'drain');
          if (i > LENGTH / 2) underway.add(number);
          most = Math.max(most, underway.size);
        }
        underway.delete(number);
        response.end('{}');
      });
      const transport = transportTo(upstream.baseUrl, { maxResponseBytes: 2 * LENGTH * MIB });
      const scope = () => scopeOf({ deadlineAt: Date.now() + 20_000 });
      const answers = ['/a', '/b', '/c'].map((path) => transport.request(get(path), scope()));
      expect(await Promise.all(answers)).toEqual([{}, {}, {}]);
      expect(most).toBe(1);
    });

    test('until what they say is read, too: the text of the next one does not come beside it', async () => {
      const answered = new Set<string>();
      const answeredBefore: number[] = [];
      const rows = ',1234567'.repeat(MIB / 8);
      const upstream = await httpUpstream(async (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"rows":[0');
        for (let i = 0; i < LENGTH; i += 1) {
          if (!response.write(rows)) await once(response, 'drain');
          if (i === Math.ceil(LENGTH / 2) + 1) answeredBefore.push(answered.size);
        }
        response.end(']}');
      });
      const transport = transportTo(upstream.baseUrl, { maxResponseBytes: 2 * LENGTH * MIB });
      const scope = () => scopeOf({ deadlineAt: Date.now() + 60_000 });
      const ask = async (path: string) => {
        await transport.request(get(path), scope());
        answered.add(path);
      };
      await Promise.all(['/a', '/b'].map(ask));
      expect(answeredBefore).toEqual([0, 1]);
    });

    test('and one that stalls keeps the turn no longer than its own patience lasts', async () => {
      const upstream = await httpUpstream((_, response, number) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(PIECE.repeat(2));
        if (number > 0) response.end('{}');
      });
      const transport = transportTo(upstream.baseUrl, {
        timeouts: { headersMs: 5_000, bodyMs: 300, callMs: 5_000 },
      });
      const stalled = failureOf(transport.request(get('/a'), scopeOf()));
      await delay(100);
      expect(await transport.request(get('/b'), scopeOf())).toEqual({});
      expect((await stalled).code).toBe('UPSTREAM_TIMEOUT');
    });

    test('and one that waits for its turn ends at its own deadline', async () => {
      const upstream = await httpUpstream((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(PIECE.repeat(2));
      });
      const transport = transportTo(upstream.baseUrl, {
        timeouts: { headersMs: 5_000, bodyMs: 5_000, callMs: 500 },
      });
      const errors = await Promise.all(['/a', '/b'].map((path) => failureOf(transport.request(get(path), scopeOf()))));
      expect(errors.map(({ code }) => code)).toEqual(['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT']);
    });
  });

  test('a body that says it will be too long is given up at its first piece, and the next call is well', async () => {
    let sent = 0;
    const upstream = await httpUpstream(({ url }, response) => {
      if (url?.endsWith('/b')) return json(response, { ok: true });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 50_000_000 });
      response.on('close', () => {
        sent = response.socket?.bytesWritten ?? 0;
      });
      response.write(' '.repeat(1_000));
    });
    const transport = transportTo(upstream.baseUrl, { maxResponseBytes: 100_000, concurrency: 1 });
    expect((await failureOf(transport.request(get('/a'), scopeOf()))).code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(await transport.request(get('/b'), scopeOf())).toEqual({ ok: true });
    expect(sent).toBeLessThan(100_000);
  });

  test('a shape that the client cannot read is UPSTREAM_INVALID_RESPONSE, whatever the reader throws', async () => {
    const upstream = await httpUpstream((_, response) => json(response, { rows: 1 }));
    const parse = () => {
      throw new TypeError('rows.map is not a function');
    };
    const error = await failureOf(transportTo(upstream.baseUrl).request({ ...get('/a'), parse }, scopeOf()));
    expect(error).toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
      details: { source: 'cloud', endpoint: '/things/{id}' },
    });
    expect(error.message).not.toContain('rows.map');
  });

  test('the inspect hook sees body and headers of a 2xx, and of nothing else', async () => {
    const upstream = await httpUpstream((_, response, before) =>
      json(response, { n: before }, before === 0 ? 200 : 404, { 'x-v': '7' }),
    );
    const seen: unknown[] = [];
    const transport = transportTo(upstream.baseUrl, { inspect: (body, headers) => seen.push([body, headers['x-v']]) });
    await transport.request(get('/a'), scopeOf());
    await failureOf(transport.request(get('/b'), scopeOf()));
    expect(seen).toEqual([[{ n: 0 }, '7']]);
  });
});

describe('how long it may take', () => {
  const limits = { headersMs: 300, bodyMs: 300, callMs: 900 };

  test('no headers in time is UPSTREAM_TIMEOUT, requested once', async () => {
    const upstream = await httpUpstream(() => {});
    const error = await failureOf(transportTo(upstream.baseUrl, { timeouts: limits }).request(get('/a'), scopeOf()));
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { phase: 'headers' } });
    expect(upstream.seen).toHaveLength(1);
  });

  test('a stalled body is UPSTREAM_TIMEOUT', async () => {
    const upstream = await httpUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":');
    });
    const error = await failureOf(transportTo(upstream.baseUrl, { timeouts: limits }).request(get('/a'), scopeOf()));
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { phase: 'body' } });
  });

  test('a body that drips forever is UPSTREAM_TIMEOUT', async () => {
    const upstream = await httpUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    });
    const error = await failureOf(transportTo(upstream.baseUrl, { timeouts: limits }).request(get('/a'), scopeOf()));
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { phase: 'call' } });
  });

  test('a caller is let go at its own deadline, with UPSTREAM_TIMEOUT', async () => {
    const upstream = await httpUpstream(() => {});
    const error = await failureOf(
      transportTo(upstream.baseUrl).request(get('/a'), scopeOf({ deadlineAt: Date.now() + 100 })),
    );
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { phase: 'deadline' } });
  });
});

describe('what is requested again', () => {
  test.each([502, 503, 504])('status %i, twice, then it is UPSTREAM_UNAVAILABLE', async (status) => {
    const upstream = await httpUpstream((_, response) => json(response, {}, status));
    const scope = scopeOf();
    const error = await failureOf(transportTo(upstream.baseUrl).request(get('/a'), scope));
    expect(error).toBeInstanceOf(UpstreamServerError);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status });
    expect(upstream.seen).toHaveLength(3);
    expect(scope.ledger.requests.get('cloud')).toBe(3);
  });

  test('a connection that breaks, and the answer after it is served', async () => {
    const upstream = await httpUpstream((request, response, before) => {
      if (before === 0) request.socket.destroy();
      else json(response, { attempt: before });
    });
    await expect(transportTo(upstream.baseUrl).request(get('/a'), scopeOf())).resolves.toEqual({ attempt: 1 });
  });

  test('a 500 only where the source says that it may pass', async () => {
    const upstream = await httpUpstream((_, response, before) =>
      json(response, { error: 'DatabaseError' }, before < 2 ? 500 : 200),
    );
    const judged: unknown[] = [];
    const transport = transportTo(upstream.baseUrl, {
      isTransient: ({ status, body, headers }) => {
        judged.push([status, body, headers['content-type']]);
        return judged.length > 1;
      },
    });
    const error = await failureOf(transport.request(get('/a'), scopeOf()));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 500, transient: false });
    expect(upstream.seen).toHaveLength(1);
    await expect(transport.request(get('/a'), scopeOf())).resolves.toEqual({ error: 'DatabaseError' });
    expect(upstream.seen).toHaveLength(3);
    expect(judged[0]).toEqual([500, { error: 'DatabaseError' }, 'application/json']);
  });

  test('a server that refuses connections is UPSTREAM_UNAVAILABLE and costs no budget', async () => {
    const transport = transportTo('http://127.0.0.1:9/api');
    const error = await failureOf(transport.request(get('/a'), scopeOf()));
    expect(error.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(transport.status()).toMatchObject({ health: 'UNAVAILABLE', budget: { remaining: 900 } });
  });

  test('nothing for a while once a source keeps failing; then one call finds that it is back', async () => {
    let broken = true;
    const upstream = await httpUpstream((_, response) => json(response, {}, broken ? 503 : 200));
    const transport = transportTo(upstream.baseUrl, { breaker: { failures: 3, halfOpenAfterMs: 150 } });
    await failureOf(transport.request(get('/a'), scopeOf()));
    const refused = await failureOf(transport.request(get('/b'), scopeOf()));
    expect(refused).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { retryAfterSeconds: 1 } });
    expect(upstream.seen).toHaveLength(3);
    expect(transport.status().health).toBe('UNAVAILABLE');
    broken = false;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await transport.request(get('/b'), scopeOf());
    expect(transport.status().health).toBe('OK');
  });

  test('refusals of single requests never stop the asking', async () => {
    const upstream = await httpUpstream((_, response) => json(response, {}, 404));
    const transport = transportTo(upstream.baseUrl, { breaker: { failures: 2 } });
    for (let i = 0; i < 5; i += 1) await failureOf(transport.request(get(`/${i}`), scopeOf()));
    expect(upstream.seen).toHaveLength(5);
    expect(transport.status().health).toBe('OK');
  });
});
