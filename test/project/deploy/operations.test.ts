import { describe, expect, it } from 'vitest';
import { completedConfig } from '#config/config.ts';
import { NEEDS_RESTART } from '#config/reload-settings.ts';
import { configSchema } from '#sources/kinds.ts';
import { settingPaths } from '../../support/setting-paths.ts';
import { read } from './read-deploy.ts';

const valueAt = (config: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], config);

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') || 'none' : String(value));

const document = read('docs/operations.md');
const code = new Set([...document.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]));

describe('docs/operations.md', () => {
  it('mentions every setting there is', () => {
    const paths = settingPaths(configSchema);
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !code.has(path))).toEqual([]);
  });

  it('mentions no setting that is not there', () => {
    const paths = settingPaths(configSchema);
    const sections = Object.keys(configSchema.shape).join('|');
    const named = [...code].filter((text) => text && new RegExp(`^(${sections})(\\[\\])?\\.`).test(text)) as string[];
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => !paths.some((path) => path === name || path.startsWith(`${name}.`)))).toEqual([]);
  });

  it('states the default of each setting that has one in every profile', () => {
    const config = completedConfig(configSchema).parse({});
    const rows = [...document.matchAll(/^\| ((?:`[^`]+` ?)+) \| ([^|]*) \|/gm)];
    const stated = rows.flatMap(([, names = '', text = '']) => {
      const paths = [...names.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
      const values = text.split(', ');
      return paths.length === values.length ? paths.map((path, i) => [path, values[i]] as const) : [];
    });
    const literal = stated.filter(
      ([path, value = '']) => /^[\w.:-]+$/.test(value) && valueAt(config, path) !== undefined,
    );
    expect(literal.length).toBeGreaterThan(40);
    for (const [path, value] of literal) expect([path, value]).toEqual([path, textOf(valueAt(config, path))]);
  });

  it('names the settings that need a restart, and no others', () => {
    const [, list = ''] = /- Some settings hold from the next start on: ([^.]*(?:\.\w[^.]*)*)\. /.exec(document) ?? [];
    const named = [...list.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
    expect(named.toSorted()).toEqual(NEEDS_RESTART.toSorted());
  });

  it('mentions every environment variable that sets something', () => {
    const variables = [...read('src/config/environment.ts').matchAll(/^ {2}([A-Z][A-Z_]+): \{/gm)].map(
      ([, name]) => name,
    );
    expect(variables.length).toBeGreaterThan(5);
    expect(variables.filter((name) => !code.has(name))).toEqual([]);
  });
});
