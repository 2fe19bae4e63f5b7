import { expect, it } from 'vitest';
import { APPLIED_BY_RELOAD, applicable, NEEDS_RESTART } from '#config/reload-settings.ts';
import { configSchema, defineConfig } from '#sources/kinds.ts';
import { settingPaths } from '../../support/setting-paths.ts';

const source = { name: 'cloud', kind: 'scanorbit', url: 'http://127.0.0.1:1/api/v1', apiKey: 'first-key' };

const isIn = (path: string) => (group: string) =>
  path === group || ['.', '['].some((next) => path.startsWith(`${group}${next}`));

it('every setting is either applied by a reload or needs a restart', () => {
  const paths = settingPaths(configSchema);
  const groups = [...APPLIED_BY_RELOAD, ...NEEDS_RESTART];
  expect(paths.filter((path) => groups.filter(isIn(path)).length !== 1)).toEqual([]);
  expect(groups.filter((group) => !paths.some((path) => isIn(path)(group)))).toEqual([]);
});

it('keeps the former value of what needs a restart, names it, and takes the rest', () => {
  const current = defineConfig({ sources: [source], server: { port: 4000 }, limits: { depth: 10 } });
  const next = defineConfig({
    sources: [source],
    server: { port: 5000, compressFromBytes: null },
    limits: { depth: 5 },
    tracing: { endpoint: 'http://127.0.0.1:4318' },
  });
  const { config, waiting } = applicable(current, next);
  expect(waiting).toEqual(['server.port', 'tracing']);
  expect(config).toEqual({ ...next, server: { ...next.server, port: 4000 }, tracing: current.tracing });
});

it('notices a secret that has changed where everything else is the same', () => {
  const withRedis = (password: string) =>
    defineConfig({ sources: [source], redis: { url: `redis://:${password}@127.0.0.1` } });
  expect(applicable(withRedis('one'), withRedis('two')).waiting).toEqual(['redis']);
  expect(applicable(withRedis('one'), withRedis('one')).waiting).toEqual([]);
});
