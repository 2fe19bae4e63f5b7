import { readFileSync } from 'node:fs';
import type { ConfigProblem } from './config-error.ts';
import { pathText } from './describe-issue.ts';
import type { SourceKindSettings } from './source-options.ts';

type Tree = Record<string, unknown>;

const onOrOff = (text: string): unknown => (text === 'on' ? true : text === 'off' ? false : text);

/** Which variable sets which path of the configuration. */
const VARIABLES: Readonly<
  Record<string, { readonly section: string; readonly key: string; readonly read: (text: string) => unknown }>
> = {
  HOST: { section: 'server', key: 'host', read: String },
  PORT: { section: 'server', key: 'port', read: (text) => (/^\d+$/.test(text) ? Number(text) : text) },
  INVENTORY_PROFILE: { section: 'server', key: 'profile', read: String },
  INVENTORY_INDEX: { section: 'index', key: 'enabled', read: onOrOff },
  INVENTORY_ALLOW_OPEN_NETWORK: { section: 'auth', key: 'allowOpenNetwork', read: onOrOff },
  OTEL_EXPORTER_OTLP_ENDPOINT: { section: 'tracing', key: 'endpoint', read: String },
  HISTORY_URL: { section: 'history', key: 'url', read: String },
  REDIS_URL: { section: 'redis', key: 'url', read: String },
  INVENTORY_REPLICAS: {
    section: 'redis',
    key: 'replicas',
    read: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  },
  LOG_LEVEL: { section: 'log', key: 'level', read: String },
};

/** The name under which the reader of a problem set the value at `path`. */
export const variableAt = (environment: Environment, path: string): string | null =>
  Object.entries(VARIABLES).find(
    ([name, { section, key }]) => environment[name] && path === `${section}.${key}`,
  )?.[0] ?? null;

/** The environment wins over the file. Empty variables count as not set. */
export const withEnvironment = (file: Tree, environment: Environment, problems: ConfigProblem[]): Tree => {
  const result: Tree = { ...file };
  for (const [name, { section, key, read }] of Object.entries(VARIABLES)) {
    const text = environment[name];
    if (!text) continue;
    const value = read(text);
    if (read === onOrOff && typeof value !== 'boolean') {
      problems.push({ path: name, message: `expected "on" or "off", got ${JSON.stringify(text)}` });
      continue;
    }
    result[section] = { ...(result[section] as Tree | undefined), [key]: value };
  }
  return result;
};

/**
 * One source of each kind, from `<KIND>_URL` and `<KIND>_API_KEY`. Only for a configuration whose file lists no sources;
 * where it does, these variables are there to be referred to.
 */
export const sourcesFromEnvironment = (
  kinds: readonly SourceKindSettings[],
  environment: Environment,
  problems: ConfigProblem[],
): Tree[] =>
  kinds.flatMap(({ name: kind }) => {
    const prefix = kind.toUpperCase();
    const url = environment[`${prefix}_URL`];
    const apiKey = environment[`${prefix}_API_KEY`];
    if (!url && !apiKey) return [];
    if (!url)
      problems.push({ path: `${prefix}_URL`, message: `expected the URL that ${prefix}_API_KEY is for, got nothing` });
    return url ? [{ name: kind, kind, url, ...(apiKey && { apiKey }) }] : [];
  });

export type Environment = Readonly<Record<string, string | undefined>>;

/** Gets the path of every file that a configuration is made of, before it is read. */
export interface FileNotes {
  add(path: string): void;
}

/** What references are read from, and where it is noted what became of them. */
export interface References {
  readonly environment: Environment;
  readonly files: FileNotes;
  readonly problems: ConfigProblem[];
}

const REFERENCE = /\$\{([^}]*)\}/g;
const FILE = 'file:';

/**
 * Replaces `${NAME}` by an environment variable and `${file:PATH}` by what a file holds, in every text of the tree. One that is not
 * there (or empty) is a problem, and leaves the text out.
 */
export const expandReferences = (
  value: unknown,
  references: References,
  path: readonly PropertyKey[] = [],
): unknown => {
  if (typeof value === 'string') return expandText(value, references, path);
  if (Array.isArray(value)) return value.map((item, i) => expandReferences(item, references, [...path, i]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expandReferences(item, references, [...path, key])]),
  );
};

const expandText = (text: string, references: References, path: readonly PropertyKey[]): string | undefined => {
  const { environment, files, problems } = references;
  const names = new Set([...text.matchAll(REFERENCE)].map((match) => match[1] ?? ''));
  const missing: string[] = [];
  const values = new Map<string, string>();
  for (const name of names) {
    if (!name.startsWith(FILE)) {
      if (environment[name]) values.set(name, environment[name]);
      else missing.push(name);
      continue;
    }
    const file = name.slice(FILE.length);
    files.add(file);
    const held = readText(file);
    if (held.text) values.set(name, held.text);
    else
      problems.push({
        path: pathText(path),
        message: `refers to \${${name}}, expected a file with one text, got ${held.why}`,
      });
  }
  if (missing.length > 0) {
    const list = missing.map((name) => `\${${name}}`).join(', ');
    problems.push({
      path: pathText(path),
      message: `refers to ${list}, expected that environment variable to be set, got nothing`,
    });
  }
  if (values.size < names.size) return undefined;
  return text.replace(REFERENCE, (_, name: string) => values.get(name) ?? '');
};

/** Without the line break at its end, which editors add. */
const readText = (file: string): { readonly text: string; readonly why: string } => {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return { text, why: 'an empty one' };
  } catch (error) {
    return { text: '', why: `none that can be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})` };
  }
};
