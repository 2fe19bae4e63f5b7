import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { asTenant, startTwoTenants, TENANTS, WORLD } from '../isolation/two-tenants.ts';
import { callTool, connectMcp } from './mcp-client.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

describe('inventory-gateway mcp, for the official client over stdio', () => {
  let client: Client | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'mcp-'));

  const connect = async (args: readonly string[], env: Record<string, string> = {}): Promise<Client> => {
    client = new Client({ name: 'test', version: '1' });
    const command = { command: process.execPath, args: [MAIN, 'mcp', ...args], env, stderr: 'ignore' as const };
    await client.connect(new StdioClientTransport(command));
    return client;
  };

  afterEach(() => client?.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  describe('with a gateway of its own', () => {
    let harness: Harness;
    let config: string;

    beforeAll(async () => {
      harness = await startHarness({ scanorbit: [{ movingScans: false }], scanopy: [{}] });
      const sources = harness.config.sources.map(({ name, kind, url, apiKey, budget }) => ({
        ...{ name, kind, url, apiKey: apiKey?.reveal(), budget },
      }));
      config = join(folder, 'config.yaml');
      // JSON is YAML.
      writeFileSync(config, JSON.stringify({ sources, index: { directory: null }, mcp: { runQuery: false } }));
    });
    afterAll(() => harness.close());

    it('offers the tools of /mcp as the configuration allows them, and answers', async () => {
      const own = await connect([], { INVENTORY_CONFIG: config });
      const overHttp = await connectMcp(harness.url);
      const names = async (of: Client) => (await of.listTools()).tools.map(({ name }) => name);
      expect(await names(own)).toEqual((await names(overHttp)).filter((name) => name !== 'run_query'));
      const { isError, answer } = await callTool(own, 'colliding_ranges');
      expect(isError).toBe(false);
      expect(answer.data).toEqual((await callTool(overHttp, 'colliding_ranges')).answer.data);
    });
  });

  describe('for a gateway that runs', () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await startTwoTenants();
    });
    afterAll(() => harness.close());

    it.each(['acme', 'globex'] as const)('shows %s its own sources only', async (tenant) => {
      const key = asTenant(tenant)['x-api-key'] ?? '';
      const own = await connect(['--url', harness.url], { INVENTORY_KEY: key });
      const { answer } = await callTool(own, 'lookup', { any: [WORLD.network.hosts[0]?.name] });
      const hits = (answer.data?.lookup ?? []) as readonly {
        readonly node: { readonly source: { readonly name: string } };
      }[];
      expect(hits.length).toBeGreaterThan(0);
      const sources: readonly string[] = TENANTS[tenant].sources;
      expect(hits.every(({ node }) => sources.includes(node.source.name))).toBe(true);
    });

    it('refuses every tool without a key, and says what to do', async () => {
      const { isError, answer } = await callTool(await connect(['--url', harness.url]), 'colliding_ranges');
      expect(isError).toBe(true);
      expect(answer.errors).toMatchObject([{ code: 'UNAUTHENTICATED', advice: expect.stringContaining('key') }]);
    });
  });
});
