import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

const BUILT = new URL('../../../dist/explorer/', import.meta.url);
const documents = () => JSON.parse(readFileSync(new URL('persisted-documents.json', BUILT), 'utf8'));

let harness: Harness | undefined;
afterEach(() => harness?.close());

const start = async (config: Omit<ConfigInput, 'sources'> = {}) => {
  harness = await startHarness({ scanorbit: [{}], config });
  const { url } = harness;
  return (path: string, init: RequestInit = {}) => fetch(new URL(path, url), { redirect: 'manual', ...init });
};

/** `npm ci` builds the explorer. */
describe('the explorer', () => {
  it('is built', () => {
    expect(existsSync(new URL('index.html', BUILT))).toBe(true);
  });

  it('is one page for every address below /explore, under a policy that allows nothing inline and no other origin', async () => {
    const get = await start();
    const page = await get('/explore');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    const html = await page.text();
    expect(await (await get('/explore/asset/anything')).text()).toBe(html);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bon\w+=|https?:/);
  });

  it('serves its scripts and styles, which may be kept for ever, and no other file', async () => {
    const get = await start();
    const names = [...(await (await get('/explore')).text()).matchAll(/\/explore\/assets\/[\w.-]+/g)].map(String);
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      const file = await get(name);
      expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
    for (const path of ['/explore/assets/none.js', '/explore/assets/..%2f..%2fpackage.json', '/explore/assets/'])
      expect((await get(path)).status).toBe(404);
  });

  it('sends its scripts and styles compressed, as they are kept, and as they are to who takes no gzip', async () => {
    const get = await start();
    const [name = ''] = /\/explore\/assets\/[\w.-]+\.js/.exec(await (await get('/explore')).text()) ?? [];
    const [zipped, plain] = await Promise.all(
      ['gzip, br', 'identity'].map((coding) => get(name, { headers: { 'accept-encoding': coding } })),
    );
    expect(zipped?.headers.get('content-encoding')).toBe('gzip');
    expect(plain?.headers.get('content-encoding')).toBeNull();
    for (const answer of [zipped, plain]) expect(answer?.headers.get('vary')).toBe('accept-encoding');
    const text = await plain?.text();
    expect(text).toContain('import');
    expect(await zipped?.text()).toBe(text);
  });

  it('asks by hash, also where only trusted documents run', async () => {
    const all = documents();
    const manifest = join(await mkdtemp(join(tmpdir(), 'manifest-')), 'persisted-documents.json');
    await writeFile(manifest, JSON.stringify({ other: '{ __typename }' }));
    const get = await start({ persisted: { manifest, trustedOnly: true } });
    const [hash] = Object.entries<string>(all).find(([, document]) => /^query OverviewSources\b/.test(document)) ?? [];
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } });
    const answer = await get(`/graphql?extensions=${encodeURIComponent(extensions)}`);
    expect(((await answer.json()) as { data: unknown }).data).toMatchObject({ sources: [{ name: 'scanorbit' }] });
  });

  it('can be switched off: its pages are not found, / leads to GraphiQL, and its operations are not trusted', async () => {
    const get = await start({ server: { explorer: false } });
    expect((await get('/explore')).status).toBe(404);
    expect((await get('/')).headers.get('location')).toBe('/graphql');
    const [hash] = Object.keys(documents());
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } });
    const answer = await get(`/graphql?extensions=${encodeURIComponent(extensions)}`);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  });

  it('refuses to be written to', async () => {
    const get = await start();
    const answer = await get('/explore', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});
