import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError, NotConfiguredError } from '#config/config-error.ts';
import { loadConfig } from '#sources/kinds.ts';

const KEY = `sk_live_${'0'.repeat(64)}`;

const fileWith = (yaml: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'inventory-config-')), 'inventory.yaml');
  writeFileSync(path, yaml);
  return path;
};

const problemsOf = (environment: Record<string, string>): ConfigError => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
};

const ONE_SOURCE = { SCANORBIT_URL: 'https://orbit.example.com/api/v1', SCANORBIT_API_KEY: KEY };

describe('configuration from the environment', () => {
  it('makes one source of each kind, and takes the ScanOrbit base whole', () => {
    const config = loadConfig({
      ...ONE_SOURCE,
      SCANOPY_URL: 'https://scanopy.example.com/',
      SCANOPY_API_KEY: 'k',
      PORT: '0',
    });
    expect(config.sources.map(({ name, kind, url }) => ({ name, kind, url }))).toEqual([
      { name: 'scanorbit', kind: 'scanorbit', url: 'https://orbit.example.com/api/v1' },
      { name: 'scanopy', kind: 'scanopy', url: 'https://scanopy.example.com' },
    ]);
    expect(config.server).toMatchObject({ host: '127.0.0.1', port: 0 });
    expect(config.index.enabled).toBe(true);
  });

  it('says that nothing is configured when nothing is', () => {
    expect(() => loadConfig({})).toThrow(NotConfiguredError);
  });

  it('names the variable that is wrong, what was expected and what came', () => {
    const { problems } = problemsOf({
      ...ONE_SOURCE,
      PORT: 'http',
      INVENTORY_INDEX: 'maybe',
      LOG_LEVEL: 'loud',
      SCANOPY_API_KEY: 'k',
    });
    expect(problems).toEqual([
      { path: 'INVENTORY_INDEX', message: 'expected "on" or "off", got "maybe"' },
      { path: 'SCANOPY_URL', message: 'expected the URL that SCANOPY_API_KEY is for, got nothing' },
      { path: 'PORT', message: 'expected a number, got "http"' },
      { path: 'LOG_LEVEL', message: expect.stringMatching(/^expected one of "trace", .*, got "loud"$/) },
    ]);
  });

  it('turns the index off', () => {
    expect(loadConfig({ ...ONE_SOURCE, INVENTORY_INDEX: 'off' }).index.enabled).toBe(false);
  });

  it('requires the key of a source that has none', () => {
    const { problems } = problemsOf({ SCANORBIT_URL: 'https://orbit.example.com/api/v1' });
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'SCANORBIT_API_KEY',
        message: expect.stringContaining('expected a key, got nothing'),
      }),
    ]);
  });
});

describe('configuration from a file', () => {
  const TWO = `
sources:
  - { name: emea, kind: scanorbit, url: 'https://a.example.com/api/v1', apiKey: '\${EMEA_KEY}', budget: { limit: 90, windowSeconds: 60 } }
  - { name: apac, kind: scanorbit, url: 'https://b.example.com/api/v1', apiKey: '\${APAC_KEY}' }
server: { port: 5000 }
`;

  it('holds several sources, in its order, with keys from the environment', () => {
    const config = loadConfig({ INVENTORY_CONFIG: fileWith(TWO), EMEA_KEY: 'first', APAC_KEY: 'second' });
    expect(config.sources.map((source) => [source.name, source.apiKey?.reveal()])).toEqual([
      ['emea', 'first'],
      ['apac', 'second'],
    ]);
    expect(config.sources[0]?.budget).toEqual({ limit: 90, windowSeconds: 60 });
  });

  it('gives way to the environment, whose source variables are only for references then', () => {
    const config = loadConfig({
      ...ONE_SOURCE,
      INVENTORY_CONFIG: fileWith(TWO),
      EMEA_KEY: 'a',
      APAC_KEY: 'b',
      PORT: '6000',
    });
    expect(config.server.port).toBe(6000);
    expect(config.sources.map((source) => source.name)).toEqual(['emea', 'apac']);
  });

  it('takes the text of files that it refers to, without the line break at the end, and names them', () => {
    const [url, key] = [fileWith('https://orbit.example.com\n'), fileWith(`${KEY}\r\n`)];
    const path = fileWith(
      `sources: [{ name: a, kind: scanorbit, url: '\${file:${url}}/api/v1', apiKey: '\${file:${key}}' }]\n` +
        `questions: { directory: ./questions }\npersisted: { manifest: ./documents.json }`,
    );
    const files = new Set<string>();
    const [source] = loadConfig({ INVENTORY_CONFIG: path }, files).sources;
    expect([source?.url, source?.apiKey?.reveal()]).toEqual(['https://orbit.example.com/api/v1', KEY]);
    expect([...files]).toEqual([path, url, key, './documents.json', './questions']);
  });

  it('names the files that it refers to also where they cannot be read, and says so', () => {
    const empty = fileWith('\n');
    const path = fileWith(
      `sources: [{ name: a, kind: scanopy, url: 'https://a.example.com', apiKey: '\${file:/nowhere/key}' }]\n` +
        `server: { operator: { token: 'Bearer-\${file:${empty}}' } }`,
    );
    const files = new Set<string>();
    expect(() => loadConfig({ INVENTORY_CONFIG: path }, files)).toThrow(ConfigError);
    expect([...files]).toEqual([path, '/nowhere/key', empty]);
    expect(problemsOf({ INVENTORY_CONFIG: path }).problems).toEqual([
      {
        path: 'sources[0].apiKey',
        message: `refers to \${file:/nowhere/key}, expected a file with one text, got none that can be read (ENOENT)`,
      },
      {
        path: 'server.operator.token',
        message: `refers to \${file:${empty}}, expected a file with one text, got an empty one`,
      },
    ]);
  });

  it('is frozen to the bottom', () => {
    const config = loadConfig({ INVENTORY_CONFIG: fileWith(TWO), EMEA_KEY: 'a', APAC_KEY: 'b' });
    expect(Object.isFrozen(config.sources[0]?.budget)).toBe(true);
    expect(() => Object.assign(config.server, { port: 1 })).toThrow(TypeError);
  });

  it('reports all problems in one message, each with its place, what was expected and what came', () => {
    const error = problemsOf({
      INVENTORY_CONFIG: fileWith(`
sources:
  - { name: Emea, kind: scanobit, url: 'ftp://a.example.com', apiKey: '\${MISSING_KEY}', buget: {} }
  - { name: two, kind: scanopy, url: 'https://b.example.com/api/v1', apiKey: x, budget: { limit: 5, burst: 2 } }
  - { name: two, kind: scanorbit, url: 'https://user:pw@c.example.com/api', apiKey: x }
limits: { depth: 0, tokns: 4 }
serverr: {}
`),
    });
    const byPath = new Map(error.problems.map(({ path, message }) => [path, message]));
    expect(byPath.get('sources[0].apiKey')).toMatch(
      /^refers to .{2}MISSING_KEY., expected that .* to be set, got nothing$/,
    );
    expect(byPath.get('sources[0].name')).toBe(
      'expected a name of lower-case letters, digits, "-" and "_", got "Emea"',
    );
    expect(byPath.get('sources[0].kind')).toBe('expected one of "scanorbit", "scanopy", got "scanobit"');
    expect(byPath.get('sources[0].url')).toContain('expected an http:// or https:// URL, got "ftp://');
    expect(byPath.get('sources[0].buget')).toBe('unknown key; did you mean "budget"?');
    expect(byPath.get('sources[1].url')).toContain('expected the origin of a Scanopy server');
    expect(byPath.get('sources[1].budget')).toContain('got some of both');
    expect(byPath.get('sources[2].url')).toContain('without user and password');
    expect(byPath.get('sources[2].name')).toBe('expected a unique name, got "two", as sources[1] has');
    expect(byPath.get('limits.depth')).toBe('expected at least 1, got 0');
    expect(byPath.get('limits.tokns')).toBe('unknown key; did you mean "tokens"?');
    expect(byPath.get('serverr')).toBe('unknown key; did you mean "server"?');
    for (const { path, message } of error.problems) expect(error.message).toContain(`${path}: ${message}`);
    expect(error.message).not.toContain('pw@');
  });

  it('refuses two sources of one name', () => {
    const twins = TWO.replace('apac', 'emea');
    const { problems } = problemsOf({ INVENTORY_CONFIG: fileWith(twins), EMEA_KEY: 'a', APAC_KEY: 'b' });
    expect(problems).toEqual([
      { path: 'sources[1].name', message: 'expected a unique name, got "emea", as sources[0] has' },
    ]);
  });

  it('refuses sections that name a source that is not configured', () => {
    const { problems } = problemsOf({
      INVENTORY_CONFIG: fileWith(`${TWO}\nauth: { tenants: { acme: { sources: [emae] } } }`),
      EMEA_KEY: 'a',
      APAC_KEY: 'b',
    });
    expect(problems).toEqual([
      { path: 'auth.tenants.acme.sources[0]', message: 'expected the name of a source (emea, apac), got "emae"' },
    ]);
  });

  it.each([
    ['is not there', '/nowhere/inventory.yaml', 'ENOENT'],
    ['is not YAML', fileWith('a: [1'), 'expected a YAML file'],
    ['is a list', fileWith('- 1'), 'expected a YAML file of sections'],
  ])('says so when it %s', (_, path, expected) => {
    const { problems } = problemsOf({ ...ONE_SOURCE, INVENTORY_CONFIG: path });
    expect(problems).toEqual([{ path: 'INVENTORY_CONFIG', message: expect.stringContaining(expected) }]);
  });
});

describe('secrets of a configuration', () => {
  it('never print, however the configuration is printed', () => {
    const config = loadConfig(ONE_SOURCE);
    const texts = [
      inspect(config, { depth: 20, showHidden: true }),
      JSON.stringify(config),
      `${config.sources[0]?.apiKey}`,
    ];
    for (const text of texts) {
      expect(text).toContain('[redacted]');
      expect(text).not.toContain(KEY);
    }
  });

  it('are not shown in problems, whatever is wrong with them', () => {
    const error = problemsOf({
      SCANORBIT_URL: 'https://a.example.com/api/v1',
      SCANORBIT_API_KEY: `${KEY} with a space`,
    });
    expect(error.problems).toEqual([{ path: 'SCANORBIT_API_KEY', message: expect.stringContaining('visible ASCII') }]);
    expect(inspect(error, { depth: 20 })).not.toContain(KEY);
  });
});
