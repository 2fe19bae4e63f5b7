import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type ScanOrbitDemo, type ScanOrbitDemoOptions, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { ask, askUrl } from './ask-scanorbit.ts';

const start = Date.parse('2026-03-14T09:00:00.000Z');
const world = createCloudWorld({ now: start, resources: 160, findings: 60 });
let demo: ScanOrbitDemo;
let now = start;

async function serve(options: Partial<ScanOrbitDemoOptions> = {}): Promise<ScanOrbitDemo> {
  now = start;
  demo = await startScanOrbitDemo({ world, edition: 'observed', clock: () => now, ...options });
  return demo;
}
afterEach(() => demo.close());

describe('the key', () => {
  test('has the documented form', async () => {
    await serve();
    expect(demo.apiKey).toMatch(/^sk_live_[0-9a-f]{64}$/);
  });

  test('missing, malformed and wrong keys have different errors, which come before routing', async () => {
    await serve();
    const say = async (headers: Record<string, string>) =>
      (await askUrl(`${demo.url}/no/such/path`, { headers })).body.message;
    expect(await say({})).toBe('Missing API key. Provide X-API-Key header.');
    expect(await say({ 'x-api-key': '' })).toBe('Missing API key. Provide X-API-Key header.');
    expect(await say({ authorization: `Bearer ${demo.apiKey}` })).toBe('Missing API key. Provide X-API-Key header.');
    expect(await say({ 'x-api-key': `${demo.apiKey}0` })).toBe('Invalid API key format');
    expect(await say({ 'x-api-key': `pk${demo.apiKey.slice(2)}` })).toBe('Invalid API key format');
    expect(await say({ 'x-api-key': `sk_live_${'z'.repeat(64)}` })).toBe('Invalid API key');
    expect(await say({ 'x-api-key': `sk_live_${demo.apiKey.slice(8).toUpperCase()}` })).toBe('Invalid API key');
    expect((await askUrl(`${demo.url}/organization`, { headers: { 'x-api-key': ` ${demo.apiKey} ` } })).status).toBe(
      200,
    );
  });

  test('a 401 has no headers about the limit, is not counted, and comes even while limited', async () => {
    await serve({ rateLimit: { limit: 1, windowMs: 60_000 } });
    const stranger = () => askUrl(`${demo.url}/organization`);
    const { status, headers } = await stranger();
    expect([status, headers.get('x-ratelimit-limit'), headers.get('www-authenticate')]).toEqual([401, null, null]);
    expect((await ask(demo, '/organization')).status).toBe(200);
    expect((await ask(demo, '/organization')).status).toBe(429);
    expect((await stranger()).status).toBe(401);
  });
});

describe('the limit', () => {
  test('is 100 in a window of 60 s that opens with the first counted request', async () => {
    await serve();
    now += 30_000;
    const first = await ask(demo, '/organization');
    expect(first.headers.get('x-ratelimit-limit')).toBe('100');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('99');
    expect(Number(first.headers.get('x-ratelimit-reset'))).toBe((now + 60_000) / 1_000);
    for (let count = 1; count < 100; count += 1) expect((await ask(demo, '/accounts')).status).toBe(200);
    now += 59_999;
    expect((await ask(demo, '/organization')).status).toBe(429);
    now += 1;
    expect((await ask(demo, '/organization')).status).toBe(200);
  });

  test('counts 400, 404, 500, HEAD and wrong methods, not OPTIONS and health', async () => {
    await serve();
    const counted: [string, string][] = [
      ['GET', '/resources?limit=0'],
      ['GET', '/nowhere'],
      ['GET', '/findings/x'],
      ['HEAD', '/organization'],
      ['POST', '/resources'],
    ];
    for (const [method, path] of counted) await ask(demo, path, { method });
    await ask(demo, '/resources', { method: 'OPTIONS' });
    await askUrl(demo.url.replace('/api/v1', '/health'));
    expect((await ask(demo, '/organization')).headers.get('x-ratelimit-remaining')).toBe('94');
  });

  test('counts the base path itself, with and without a slash', async () => {
    await serve();
    for (const [path, remaining] of [
      ['', '99'],
      ['/', '98'],
    ] as const) {
      const { status, headers, body } = await ask(demo, path);
      expect([status, headers.get('x-ratelimit-remaining'), body]).toEqual([404, remaining, { error: 'Not found' }]);
    }
  });

  test('a 429 has the seconds left, 0 in the last half second, and comes before routing', async () => {
    await serve({ rateLimit: { limit: 1, windowMs: 60_000 } });
    await ask(demo, '/organization');
    const refusals: [number, string, string][] = [
      [0, '60', ' Please try again in 1 minute.'],
      [10_000, '50', ' Please try again in 50 seconds.'],
      [59_000, '1', ' Please try again in 1 second.'],
      [59_600, '0', ''],
    ];
    for (const [elapsed, seconds, wait] of refusals) {
      now = start + elapsed;
      const { status, headers, body } = await ask(demo, '/no/such?limit=0');
      expect([status, headers.get('retry-after'), headers.get('x-ratelimit-remaining')]).toEqual([429, seconds, '0']);
      expect(body).toEqual({
        error: 'HTTP429Error',
        message: `API rate limit exceeded. Maximum 1 requests per minute.${wait}`,
      });
    }
  });

  test('refused requests do not prolong the window', async () => {
    await serve({ rateLimit: { limit: 2, windowMs: 60_000 } });
    for (const elapsed of [0, 1_000, 30_000, 59_000]) {
      now = start + elapsed;
      await ask(demo, '/organization');
    }
    now = start + 60_000;
    expect((await ask(demo, '/organization')).status).toBe(200);
  });
});

test('triggering a scan without naming an account is 400, and nothing starts', async () => {
  await serve();
  const before = (await ask(demo, '/scans/active')).body;
  const { status, body } = await ask(demo, '/scans/trigger', { method: 'POST' });
  expect([status, body.success, body.error.name]).toEqual([400, false, 'ZodError']);
  expect(JSON.parse(body.error.message)[0].path).toEqual(['accountId']);
  expect((await ask(demo, '/scans/active')).body).toEqual(before);
});

describe('the transport', () => {
  test('echoes request and trace ids, or makes them', async () => {
    await serve();
    const made = await ask(demo, '/organization');
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}$/);
    expect(made.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    const long = 'a'.repeat(3_000);
    const echoed = await ask(demo, '/organization', { headers: { 'x-request-id': long, 'x-trace-id': 'mine' } });
    expect([echoed.headers.get('x-request-id'), echoed.headers.get('x-trace-id')]).toEqual([long, 'mine']);
  });

  test('content type has no charset, nothing is cached or compressed', async () => {
    await serve();
    const { headers } = await ask(demo, '/organization', { headers: { 'accept-encoding': 'gzip' } });
    expect(headers.get('content-type')).toBe('application/json');
    for (const name of ['etag', 'last-modified', 'cache-control', 'content-encoding'])
      expect(headers.get(name)).toBeNull();
    expect(headers.get('keep-alive')).toBe('timeout=5');
  });

  test('OPTIONS is 204 without a key, health needs none either', async () => {
    await serve();
    const options = await askUrl(`${demo.url}/resources`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('x-ratelimit-limit')]).toEqual([204, null]);
    const root = demo.url.replace('/api/v1', '');
    expect((await askUrl(`${root}/health`)).body).toMatchObject({ status: 'ok' });
    expect((await askUrl(`${root}/health/ready`)).body).toEqual({ status: 'ok' });
    const metrics = await askUrl(`${root}/metrics`);
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4']);
    expect(metrics.text).toMatch(/^# TYPE /m);
    expect(await askUrl(`${root}/api/api/v1/resources`)).toMatchObject({ status: 404, body: { error: 'Not found' } });
  });

  test('more than 16 KiB of request head is 431 without body', async () => {
    await serve();
    const { hostname, port } = new URL(demo.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
      socket.write(`GET /api/v1/resources/${'a'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer.split('\r\n\r\n')[1]).toBe('');
  });

  test('logs every request with endpoint, query and status', async () => {
    await serve();
    await ask(demo, '/resources?limit=2');
    await ask(demo, `/resources/${world.resources[0]?.id}/dependencies`);
    await ask(demo, '/resources?limit=0');
    expect(demo.calls.map(({ endpoint, query, status }) => [endpoint, query, status])).toEqual([
      ['/resources', { limit: '2' }, 200],
      ['/resources/{id}/dependencies', {}, 200],
      ['/resources', { limit: '0' }, 400],
    ]);
    expect([demo.countOf(), demo.countOf('/resources'), demo.countOf('/findings')]).toEqual([3, 2, 0]);
    demo.resetCalls();
    expect(demo.countOf()).toBe(0);
  });
});
