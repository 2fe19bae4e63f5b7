import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '#sources/kinds.ts';

const page = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = '']) => yaml);
const folder = mkdtempSync(join(tmpdir(), 'access-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const load = (yaml: string) => {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, yaml);
  const variables = [...yaml.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [
    name,
    name.endsWith('_SHA256') ? createHash('sha256').update(name).digest('hex') : 'word',
  ]);
  return loadConfig({ ...Object.fromEntries(variables), INVENTORY_CONFIG: path });
};

describe('docs/access.md', () => {
  it.each(examples.map((yaml) => ({ title: yaml.split('\n').slice(1).join(' ').slice(0, 60), yaml })))(
    'shows a configuration that can be used: $title',
    ({ yaml }) => {
      expect(load(yaml).sources.length).toBeGreaterThan(0);
    },
  );

  it('shows every mode that needs settings', () => {
    expect(new Set(examples.map((yaml) => load(yaml).auth.mode))).toEqual(
      new Set(['none', 'api-key', 'jwt', 'passthrough']),
    );
  });
});
