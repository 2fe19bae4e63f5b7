import { z } from 'zod';
import { authOptions } from './auth-options.ts';
import { cacheOptions } from './cache-options.ts';
import { correlationOptions } from './correlation-options.ts';
import { federationOptions } from './federation-options.ts';
import { indexOptions } from './index-options.ts';
import { limits } from './limits.ts';
import { logOptions } from './log-options.ts';
import { persistedOptions } from './persisted-options.ts';
import { withProfile } from './profile.ts';
import { redisOptions } from './redis-options.ts';
import { serverOptions } from './server-options.ts';
import type { SourceKindSettings } from './source-kind-settings.ts';
import { sourceList } from './source-options.ts';
import { subscriptionOptions } from './subscription-options.ts';
import { tracingOptions } from './tracing-options.ts';

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
      correlation: correlationOptions,
      federation: federationOptions,
      subscriptions: subscriptionOptions,
      redis: redisOptions,
      log: logOptions,
      tracing: tracingOptions,
    })
    .superRefine((config, context) => {
      const known = new Set(config.sources.map((source) => source.name));
      const check = (name: string, path: (string | number)[]) => {
        if (known.has(name)) return;
        context.addIssue({
          code: 'custom',
          path,
          message: `expected the name of a source (${[...known].join(', ') || 'there is none'}), got ${JSON.stringify(name)}`,
        });
      };
      for (const [tenant, { sources }] of Object.entries(config.auth.tenants)) {
        for (const [i, name] of sources.entries()) check(name, ['auth', 'tenants', tenant, 'sources', i]);
      }
      if (config.auth.mode === 'passthrough') return;
      for (const [i, source] of config.sources.entries()) {
        if (source.apiKey) continue;
        context.addIssue({
          code: 'custom',
          path: ['sources', i, 'apiKey'],
          message: 'expected a key, got nothing (only auth mode "passthrough" goes without)',
        });
      }
    });

/** What was set, and what the profile makes of the rest. */
export const completedConfig = (schema: ConfigSchema) => schema.transform((config) => withProfile(config));

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
