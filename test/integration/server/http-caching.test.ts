import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { type Harness, post, startHarness } from '../../support/harness.ts';
import { type SkippingClock, skippingClock } from '../../support/skipping-clock.ts';

const QUERY = '{ resources(first: 50) { nodes { id name region service } } }';
const sha256Hash = createHash('sha256').update(QUERY).digest('hex');
const extensions = { persistedQuery: { version: 1, sha256Hash } };

let harness: Harness;
let clock: SkippingClock;
afterEach(() => harness.close());

const start = async (config: Omit<ConfigInput, 'sources'> = {}): Promise<void> => {
  clock = skippingClock();
  harness = await startHarness({ scanorbit: [{ movingScans: false, clock: clock.now }], config, deps: { clock } });
  await post(harness.url, { query: QUERY, extensions }, KEY);
};
const KEY = { 'x-api-key': 'the key' };
const AUTH = { mode: 'api-key', keys: [{ name: 'app', sha256: createHash('sha256').update('the key').digest('hex') }] };

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** As it comes over the wire, not decoded. */
const raw = (method: 'GET' | 'POST', headers: Record<string, string> = {}): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const search = method === 'GET' ? `?extensions=${encodeURIComponent(JSON.stringify(extensions))}` : '';
    const type = method === 'POST' ? { 'content-type': 'application/json' } : {};
    const sent = request(`${harness.url}${search}`, { method, headers: { ...KEY, ...type, ...headers } }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers as Raw['headers'],
          body: Buffer.concat(pieces),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? JSON.stringify({ query: QUERY }) : undefined);
  });

describe('a query over GET', () => {
  it('says how long it holds, to its caller alone, and how old it is', async () => {
    await start({ auth: AUTH as ConfigInput['auth'] });
    const made = await raw('GET');
    expect(made.headers['cache-control']).toMatch(/^private, max-age=(2\d|30)$/);
    expect([made.headers.age, made.headers.vary]).toEqual(['0', 'Accept, Authorization, X-API-Key, Accept-Encoding']);
    await raw('GET');
    clock.skip(10_000);
    const kept = await raw('GET');
    expect(Number(kept.headers.age)).toBeGreaterThanOrEqual(10);
    const fresh = Number(/max-age=(\d+)/.exec(kept.headers['cache-control'] ?? '')?.[1]);
    expect(fresh - Number(kept.headers.age)).toBeLessThanOrEqual(20);
  });

  it('is answered 304 to who has it, kept or made anew, as long as its data is the same', async () => {
    await start();
    const { headers, status } = await raw('GET');
    const known = { 'if-none-match': headers.etag ?? '' };
    expect([status, headers.etag]).toEqual([200, expect.stringMatching(/^W\/"[\w-]{43}"$/)]);
    const [again, kept] = [await raw('GET', known), await raw('GET', known)];
    expect([again.status, kept.status, kept.body.length]).toEqual([304, 304, 0]);
    expect(kept.headers.etag).toBe(headers.etag);
    clock.skip(2 * 60 * 60_000);
    expect((await raw('GET', known)).status).toBe(304);
    expect((await raw('GET', { 'if-none-match': `"other", ${headers.etag}` })).status).toBe(304);
    expect((await raw('GET', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is answered anew to who has it when its data has changed', async () => {
    await start();
    const { headers, body } = await raw('GET');
    const [first] = (JSON.parse(body.toString()) as { data: { resources: { nodes: { id: string }[] } } }).data.resources
      .nodes;
    harness.scanorbit[0]?.removeResource(
      Buffer.from(first?.id ?? '', 'base64url')
        .toString()
        .split(':')[2] ?? '',
    );
    clock.skip(2 * 60 * 60_000);
    const changed = await raw('GET', { 'if-none-match': headers.etag ?? '' });
    expect([changed.status, changed.headers.etag === headers.etag]).toEqual([200, false]);
  });

  it('with an error is stored by nobody', async () => {
    await start();
    const response = await fetch(`${harness.url}?query=${encodeURIComponent('{ nodes(ids: ["%"]) { id } }')}`);
    expect([response.headers.get('cache-control'), response.headers.get('etag')]).toEqual(['no-store', null]);
  });

  it('of what holds for this moment only is to be asked again each time', async () => {
    await start();
    const response = await fetch(`${harness.url}?query=${encodeURIComponent('{ sources { health } }')}`);
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
  });
});

it('an answer to a POST is stored by nobody', async () => {
  await start();
  for (let i = 0; i < 3; i++) {
    const { headers } = await raw('POST');
    expect([headers['cache-control'], headers.etag]).toEqual(['no-store', undefined]);
  }
});

describe('compression', () => {
  const DECODE = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync } as const;
  type Coding = keyof typeof DECODE;

  it.each([
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['*', 'zstd'],
    ['identity;q=1, zstd;q=0, br;q=0, *;q=0.1', 'gzip'],
  ] as const)('of %s is %s, the same for a kept answer as for a new one', async (accepted, coding: Coding) => {
    await start();
    const plain = await raw('POST');
    for (const isKept of [false, true, true]) {
      const { headers, body } = await raw('POST', {
        'accept-encoding': accepted,
        ...(!isKept && { 'cache-control': 'no-cache' }),
      });
      if (!isKept) for (let i = 0; i < 2; i++) await raw('POST');
      expect([headers['content-encoding'], headers.vary]).toEqual([coding, 'Accept-Encoding']);
      expect(body.length).toBeLessThan(plain.body.length / 3);
      const text = DECODE[coding](body).toString();
      expect(JSON.parse(text).data).toEqual(JSON.parse(plain.body.toString()).data);
      expect(text.includes('answeredAt')).toBe(isKept);
    }
  });

  it('is not done for who does not take it, for small answers, and where it is turned off', async () => {
    await start();
    expect((await raw('POST')).headers['content-encoding']).toBeUndefined();
    expect((await raw('POST', { 'accept-encoding': 'identity' })).headers['content-encoding']).toBeUndefined();
    expect((await raw('POST', { 'accept-encoding': 'compress' })).headers['content-encoding']).toBeUndefined();
    const small = await fetch(`${harness.url}?query={__typename}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(small.headers.get('content-encoding')).toBeNull();
    await harness.close();
    await start({ server: { compressFromBytes: null } });
    expect((await raw('POST', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
  });
});
