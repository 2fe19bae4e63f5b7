import { describe, expect, test } from 'vitest';
import { createCacheStore } from '#sources/transport/cache/cache-store.ts';
import type { Freshness, UpstreamCall } from '#sources/transport/upstream-call.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { failureOf, get, scopeOf, transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream, json } from '../../../support/transport/http-upstream.ts';

const MINUTE: Freshness = { freshMs: 60_000, staleMs: 600_000 };

/** Answers the number of the request; fails on demand. */
const counting = async () => {
  const state = { status: 200 };
  const upstream = await httpUpstream((_, response, before) => json(response, { n: before }, state.status));
  return { ...upstream, state };
};

/** Deadlines are far: the clock of the cache is not the wall's. */
const patient = (clock: FakeClock) => ({ deadlineAt: clock.now() + 10_000_000 });

describe('answers', () => {
  test('are served from memory while fresh, then requested anew', async () => {
    const upstream = await counting();
    const clock = new FakeClock();
    const transport = transportTo(upstream.baseUrl, { clock });
    const scope = scopeOf(patient(clock));
    expect(transport.peek(get('/a', MINUTE))).toBeUndefined();
    const first = await transport.request(get('/a', MINUTE), scope);
    expect(transport.peek(get('/a', MINUTE))).toBe(first);
    await clock.advance(59_000);
    expect(await transport.request(get('/a', MINUTE), scope)).toBe(first);
    expect(scope.ledger).toMatchObject({ cacheHits: 1, oldestStaleMs: 0 });
    await clock.advance(2_000);
    expect(transport.peek(get('/a', MINUTE))).toBeUndefined();
    expect(await transport.request(get('/a', MINUTE), scope)).toEqual({ n: 1 });
  });

  test('differ by path and by query', async () => {
    const upstream = await counting();
    const transport = transportTo(upstream.baseUrl);
    await transport.request(get('/a', MINUTE), scopeOf());
    await transport.request({ ...get('/a', MINUTE), query: [['page', '2']] }, scopeOf());
    await transport.request(get('/b', MINUTE), scopeOf());
    expect(upstream.seen).toHaveLength(3);
  });

  test('are never shared between two credentials, nor between two sources, of one store', async () => {
    const upstream = await counting();
    const cache = createCacheStore({ maxBytes: 1_000_000 });
    const one = transportTo(upstream.baseUrl, { cache, fingerprint: 'one' });
    const two = transportTo(upstream.baseUrl, { cache, fingerprint: 'two' });
    const other = transportTo(upstream.baseUrl, { cache, fingerprint: 'one', source: 'other' });
    const again = transportTo(upstream.baseUrl, { cache, fingerprint: 'one' });
    const remembering = { ...get('/a', MINUTE), remember: () => [{ type: 'thing', id: '1', record: 'of one' }] };
    await one.request(remembering, scopeOf());
    expect(two.peek(get('/a', MINUTE))).toBeUndefined();
    expect(two.records('thing').peek('1')).toBeUndefined();
    expect(other.records('thing').peek('1')).toBeUndefined();
    expect(again.records('thing').peek('1')).toBe('of one');
    await Promise.all([two.request(get('/a', MINUTE), scopeOf()), other.request(get('/a', MINUTE), scopeOf())]);
    expect(upstream.seen).toHaveLength(3);
    await again.request(get('/a', MINUTE), scopeOf());
    expect(upstream.seen).toHaveLength(3);
  });

  test('that are bypassed are refreshed for everybody, and are fresh to the operation that bypassed them', async () => {
    const upstream = await counting();
    const transport = transportTo(upstream.baseUrl);
    await transport.request(get('/a', MINUTE), scopeOf());
    const insisting = scopeOf({ bypassCache: true });
    expect(await transport.request(get('/a', MINUTE), insisting)).toEqual({ n: 1 });
    expect(await transport.request(get('/a', MINUTE), insisting)).toEqual({ n: 1 });
    expect(await transport.request(get('/a', MINUTE), scopeOf())).toEqual({ n: 1 });
    expect(await transport.request(get('/a', MINUTE), scopeOf({ bypassCache: true }))).toEqual({ n: 2 });
  });

  test('stay within the bytes they are given', async () => {
    const upstream = await httpUpstream((_, response) => json(response, 'x'.repeat(10_000)));
    const cache = createCacheStore({ maxBytes: 200_000 });
    const transport = transportTo(upstream.baseUrl, { cache });
    for (let i = 0; i < 20; i += 1) await transport.request(get(`/${i}`, MINUTE), scopeOf());
    expect(cache.answers.calculatedSize).toBeLessThanOrEqual(200_000);
    expect(cache.answers.size).toBeGreaterThan(0);
    expect(cache.answers.size).toBeLessThan(10);
  });
});

describe('old answers', () => {
  test.each([
    ['the upstream fails', 503],
    ['the upstream makes no sense', 200],
  ])('stand in when %s, with their age in the ledger', async (_, status) => {
    let broken = false;
    const upstream = await httpUpstream((_request, response) =>
      broken
        ? void response.writeHead(status, { 'content-type': 'application/json' }).end('<')
        : json(response, { fine: 1 }),
    );
    const clock = new FakeClock();
    const transport = transportTo(upstream.baseUrl, { clock });
    await transport.request(get('/a', MINUTE), scopeOf(patient(clock)));
    await clock.advance(100_000);
    broken = true;
    const scope = scopeOf(patient(clock));
    expect(await transport.request(get('/a', MINUTE), scope)).toEqual({ fine: 1 });
    expect(scope.ledger.oldestStaleMs).toBe(100_000);
    await clock.advance(600_000);
    const error = await failureOf(transport.request(get('/a', MINUTE), scopeOf(patient(clock))));
    expect(error.code).toMatch(/^UPSTREAM_/);
  });

  test('stand in when the budget cannot answer before the deadline', async () => {
    const upstream = await counting();
    const clock = new FakeClock();
    const budget = { rate: { kind: 'fixedWindow', limit: 2, windowSeconds: 600 }, reserve: 0 } as const;
    const transport = transportTo(upstream.baseUrl, { clock, budget });
    await transport.request(get('/a', MINUTE), scopeOf(patient(clock)));
    await transport.request(get('/b', MINUTE), scopeOf(patient(clock)));
    await clock.advance(61_000);
    const scope = scopeOf({ deadlineAt: clock.now() + 10_000 });
    expect(await transport.request(get('/a', MINUTE), scope)).toEqual({ n: 0 });
    expect(scope.ledger.oldestStaleMs).toBe(61_000);
    const error = await failureOf(transport.request(get('/c', MINUTE), scope));
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    expect(upstream.seen).toHaveLength(2);
  });

  test.each([401, 403, 404])('do not stand in for a refusal: status %i is an answer', async (status) => {
    const upstream = await counting();
    const clock = new FakeClock();
    const transport = transportTo(upstream.baseUrl, { clock });
    await transport.request(get('/a', MINUTE), scopeOf(patient(clock)));
    await clock.advance(61_000);
    upstream.state.status = status;
    await failureOf(transport.request(get('/a', MINUTE), scopeOf(patient(clock))));
  });

  test('are served at once, where allowed, while one call behind the scenes renews them', async () => {
    const upstream = await counting();
    const clock = new FakeClock();
    const transport = transportTo(upstream.baseUrl, { clock });
    const freshness = { ...MINUTE, revalidateMs: 30_000 };
    await transport.request(get('/a', freshness), scopeOf(patient(clock)));
    await clock.advance(70_000);
    const scope = scopeOf(patient(clock));
    const answers = await Promise.all([1, 2, 3].map(() => transport.request(get('/a', freshness), scope)));
    expect(answers).toEqual([{ n: 0 }, { n: 0 }, { n: 0 }]);
    expect(scope.ledger.oldestStaleMs).toBe(70_000);
    while (!transport.peek(get('/a', freshness))) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await transport.request(get('/a', freshness), scope)).toEqual({ n: 1 });
    expect(upstream.seen).toHaveLength(2);
  });
});

describe('answers with a version', () => {
  const versioned = (state: {
    version: string | null | Error;
    asked: number;
    last: string | null | undefined;
  }): Freshness => ({
    ...MINUTE,
    version: async () => {
      state.asked += 1;
      if (state.version instanceof Error) throw state.version;
      state.last = state.version;
      return state.version;
    },
    knownVersion: () => state.last,
  });

  test('stay fresh only while it is unchanged; the version is read before the data is requested', async () => {
    const upstream = await counting();
    const state = { version: 'scan 1' as string | null | Error, asked: 0, last: undefined };
    const transport = transportTo(upstream.baseUrl);
    const call = get('/a', versioned(state));
    await transport.request(call, scopeOf());
    expect(state.asked).toBe(1);
    expect(await transport.request(call, scopeOf())).toEqual({ n: 0 });
    expect(transport.peek(call)).toEqual({ n: 0 });
    state.version = 'scan 2';
    expect(await transport.request(call, scopeOf())).toEqual({ n: 1 });
    state.version = 'scan 3';
    state.last = undefined;
    expect(await transport.request(call, scopeOf())).toEqual({ n: 2 });
    expect(upstream.seen).toHaveLength(3);
  });

  test('stay fresh while the version cannot be learned', async () => {
    const upstream = await counting();
    const state = { version: 'scan 1' as string | null | Error, asked: 0, last: undefined };
    const transport = transportTo(upstream.baseUrl);
    await transport.request(get('/a', versioned(state)), scopeOf());
    state.version = new Error('no scans today');
    expect(await transport.request(get('/a', versioned(state)), scopeOf())).toEqual({ n: 0 });
    expect(upstream.seen).toHaveLength(1);
  });

  test('of another version stand in when the upstream fails', async () => {
    const upstream = await counting();
    const state = { version: 'scan 1' as string | null | Error, asked: 0, last: undefined };
    const transport = transportTo(upstream.baseUrl);
    await transport.request(get('/a', versioned(state)), scopeOf());
    state.version = 'scan 2';
    upstream.state.status = 503;
    const scope = scopeOf();
    expect(await transport.request(get('/a', versioned(state)), scope)).toEqual({ n: 0 });
    expect(scope.ledger.cacheHits).toBe(1);
  });
});

describe('records seen in an answer', () => {
  interface Row {
    readonly id: string;
  }
  const listing = (path: string, freshness: Freshness): UpstreamCall<readonly Row[]> => ({
    endpoint: '/rows',
    path,
    parse: (body) => body as readonly Row[],
    freshness,
    remember: (rows) => rows.map((row) => ({ type: 'row', id: row.id, record: row })),
  });
  const rowsUpstream = () => httpUpstream((_, response) => json(response, [{ id: 'a' }, { id: 'b' }]));

  test('answer later questions by id, for as long as the answer is fresh', async () => {
    const upstream = await rowsUpstream();
    const clock = new FakeClock();
    const transport = transportTo(upstream.baseUrl, { clock });
    const [first] = await transport.request(listing('/rows', MINUTE), scopeOf(patient(clock)));
    const scope = scopeOf(patient(clock));
    const found = await transport.records<Row>('row').find(['a', 'b', 'c'], scope);
    expect([...found.keys()]).toEqual(['a', 'b']);
    expect(found.get('a')).toBe(first);
    expect(scope.ledger.cacheHits).toBe(1);
    expect(transport.records('other').peek('a')).toBeUndefined();
    await clock.advance(61_000);
    expect((await transport.records<Row>('row').find(['a'], scope)).size).toBe(0);
    expect(transport.records<Row>('row').peek('a')).toBeUndefined();
  });

  test('are not used by an operation that bypasses the cache, nor once their version has changed', async () => {
    const upstream = await rowsUpstream();
    const transport = transportTo(upstream.baseUrl);
    let version = 'scan 1';
    const freshness = { ...MINUTE, version: async () => version, knownVersion: () => version };
    await transport.request(listing('/rows', freshness), scopeOf());
    const rows = transport.records<Row>('row');
    expect((await rows.find(['a'], scopeOf({ bypassCache: true }))).size).toBe(0);
    expect((await rows.find(['a'], scopeOf())).size).toBe(1);
    version = 'scan 2';
    expect((await rows.find(['a'], scopeOf())).size).toBe(0);
    expect(rows.peek('a')).toBeUndefined();
  });
});
