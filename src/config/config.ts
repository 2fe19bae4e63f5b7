import { z } from 'zod';
import { authOptions } from './auth-options.ts';
import { limits } from './limits.ts';
import {
  cacheOptions,
  correlationOptions,
  federationOptions,
  historyOptions,
  indexOptions,
  logOptions,
  mcpOptions,
  persistedOptions,
  questionOptions,
  redisOptions,
  subscriptionOptions,
  tracingOptions,
} from './sections.ts';
import { serverOptions } from './server-options.ts';
import { type SourceKindSettings, sourceList } from './source-options.ts';
import { addProblem } from './values.ts';
import { checkWatches, watchList } from './watch-options.ts';

/** The schema of the configuration: every section, in the order of the documentation. */
export const configSchema = (kinds: readonly SourceKindSettings[]) =>
  z
    .strictObject({
      sources: sourceList(kinds).default([]),
      server: serverOptions,
      auth: authOptions,
      limits: limits(kinds),
      persisted: persistedOptions,
      cache: cacheOptions,
      index: indexOptions,
      history: historyOptions,
      correlation: correlationOptions,
      federation: federationOptions,
      questions: questionOptions,
      watches: watchList.default([]),
      mcp: mcpOptions,
      subscriptions: subscriptionOptions,
      redis: redisOptions,
      log: logOptions,
      tracing: tracingOptions,
    })
    .superRefine((config, context) => {
      const known = new Set(config.sources.map((source) => source.name));
      const check = (name: string, path: (string | number)[]) => {
        if (known.has(name)) return;
        addProblem(
          context,
          path,
          `expected the name of a source (${[...known].join(', ') || 'there is none'}), got ${JSON.stringify(name)}`,
        );
      };
      for (const [tenant, { sources }] of Object.entries(config.auth.tenants)) {
        for (const [i, name] of sources.entries()) check(name, ['auth', 'tenants', tenant, 'sources', i]);
      }
      checkWatches(config, context);
      if (config.auth.mode === 'passthrough') return;
      for (const [i, source] of config.sources.entries()) {
        if (source.apiKey) continue;
        addProblem(
          context,
          ['sources', i, 'apiKey'],
          'expected a key, got nothing (only auth mode "passthrough" goes without)',
        );
      }
    });

/** What was set, and what the profile makes of the rest. */
export const completedConfig = (schema: ConfigSchema) => schema.transform(withProfile);

export type ConfigSchema = ReturnType<typeof configSchema>;

export type ConfigInput = z.input<ConfigSchema>;

/** Validated and deeply frozen; trusted everywhere inside. */
export type GatewayConfig = DeepReadonly<z.output<ReturnType<typeof completedConfig>>>;

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends { reveal(): string }
    ? T
    : T extends object
      ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
      : T;

/** Operations of one viewer, in production. */
const PRODUCTION_RATE = { operations: 6000, windowSeconds: 60 };

/** Fills what was left to the profile, and to other sections. Whatever was set stays. */
const withProfile = (config: z.output<ConfigSchema>) => {
  const { server, auth, limits, persisted, mcp } = config;
  const isProduction = server.profile === 'production';
  const { port, token } = server.operator;
  const trustedOnly = persisted.trustedOnly ?? (isProduction && persisted.manifest !== null);
  return {
    ...config,
    server: {
      ...server,
      graphiql: server.graphiql ?? !isProduction,
      introspection: server.introspection ?? !isProduction,
      fieldSuggestions: server.fieldSuggestions ?? !isProduction,
      queriesOverGet: server.queriesOverGet ?? !isProduction,
      allowCacheBypass: server.allowCacheBypass ?? !isProduction,
      operator: {
        ...server.operator,
        open:
          server.operator.open ?? (Object.keys(auth.tenants).length === 0 && port === undefined && token === undefined),
      },
    },
    limits: {
      ...limits,
      // Without authentication all callers are one viewer, so a rate for each viewer would be one rate for all.
      rate: limits.rate !== undefined ? limits.rate : isProduction && auth.mode !== 'none' ? PRODUCTION_RATE : null,
    },
    persisted: { ...persisted, trustedOnly, automatic: persisted.automatic ?? !trustedOnly },
    mcp: { ...mcp, enabled: mcp.enabled ?? !isProduction, runQuery: mcp.runQuery ?? !(isProduction || trustedOnly) },
  };
};
