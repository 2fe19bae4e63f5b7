import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { defineConfig } from '#sources/kinds.ts';

type Leaves = Record<string, unknown>;

const leavesOf = (value: unknown, path = ''): Leaves =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.assign({}, ...Object.entries(value).map(([key, of]) => leavesOf(of, path ? `${path}.${key}` : key)))
    : { [path]: value };

/** Somebody may ask and documents are listed: what the profile decides, it decides here. */
const BASE: ConfigInput = {
  auth: { mode: 'api-key', keys: [{ name: 'app', sha256: '0'.repeat(64) }] },
  persisted: { manifest: 'documents.json' },
};

const settle = (profile: 'development' | 'production', more: ConfigInput = {}): Leaves =>
  leavesOf(
    defineConfig({
      ...BASE,
      ...more,
      persisted: { ...BASE.persisted, ...more.persisted },
      server: { ...more.server, profile },
    }),
  );

const STRICT: Leaves = {
  'server.profile': 'production',
  'server.graphiql': false,
  'server.introspection': false,
  'server.fieldSuggestions': false,
  'server.queriesOverGet': false,
  'server.allowCacheBypass': false,
  'limits.rate.operations': 6000,
  'limits.rate.windowSeconds': 60,
  'persisted.trustedOnly': true,
  'mcp.enabled': false,
  'mcp.runQuery': false,
  'persisted.automatic': false,
};

describe('the production profile', () => {
  it('turns on this, and nothing else', () => {
    const [open, strict] = [settle('development'), settle('production')];
    const changed = Object.entries(strict).filter(
      ([path, value]) => JSON.stringify(open[path]) !== JSON.stringify(value),
    );
    expect(Object.fromEntries(changed)).toEqual(STRICT);
  });

  it.each<[string, ConfigInput, unknown]>([
    ['server.graphiql', { server: { graphiql: true } }, true],
    ['server.introspection', { server: { introspection: true } }, true],
    ['server.fieldSuggestions', { server: { fieldSuggestions: true } }, true],
    ['server.queriesOverGet', { server: { queriesOverGet: true } }, true],
    ['server.allowCacheBypass', { server: { allowCacheBypass: true } }, true],
    ['limits.rate', { limits: { rate: null } }, null],
    ['limits.rate.operations', { limits: { rate: { operations: 7 } } }, 7],
    ['persisted.trustedOnly', { persisted: { trustedOnly: false } }, false],
  ])('gives way to %s where it is set', (path, set, value) => {
    expect(settle('production', set)[path]).toBe(value);
  });

  it('limits no rate where callers are not identified, and uses no list of documents that does not exist', () => {
    const bare = leavesOf(defineConfig({ server: { profile: 'production' } }));
    expect([bare['limits.rate'], bare['persisted.trustedOnly'], bare['persisted.automatic']]).toEqual([
      null,
      false,
      true,
    ]);
  });
});

describe('the operators’ pages', () => {
  const openOf = (config: ConfigInput) => defineConfig(config).server.operator.open;
  const tenants = { acme: { sources: [] } };

  it('are open until there are tenants, or a port or a token of their own; what is set wins', () => {
    expect(openOf({})).toBe(true);
    expect(openOf({ auth: { tenants } })).toBe(false);
    expect(openOf({ server: { operator: { port: 9090 } } })).toBe(false);
    expect(openOf({ server: { operator: { token: 'word' } } })).toBe(false);
    expect(openOf({ auth: { tenants }, server: { operator: { open: true } } })).toBe(true);
  });
});

describe('settings that contradict each other are refused', () => {
  it.each<[string, ConfigInput]>([
    ['persisted.manifest', { persisted: { trustedOnly: true } }],
    ['persisted.automatic', { persisted: { manifest: 'x', trustedOnly: true, automatic: true } }],
    ['server.cors.origins', { server: { cors: { origins: ['*'], credentials: true } } }],
    ['auth.keys[1].sha256', { auth: { keys: ['a', 'b'].map((name) => ({ name, sha256: '0'.repeat(64) })) } }],
    ['server.operator.open', { server: { operator: { open: true, token: 'word' } } }],
  ])('%s', (path, config) => {
    expect(() => defineConfig(config)).toThrow(`- ${path}: expected`);
  });
});
