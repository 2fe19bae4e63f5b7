import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#lib/gateway-error.ts';
import { loadConfig } from '#sources/kinds.ts';
import type { Harness } from '../support/harness.ts';
import { startIndexed } from '../support/indexed-gateway.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

describe('README', () => {
  let harness: Harness;
  let id: string;
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));

  beforeAll(async () => {
    harness = await startIndexed({ scanorbit: [{}], scanopy: [{}] });
    const { data } = await harness.query<{ resources: { nodes: { id: string }[] } }>(
      '{ resources(first: 1, filter: { service: ["kms_key"] }) { nodes { id } } }',
    );
    id = data.resources.nodes[0]?.id ?? '';
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await harness.close();
  });

  it.each(blocks('graphql'))('shows a query that returns data on the demo: %#', async (query) => {
    const { data, errors } = await harness.query<Record<string, unknown>>(query, query.includes('$id') ? { id } : {});
    expect(errors).toBeUndefined();
    for (const value of Object.values(data)) expect(value).not.toBeNull();
  });

  it.each(blocks('yaml'))('shows a configuration that can be used: %#', (yaml) => {
    const path = join(folder, 'config.yaml');
    writeFileSync(path, yaml);
    const config = loadConfig({
      INVENTORY_CONFIG: path,
      SCANORBIT_API_KEY: 'word',
      SCANOPY_API_KEY: 'word',
      DASHBOARDS_KEY_SHA256: '0'.repeat(64),
    });
    expect(config.sources.map(({ name }) => name)).toEqual(['aws-production', 'office']);
  });

  it('shows a search in a terminal that finds something on the demo', async () => {
    const [, term] = /ask everything-about-this --var terms=(\S+)/.exec(readme) ?? [];
    const { data } = await harness.query<{ lookup: unknown[] }>(
      'query ($any: [String!]!) { lookup(any: $any) { term } }',
      {
        any: [term],
      },
    );
    expect(data.lookup.length).toBeGreaterThan(0);
  });

  it('names every error code there is, and no other', () => {
    const section = /## Errors\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
    const named = [...section.matchAll(/`([A-Z_]{6,})`/g)].map(([, code]) => code);
    expect(named.sort()).toEqual([...ERROR_CODES].sort());
  });
});
