import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import type { Transport } from '#sources/transport/transport.ts';
import { failureOf, get, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream, json } from '../../../support/transport/http-upstream.ts';

/** Answers when the test lets it, not before. */
const holding = async () => {
  const held: ServerResponse[] = [];
  const upstream = await httpUpstream((_, response) => held.push(response));
  const until = async (reached: () => boolean) => {
    while (!reached()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const arrived = (count: number) => until(() => held.length >= count);
  return { ...upstream, held, until, arrived };
};

const CACHED = { freshMs: 60_000, staleMs: 0 };
const queued = (transport: Transport) => transport.status().budget.queued;

test('ten equal calls at once are one request, whose request and joins are counted', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl);
  const scope = scopeOf();
  const calls = Array.from({ length: 10 }, () => transport.request(get('/a'), scope));
  await upstream.arrived(1);
  upstream.held[0] && json(upstream.held[0], { n: 1 });
  const answers = await Promise.all(calls);
  expect(new Set(answers).size).toBe(1);
  expect(upstream.seen).toHaveLength(1);
  expect(scope.ledger.joins).toBe(9);
  expect(scope.ledger.requests.get('cloud')).toBe(1);
});

test('the first caller may leave: those who joined get the answer of its request', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl);
  const gone = new AbortController();
  const first = transport.request(get('/a'), scopeOf({ signal: gone.signal }));
  const second = transport.request(get('/a'), scopeOf());
  await upstream.arrived(1);
  gone.abort(new Error('disconnected'));
  expect((await failureOf(first)).message).toBe('disconnected');
  upstream.held[0] && json(upstream.held[0], { n: 1 });
  await expect(second).resolves.toEqual({ n: 1 });
  expect(upstream.seen).toHaveLength(1);
});

test('a call that was sent and that nobody waits for any more still fills the cache', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl);
  const gone = new AbortController();
  const first = transport.request(get('/a', CACHED), scopeOf({ signal: gone.signal }));
  await upstream.arrived(1);
  gone.abort(new Error('disconnected'));
  await failureOf(first);
  upstream.held[0] && json(upstream.held[0], { n: 1 });
  await upstream.until(() => transport.peek(get('/a', CACHED)) !== undefined);
  expect(upstream.seen).toHaveLength(1);
});

test('a call that still waits in the queue is never sent once nobody waits for it', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl, { concurrency: 1 });
  const busy = transport.request(get('/busy'), scopeOf());
  await upstream.arrived(1);
  const leaving = [new AbortController(), new AbortController()];
  const calls = leaving.map(({ signal }) => transport.request(get('/a'), scopeOf({ signal })));
  await upstream.until(() => queued(transport) === 1);
  leaving[0]?.abort(new Error('left'));
  await failureOf(calls[0] ?? Promise.resolve());
  expect(queued(transport)).toBe(1);
  leaving[1]?.abort(new Error('left'));
  await failureOf(calls[1] ?? Promise.resolve());
  await upstream.until(() => queued(transport) === 0);
  upstream.held[0] && json(upstream.held[0], {});
  await busy;
  const next = transport.request(get('/next'), scopeOf());
  await upstream.arrived(2);
  upstream.held[1] && json(upstream.held[1], {});
  await next;
  expect(upstream.seen).toEqual(['/api/v1/busy', '/api/v1/next']);
});

test('who leaves a call that still waits in the queue is charged for the wait', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl, { concurrency: 1 });
  const busy = transport.request(get('/busy'), scopeOf());
  await upstream.arrived(1);
  const patient = transport.request(get('/a'), scopeOf());
  const hasty = scopeOf({ deadlineAt: Date.now() + 60 });
  await failureOf(transport.request(get('/a'), hasty));
  expect(hasty.ledger.waitedMs).toBeGreaterThan(0);
  upstream.held[0] && json(upstream.held[0], {});
  await busy;
  await upstream.arrived(2);
  upstream.held[1] && json(upstream.held[1], {});
  await patient;
});

test('who requests it just after a queued call was given up gets a call of their own', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl, { concurrency: 1 });
  const busy = transport.request(get('/busy'), scopeOf());
  await upstream.arrived(1);
  const gone = new AbortController();
  const leaving = transport.request(get('/a'), scopeOf({ signal: gone.signal }));
  await upstream.until(() => queued(transport) === 1);
  gone.abort(new Error('left'));
  const staying = transport.request(get('/a'), scopeOf());
  await failureOf(leaving);
  upstream.held[0] && json(upstream.held[0], {});
  await busy;
  await upstream.arrived(2);
  upstream.held[1] && json(upstream.held[1], { n: 2 });
  await expect(staying).resolves.toEqual({ n: 2 });
});

test('each waiter has a deadline of its own', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl);
  const hasty = transport.request(get('/a'), scopeOf({ deadlineAt: Date.now() + 60 }));
  const patient = transport.request(get('/a'), scopeOf());
  expect(await failureOf(hasty)).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  // On a slow machine it may get there later than that deadline.
  json(await vi.waitUntil(() => upstream.held[0], { timeout: 5_000 }), { n: 1 });
  await expect(patient).resolves.toEqual({ n: 1 });
});

test('who had waited for budget until there was no time left for an answer gets an error about the budget, not about a timeout', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl);
  const scope = scopeOf({ deadlineAt: Date.now() + 60 });
  scope.ledger.countWait(5_000);
  expect(await failureOf(transport.request(get('/a'), scope))).toMatchObject({
    code: 'UPSTREAM_RATE_LIMITED',
    details: { retryAfterSeconds: 1 },
  });
});

test('a failure is the same typed error for all who joined, and is not kept', async () => {
  const upstream = await httpUpstream((_, response, before) => json(response, {}, before === 0 ? 404 : 200));
  const transport = transportTo(upstream.baseUrl);
  const errors = await Promise.all([1, 2, 3].map(() => failureOf(transport.request(get('/a', CACHED), scopeOf()))));
  expect(new Set(errors).size).toBe(1);
  expect(errors[0]).toMatchObject({ status: 404 });
  await expect(transport.request(get('/a', CACHED), scopeOf())).resolves.toEqual({});
});

test('who bypasses the cache does not join a call that began earlier', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl);
  const older = transport.request(get('/a', CACHED), scopeOf());
  await upstream.arrived(1);
  const insisting = transport.request(get('/a', CACHED), scopeOf({ bypassCache: true }));
  await upstream.arrived(2);
  upstream.held[1] && json(upstream.held[1], { n: 'newer' });
  await expect(insisting).resolves.toEqual({ n: 'newer' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  upstream.held[0] && json(upstream.held[0], { n: 'older' });
  await expect(older).resolves.toEqual({ n: 'older' });
  expect(transport.peek(get('/a', CACHED))).toEqual({ n: 'newer' });
});

test('a person who joins a queued call of the index makes it urgent', async () => {
  const upstream = await holding();
  const transport = transportTo(upstream.baseUrl, { concurrency: 1 });
  const all = [transport.request(get('/busy'), scopeOf())];
  await upstream.arrived(1);
  all.push(transport.request(get('/index-only'), scopeOf({ priority: 'index' })));
  all.push(transport.request(get('/shared'), scopeOf({ priority: 'index' })));
  all.push(transport.request(get('/shared'), scopeOf()));
  for (let i = 0; i < 3; i += 1) {
    await upstream.arrived(i + 1);
    const response = upstream.held[i];
    if (response) json(response, {});
  }
  await Promise.all(all);
  expect(upstream.seen).toEqual(['/api/v1/busy', '/api/v1/shared', '/api/v1/index-only']);
});

test('an operation that is already over sends nothing', async () => {
  const upstream = await holding();
  const over = AbortSignal.abort(new Error('over'));
  expect((await failureOf(transportTo(upstream.baseUrl).request(get('/a'), scopeOf({ signal: over })))).message).toBe(
    'over',
  );
  expect(upstream.seen).toEqual([]);
});
