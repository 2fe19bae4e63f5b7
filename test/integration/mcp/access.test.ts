import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { asTenant, startTwoTenants, TENANTS, WORLD } from '../isolation/two-tenants.ts';
import { callTool, connectMcp } from './mcp-client.ts';

const KEY = 'a key for this test';
const withKey = {
  mode: 'api-key' as const,
  keys: [{ name: 'assistant', sha256: createHash('sha256').update(KEY).digest('hex') }],
};
const asAssistant = { 'x-api-key': KEY };

let harness: Harness | undefined;
afterEach(() => harness?.close());

const start = async (config: Omit<ConfigInput, 'sources'>): Promise<Harness> => {
  harness = await startHarness({ scanorbit: [{ movingScans: false }], config });
  return harness;
};

const toolNames = async (client: Awaited<ReturnType<typeof connectMcp>>): Promise<string[]> =>
  (await client.listTools()).tools.map(({ name }) => name);

describe('who may use /mcp', () => {
  it('nobody without a key that the gateway knows', async () => {
    const { url } = await start({ auth: withKey });
    await expect(connectMcp(url)).rejects.toThrow();
    await expect(connectMcp(url, { 'x-api-key': 'another' })).rejects.toThrow();
    const answer = await fetch(new URL('/mcp', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
    expect(answer.status).toBe(401);
    const client = await connectMcp(url, asAssistant);
    expect(await toolNames(client)).toContain('lookup');
  });

  it('no page of another site, whose browser sends the request without asking', async () => {
    const { url } = await start({});
    const answer = await fetch(new URL('/mcp', url), {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: 'https://elsewhere.example' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
    expect(answer.status).toBe(403);
  });

  it('no page of an origin that is not listed, whatever its browser let it send', async () => {
    const { url } = await start({ server: { cors: { origins: ['https://inspector.example'] } } });
    const statusFrom = async (origin: string) => {
      const answer = await fetch(new URL('/mcp', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', origin },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      });
      await answer.text();
      return answer.status;
    };
    expect(await statusFrom('https://elsewhere.example')).toBe(403);
    expect(await statusFrom('null')).toBe(403);
    expect(await statusFrom('https://inspector.example')).toBe(200);
    expect(await statusFrom(new URL(url).origin)).toBe(200);
  });

  it('nobody where it is switched off, as it is in production', async () => {
    const { url } = await start({ auth: withKey, server: { profile: 'production' } });
    await expect(connectMcp(url, asAssistant)).rejects.toThrow();
  });

  it('in production, once allowed, without queries of one’s own and without the schema', async () => {
    const { url } = await start({ auth: withKey, server: { profile: 'production' }, mcp: { enabled: true } });
    const client = await connectMcp(url, asAssistant);
    const names = await toolNames(client);
    expect(names).toContain('what_breaks_if_it_goes');
    expect(names).not.toContain('run_query');
    expect(names).not.toContain('describe_schema');
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toEqual(['inventory://sources']);
  });

  it('two tenants, each of whom finds only its own', async () => {
    harness = await startTwoTenants();
    const term = WORLD.network.hosts[0]?.name ?? '';
    for (const tenant of ['acme', 'globex'] as const) {
      const client = await connectMcp(harness.url, asTenant(tenant));
      const { answer } = await callTool(client, 'lookup', { any: [term] });
      const hits = answer.data?.lookup as readonly { readonly node: { readonly source: { readonly name: string } } }[];
      expect(hits.length).toBeGreaterThan(0);
      const own: readonly string[] = TENANTS[tenant].sources;
      expect(hits.every(({ node }) => own.includes(node.source.name))).toBe(true);
      const [sources] = (await client.readResource({ uri: 'inventory://sources' })).contents;
      const text = String(sources && 'text' in sources && sources.text);
      expect((JSON.parse(text) as { sources: { name: string }[] }).sources.map(({ name }) => name)).toEqual(own);
    }
  });
});

describe('limits at /mcp', () => {
  it('run_query refuses what may cost too much before anything is asked, with the price and what to do', async () => {
    const { url, upstreamCalls } = await start({});
    const query =
      '{ resources(first: 1000) { nodes { dependencies { edges { node { ... on Resource { dependents { totalCount } } } } } } } }';
    const { isError, answer } = await callTool(await connectMcp(url), 'run_query', { query });
    expect(isError).toBe(true);
    expect(answer.errors).toMatchObject([
      { code: 'COST_LIMIT_EXCEEDED', estimate: expect.any(Number), advice: expect.stringContaining('fewer') },
    ]);
    expect(upstreamCalls()).toBe(0);
  });

  it('a tool that is used too often is refused, told when to come back, and asks no source', async () => {
    const rate = { operations: 2, windowSeconds: 3600 };
    const { url, upstreamCalls, resetUpstreamCalls } = await start({ auth: withKey, limits: { rate } });
    const client = await connectMcp(url, asAssistant);
    for (let i = 0; i < 2; i += 1) await callTool(client, 'run_query', { query: '{ accounts { name } }' });
    resetUpstreamCalls();
    const { isError, answer } = await callTool(client, 'run_query', { query: '{ organizations { name } }' });
    expect(isError).toBe(true);
    expect(answer.errors).toMatchObject([
      { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number), advice: expect.stringContaining('Wait') },
    ]);
    expect(upstreamCalls()).toBe(0);
  });

  it('an answer that is too large is cut at its lists, and says so and where', async () => {
    const { url } = await start({ mcp: { answerBytes: 2000 } });
    const query = '{ resources(first: 200) { totalCount nodes { id displayName service region } } }';
    const { isError, answer, text } = await callTool(await connectMcp(url), 'run_query', { query });
    expect(isError).toBe(false);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000);
    expect(answer.notice).toMatch(/^Cut to 2000 bytes: lists show their first \d+ items \(resources\.nodes\)/);
    const resources = answer.data?.resources as { nodes: unknown[]; totalCount: number } | undefined;
    const shown = resources?.nodes.length ?? 0;
    expect(shown).toBeGreaterThan(2);
    expect(shown).toBeLessThan(resources?.totalCount ?? 0);
  });

  it('a request larger than limits.bodyBytes is refused', async () => {
    const { url } = await start({ limits: { bodyBytes: 500 } });
    const answer = await fetch(new URL('/mcp', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { padding: 'x'.repeat(600) } }),
    });
    expect(answer.status).toBe(413);
  });
});

describe('questions at /mcp', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'questions-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are an operator’s, too, each with a tool of its name', async () => {
    writeFileSync(
      join(folder, 'our-accounts.graphql'),
      '# Which accounts are ours?\nquery OurAccounts { accounts { name } }',
    );
    const { url } = await start({ questions: { directory: folder } });
    const client = await connectMcp(url);
    const tool = (await client.listTools()).tools.find(({ name }) => name === 'our_accounts');
    expect(tool?.title).toBe('Which accounts are ours?');
    expect((await callTool(client, 'our_accounts')).answer.data?.accounts).not.toHaveLength(0);
  });

  it('take the place of tools of the same name, however that is spelt', async () => {
    for (const name of ['lookup', '03-colliding_ranges'])
      writeFileSync(join(folder, `${name}.graphql`), '# Ours instead\nquery Ours { accounts { name } }');
    const { url } = await start({ questions: { directory: folder } });
    const { tools } = await (await connectMcp(url)).listTools();
    const ours = tools.filter(({ title }) => title === 'Ours instead').map(({ name }) => name);
    expect(ours.sort()).toEqual(['colliding_ranges', 'lookup']);
  });

  it.each([
    ['mutation X { y }', /our\.graphql: Expected one query, got mutation/],
    ['query X { noSuchField }', /our\.graphql: Expected a query for this schema, got: Cannot query field/],
  ])('that cannot be asked keep the gateway from starting: %s', async (text, message) => {
    writeFileSync(join(folder, 'our.graphql'), text);
    await expect(start({ questions: { directory: folder } })).rejects.toThrow(message);
    harness = undefined;
  });

  it('run where only trusted documents may, and queries of one’s own do not', async () => {
    const manifest = join(folder, 'documents.json');
    writeFileSync(manifest, '{}');
    const { url, query } = await start({ persisted: { manifest, trustedOnly: true } });
    const client = await connectMcp(url);
    expect(await toolNames(client)).not.toContain('run_query');
    expect((await callTool(client, 'colliding_ranges')).answer.errors).toBeUndefined();
    const past = await callTool(client, 'lookup', { any: ['10.0.0.1'], asOf: '2026-01-01T00:00:00Z' });
    expect(past.answer.errors).toMatchObject([{ code: 'HISTORY_UNAVAILABLE' }]);
    expect((await query('{ sources { name } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
