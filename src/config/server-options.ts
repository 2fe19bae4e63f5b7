import { z } from 'zod';
import { operatorOptions } from './operator-options.ts';

/** Where and how the gateway listens. Switches left out follow the profile. */
export const serverOptions = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(0).max(65_535).default(4000).describe('0: any free port.'),
    profile: z.enum(['development', 'production']).default('development'),
    graphiql: z.boolean().optional(),
    introspection: z.boolean().optional(),
    fieldSuggestions: z.boolean().optional(),
    queriesOverGet: z.boolean().optional().describe('Run documents that come in an address, whoever sends them.'),
    allowCacheBypass: z.boolean().optional().describe('Obey `Cache-Control: no-cache` of clients.'),
    cors: z
      .strictObject({
        origins: z
          .array(z.string().regex(/^(\*|https?:\/\/[^/]+)$/, 'expected an origin such as https://app.example.com'))
          .default([]),
        credentials: z.boolean().default(false),
      })
      .refine(({ origins, credentials }) => !credentials || !origins.includes('*'), {
        path: ['origins'],
        message: 'expected listed origins with credentials, got "*"',
      })
      .prefault({}),
    operator: operatorOptions,
    shutdownGraceMs: z.int().min(0).max(600_000).default(15_000),
  })
  .prefault({});
