import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { callTool, connectMcp } from './mcp-client.ts';

const QUESTIONS = readdirSync('docs/questions').map((file) =>
  file
    .replace(/^\d+-/, '')
    .replace(/\.graphql$/, '')
    .replaceAll('-', '_'),
);
const OTHERS = ['lookup', 'impact', 'graph', 'changes', 'describe_schema', 'run_query'];

describe('the tools at /mcp, for the official client', () => {
  let directory: string;
  let harness: Harness;
  let client: Client;
  /** A moment of which the history knows. */
  let known: string;
  let ids: { readonly resource: string; readonly host: string };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tools-'));
    harness = await startIndexed({
      ...{ scanorbit: [{ movingScans: false }], scanopy: [{}] },
      config: { index: { directory } },
    });
    client = await connectMcp(harness.url);
    const { data } = await harness.query<Record<'resources' | 'hosts', { nodes: { id: string }[] }>>(
      '{ resources(first: 1, filter: { service: ["rds"] }) { nodes { id } } hosts(first: 1) { nodes { id } } }',
    );
    await vi.waitFor(async () => {
      known = new Date().toISOString();
      const { errors } = await harness.query(`{ asOf(time: "${known}") { readings { source } } }`);
      expect(errors).toBeUndefined();
    });
    ids = { resource: data.resources.nodes[0]?.id ?? '', host: data.hosts.nodes[0]?.id ?? '' };
  });

  afterAll(async () => {
    await client.close();
    await harness.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('are every question of docs/questions, and those of the graph, each with its title and all arguments explained', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([...QUESTIONS, ...OTHERS].sort());
    for (const { title, description, inputSchema } of tools) {
      expect(title).toBeTruthy();
      expect(description).toBeTruthy();
      for (const argument of Object.values(inputSchema.properties ?? {}))
        expect(argument).toHaveProperty('description', expect.any(String));
    }
  });

  it('have enums, lists, defaults and required arguments as the operations declare them', async () => {
    const { tools } = await client.listTools();
    const graph = tools.find(({ name }) => name === 'graph');
    expect(graph?.inputSchema).toMatchObject({
      required: ['roots'],
      properties: {
        roots: { type: 'array', items: { type: 'string' }, description: expect.stringContaining('Where to start') },
        direction: { type: 'string', enum: expect.arrayContaining(['BOTH']) },
        maxVertices: { type: 'integer', default: 100 },
      },
    });
    const changes = tools.find(({ name }) => name === 'changes');
    expect(Object.keys(changes?.inputSchema.properties ?? {}).sort()).toEqual(
      ['after', 'asset', 'first', 'kinds', 'since', 'source', 'types', 'until'].sort(),
    );
  });

  it.each([...QUESTIONS, ...OTHERS])('%s answers from the demo', async (name) => {
    const onHost = ['what_runs_on_this_machine', 'behind_this_switch', 'since_when_is_this_port_open'].includes(name);
    const args: Record<string, unknown> = {
      id: onHost ? ids.host : ids.resource,
      vertex: ids.resource,
      roots: [ids.resource],
      terms: ['orders-db'],
      any: ['orders-db'],
      query: '{ sources { name } }',
      since: new Date(Date.now() - 7 * 24 * 3_600_000).toISOString(),
      time: known,
    };
    const { tools } = await client.listTools();
    const taken = Object.keys(tools.find((tool) => tool.name === name)?.inputSchema.properties ?? {});
    const given = Object.fromEntries(Object.entries(args).filter(([key]) => taken.includes(key)));
    const { isError, answer, text } = await callTool(client, name, given);
    expect(answer.errors).toBeUndefined();
    expect(isError).toBe(false);
    expect(answer.data ?? answer.schema).toBeTruthy();
    expect(JSON.parse(text)).toEqual(answer);
  });

  it('are counted as operations, each call once', async () => {
    const counted = async (): Promise<number> => {
      const metrics = await (await fetch(new URL('/metrics', harness.url))).text();
      return Number(/^inventory_operations_total\{type="query",outcome="ok"\} (\d+)$/m.exec(metrics)?.[1]);
    };
    const before = await counted();
    for (let i = 0; i < 3; i += 1) await callTool(client, 'how_good_is_the_join');
    expect(await counted()).toBe(before + 3);
  });

  it('refuse arguments that the operation does not take, saying which', async () => {
    const { isError, text } = await callTool(client, 'impact', { depth: 2 });
    expect(isError).toBe(true);
    expect(text).toMatch(/id/);
  });

  it('run_query refuses what is not one query', async () => {
    const { answer } = await callTool(client, 'run_query', { query: 'subscription { scanUpdated { id } }' });
    expect(answer.errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining('subscription') }]);
  });

  it('describe_schema tells of what can be asked of any moment once, and how to ask of another', async () => {
    const { answer } = await callTool(client, 'describe_schema', { word: 'impact' });
    expect(answer.schema).toContain('Query.impact(');
    expect(answer.schema).not.toContain('InventoryAsOf.impact(');
    const { answer: moment } = await callTool(client, 'describe_schema', { word: 'asOf' });
    expect(moment.schema).toContain('Query.asOf(time: DateTime!): InventoryAsOf');
    expect(moment.schema).toContain('type InventoryAsOf');
  });

  it('describe_schema shows a type by its name, and a few lines for a word', async () => {
    const type = await callTool(client, 'describe_schema', { word: 'GraphVertex' });
    expect(type.answer.schema).toMatch(/^.*type GraphVertex \{/s);
    const word = await callTool(client, 'describe_schema', { word: 'address' });
    expect(String(word.answer.schema).split('\n').length).toBeLessThanOrEqual(41);
    expect(word.answer.schema).toContain('Host.addresses');
  });

  it('come with the schema and the sources with their health as resources', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri).sort()).toEqual(['inventory://schema', 'inventory://sources']);
    const [sources] = (await client.readResource({ uri: 'inventory://sources' })).contents;
    expect(JSON.parse(String(sources && 'text' in sources && sources.text))).toMatchObject({
      sources: [{ name: 'scanorbit', health: 'OK' }, { name: 'scanopy' }],
    });
    const [schema] = (await client.readResource({ uri: 'inventory://schema' })).contents;
    expect(schema && 'text' in schema && schema.text).toContain('type Query {');
  });
});
