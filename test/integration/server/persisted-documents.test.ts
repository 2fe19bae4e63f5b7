import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { ConfigError } from '#config/config-error.ts';
import { readTrustedDocuments } from '#server/documents/trusted-documents.ts';
import { type AnswerError, type Harness, startHarness } from '../../support/harness.ts';
import { webSocketClient } from '../../support/listen.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const KNOWN = 'query Known { sources { name } }';
const OTHER = 'query Other { __typename }';
/** As a build with its default hash would name it; any name does. */
const LISTED = createHash('sha1').update(KNOWN).digest('hex');

let folder: string;
let manifest: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persisted-'));
  manifest = join(folder, 'persisted-documents.json');
  await writeFile(manifest, JSON.stringify({ [LISTED]: KNOWN }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let harness: Harness | undefined;
afterEach(() => harness?.close());

interface Reply {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
}

const start = async (config: Omit<ConfigInput, 'sources'>) => {
  harness = await startHarness({ scanorbit: [{}], config });
  const { url } = harness;
  const send = async (hash: string | null, query?: string, headers: Record<string, string> = {}): Promise<Reply> => {
    const extensions = hash === null ? undefined : { persistedQuery: { version: 1, sha256Hash: hash } };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, extensions }),
    });
    return { ...((await response.json()) as Reply), status: response.status };
  };
  return { url, send };
};

const codeOf = ({ errors }: Reply) => errors?.[0]?.extensions.code;
const NAMES = { sources: [{ name: 'scanorbit' }] };

describe('trusted documents only', () => {
  it('runs a document of the manifest by its hash, over HTTP and over WebSockets', async () => {
    const { send, url } = await start({ persisted: { manifest: manifest, trustedOnly: true } });
    expect((await send(LISTED)).data).toEqual(NAMES);
    const client = webSocketClient(url);
    const data = await new Promise((resolve, reject) => {
      client.subscribe(
        { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: LISTED } } },
        { next: ({ data }) => resolve(data), error: reject, complete: () => {} },
      );
    });
    await client.dispose();
    expect(data).toEqual(NAMES);
  });

  it('refuses everything else, each with its code: a document, also a listed one, another hash, and nothing', async () => {
    const { send, url } = await start({ persisted: { manifest: manifest, trustedOnly: true } });
    const refused = [
      await send(null, KNOWN),
      await send(LISTED, OTHER),
      await send(sha256(OTHER), OTHER),
      await send(sha256(OTHER)),
      await send('constructor'),
      await send(null),
    ];
    expect(refused.map(codeOf)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
      'PERSISTED_QUERY_NOT_IN_LIST',
      'PERSISTED_QUERY_NOT_IN_LIST',
      'PERSISTED_QUERY_ID_REQUIRED',
    ]);
    expect(refused.map(({ status, data }) => [status, data])).toEqual(
      [403, 403, 403, 400, 400, 400].map((status) => [status, undefined]),
    );
    const client = webSocketClient(url);
    const overSocket = await new Promise((resolve) => {
      client.subscribe({ query: OTHER }, { next: resolve, error: resolve, complete: () => {} });
    });
    await client.dispose();
    expect(JSON.stringify(overSocket)).toContain('FORBIDDEN');
  });
});

describe('automatic persisted queries', () => {
  it('remember a document that came with its hash', async () => {
    const { send } = await start({});
    const unknown = await send(sha256(KNOWN));
    expect([codeOf(unknown), unknown.errors?.[0]?.message]).toEqual([
      'PERSISTED_QUERY_NOT_FOUND',
      'PersistedQueryNotFound',
    ]);
    expect((await send(sha256(KNOWN), KNOWN)).data).toEqual(NAMES);
    expect((await send(sha256(KNOWN))).data).toEqual(NAMES);
  });

  it('answer over GET', async () => {
    const { send, url } = await start({});
    await send(sha256(KNOWN), KNOWN);
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: sha256(KNOWN) } });
    const response = await fetch(`${url}?extensions=${encodeURIComponent(extensions)}`);
    expect(((await response.json()) as Reply).data).toEqual(NAMES);
  });

  it('refuse a document under another document’s hash', async () => {
    const { send } = await start({});
    const refused = await send(sha256(KNOWN), OTHER);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'PERSISTED_QUERY_HASH_MISMATCH']);
    expect(codeOf(await send(sha256(KNOWN)))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('forget the documents unused longest when they are too many', async () => {
    const { send } = await start({ persisted: { automaticBytes: 20_000 } });
    const documents = Array.from({ length: 100 }, (_, i) => `query Number${i} { __typename }`);
    for (const document of documents) await send(sha256(document), document);
    expect(codeOf(await send(sha256(documents[0] ?? '')))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await send(sha256(documents[99] ?? ''))).data).toEqual({ __typename: 'Query' });
  });

  it('show a tenant nothing of what another has sent', async () => {
    const keys = ['one', 'two'].map((tenant) => ({ name: tenant, tenant, sha256: sha256(`key of ${tenant}`) }));
    const tenants = { one: { sources: ['scanorbit'] }, two: { sources: [] } };
    const { send } = await start({ auth: { mode: 'api-key', keys, tenants } });
    await send(sha256(KNOWN), KNOWN, { 'x-api-key': 'key of one' });
    expect(codeOf(await send(sha256(KNOWN), undefined, { 'x-api-key': 'key of two' }))).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
  });

  it('can be turned off; a manifest’s documents may then still be named, beside documents that are sent', async () => {
    const { send } = await start({ persisted: { manifest: manifest, automatic: false } });
    expect((await send(sha256(OTHER), OTHER)).data).toEqual({ __typename: 'Query' });
    expect(codeOf(await send(sha256(OTHER)))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await send(LISTED)).data).toEqual(NAMES);
    expect(codeOf(await send(null))).toBe('BAD_USER_INPUT');
  });
});

describe('a manifest that cannot be used is reported when the gateway starts', () => {
  it.each([
    ['not there', null],
    ['not JSON', '{'],
    ['a list', '[]'],
    ['texts that are no documents', '{"a":"query {"}'],
  ])('%s', async (_, text) => {
    const path = join(folder, `${_}.json`);
    if (text !== null) await writeFile(path, text);
    expect(() => readTrustedDocuments(path)).toThrow(ConfigError);
    await expect(start({ persisted: { manifest: path } })).rejects.toThrow(/persisted\.manifest/);
  });
});
