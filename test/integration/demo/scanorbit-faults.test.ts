import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { ask } from './ask-scanorbit.ts';

const world = createCloudWorld({ now: Date.parse('2026-03-14T09:00:00.000Z'), resources: 160, findings: 60 });
let demo: ScanOrbitDemo;

beforeAll(async () => {
  demo = await startScanOrbitDemo({ world, edition: 'observed', rateLimit: false });
});
afterAll(() => demo.close());
afterEach(() => {
  demo.faults.clear();
  demo.resetCalls();
});

const get = (path = '/resources?limit=10', ms = 5_000) => ask(demo, path, { signal: AbortSignal.timeout(ms) });

describe('a fault', () => {
  test('spoils only what matches, as many times as configured, until cleared', async () => {
    demo.faults.add({ kind: 'status-500', match: /\/findings\?.*page=2/, times: 1 });
    demo.faults.add({ kind: 'status-503', match: (request) => request.path.endsWith('/accounts') });
    expect((await get('/findings?page=1')).status).toBe(200);
    expect((await get('/findings?limit=5&page=2')).status).toBe(500);
    expect((await get('/findings?limit=5&page=2')).status).toBe(200);
    expect((await get('/accounts')).status).toBe(503);
    expect((await get('/accounts')).body.error).toBe('HTTP503Error');
    demo.faults.clear();
    expect((await get('/accounts')).status).toBe(200);
  });

  test('is logged with the status that went out, 0 where none did', async () => {
    demo.faults.add({ kind: 'status-503', times: 1 });
    demo.faults.add({ kind: 'reset', times: 1 });
    await get();
    await expect(get()).rejects.toThrow();
    expect(demo.calls.map((call) => call.status)).toEqual([503, 0]);
  });
});

describe('kinds of faults that answer', () => {
  test('pool-exhausted is a late database error', async () => {
    demo.faults.add({ kind: 'pool-exhausted', delayMs: 5 });
    expect(await get()).toMatchObject({ status: 500, body: { error: 'DatabaseError' } });
  });

  test('unauthorized is 401', async () => {
    demo.faults.add({ kind: 'unauthorized' });
    expect(await get()).toMatchObject({ status: 401, body: { error: 'HTTP401Error' } });
  });

  test('status-429 has Retry-After as a number, as a date, or not at all', async () => {
    demo.faults.add({ kind: 'status-429', retryAfter: 0, times: 1 });
    demo.faults.add({ kind: 'status-429', retryAfter: 'date', times: 1 });
    demo.faults.add({ kind: 'status-429', retryAfter: 'absent', headers: { 'x-ratelimit-reset': '7' }, times: 1 });
    const [number, date, absent] = [await get(), await get(), await get()];
    expect(number.headers.get('retry-after')).toBe('0');
    expect(Date.parse(date.headers.get('retry-after') ?? '')).toBeGreaterThan(Date.now());
    expect([absent.status, absent.headers.get('retry-after')]).toEqual([429, null]);
    expect(absent.headers.get('x-ratelimit-reset')).toBe('7');
  });

  test('html, empty, wrong shape, truncated', async () => {
    for (const kind of ['html-200', 'empty-body', 'wrong-shape', 'truncated-json'] as const) {
      demo.faults.add({ kind, times: 1 });
    }
    const html = await get();
    expect([html.status, html.headers.get('content-type'), html.body]).toEqual([200, 'text/html', undefined]);
    expect(await get()).toMatchObject({ status: 200, text: '' });
    expect((await get()).body).not.toHaveProperty('data');
    const truncated = await get();
    expect([truncated.status, truncated.body]).toEqual([200, undefined]);
    expect(truncated.text).toMatch(/^\{"data":\[\{/);
  });

  test('invalid-rows breaks one row in three and leaves their neighbours', async () => {
    const whole = (await get('/organization')).body.data;
    const rows = (await get()).body.data;
    demo.faults.add({ kind: 'invalid-rows' });
    const broken = (await get()).body.data;
    expect(broken).toHaveLength(10);
    expect([broken[0].id, broken[3], broken[6], broken[9]]).toEqual([42, {}, 'not a row', null]);
    for (const index of [1, 2, 4, 5, 7, 8]) expect(broken[index].id).toBe(rows[index].id);
    expect((await get('/organization')).body.data.id).not.toBe(whole.id);
  });

  test('huge-body is valid JSON of the configured size', async () => {
    demo.faults.add({ kind: 'huge-body', bytes: 3_000_000 });
    const { text, body } = await get();
    expect([text.length, body.data]).toEqual([3_000_000, []]);
  });

  test('slow-drip comes whole, byte by byte', async () => {
    demo.faults.add({ kind: 'slow-drip', delayMs: 0 });
    expect((await get('/organization')).body.data.id).toBe(world.organization.id);
  });
});

describe('kinds of faults that never end', () => {
  test.each(['timeout-before-headers', 'stalled-body'] as const)('%s waits until the client gives up', async (kind) => {
    demo.faults.add({ kind });
    await expect(get('/resources', 60)).rejects.toThrow(/timeout/i);
  });

  test('a hanging connection does not keep the server from closing', async () => {
    const other = await startScanOrbitDemo({ world, edition: 'observed' });
    other.faults.add({ kind: 'timeout-before-headers' });
    const hanging = expect(ask(other, '/resources')).rejects.toThrow();
    while (other.countOf() === 0) await new Promise((resolve) => setImmediate(resolve));
    await other.close();
    await hanging;
  });
});
