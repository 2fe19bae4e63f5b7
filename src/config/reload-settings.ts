import { Secret } from '#lib/secret.ts';
import type { GatewayConfig } from './config.ts';

/** Sections and settings that the running gateway takes from a file that has changed. */
export const APPLIED_BY_RELOAD: readonly string[] = [
  ...['sources', 'auth', 'limits', 'correlation', 'questions', 'watches', 'mcp', 'subscriptions', 'log'],
  ...['persisted.manifest', 'persisted.trustedOnly', 'persisted.automatic'],
  ...['server.profile', 'server.graphiql', 'server.explorer', 'server.introspection', 'server.fieldSuggestions'],
  ...['server.queriesOverGet', 'server.allowCacheBypass', 'server.cors', 'server.compressFromBytes'],
  ...['server.operator.open', 'server.operator.token', 'server.shutdownGraceMs'],
];

/** Sections and settings that stay as they were at the start: addresses, files and memory that are taken once. */
export const NEEDS_RESTART: readonly string[] = [
  ...['server.host', 'server.port', 'server.threads', 'server.operator.port', 'server.operator.host', 'server.reload'],
  ...['persisted.automaticBytes', 'cache', 'index', 'history', 'federation', 'redis', 'tracing'],
];

interface Reloaded {
  /** The new configuration, with the former values of what needs a restart. */
  readonly config: GatewayConfig;
  /** Paths of settings that have changed and wait for a restart. */
  readonly waiting: readonly string[];
}

/** What of `next` a gateway that runs with `current` can take. */
export const applicable = (current: GatewayConfig, next: GatewayConfig): Reloaded => {
  const waiting = NEEDS_RESTART.filter((path) => !isSame(valueAt(current, path), valueAt(next, path)));
  return { config: waiting.reduce((config, path) => withValue(config, path, valueAt(current, path)), next), waiting };
};

/** Whether two parts of configurations say the same, secrets included. */
export const isSame = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);

const textOf = (value: unknown): string | undefined =>
  JSON.stringify(value, function (this: Record<string, unknown>, key, written: unknown) {
    const held = this[key];
    return held instanceof Secret ? held.fingerprint : written;
  });

type Tree = Readonly<Record<string, unknown>>;

const valueAt = (config: GatewayConfig, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Tree)[key], config);

const withValue = <T>(tree: T, path: string, value: unknown): T => {
  const [key = '', ...rest] = path.split('.');
  const inside = (tree as Tree)[key];
  return Object.freeze({ ...tree, [key]: rest.length > 0 ? withValue(inside, rest.join('.'), value) : value });
};
