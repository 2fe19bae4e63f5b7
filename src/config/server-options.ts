import { z } from 'zod';
import { addProblem, secret } from './values.ts';

/** `/metrics`, and which source is how in `/readyz`: pages for whoever runs the gateway, since they name every source. */
const operatorOptions = z
  .strictObject({
    open: z
      .boolean()
      .optional()
      .describe('Shows them to whoever asks. Default: only without tenants, and without a port or token of their own.'),
    port: z.int().min(0).max(65_535).optional().describe('A port of their own; the main port then has none of them.'),
    host: z.string().min(1).optional().describe('Address for that port; default: that of the main port.'),
    token: secret.optional().describe('Callers must send it: `Authorization: Bearer …`.'),
  })
  .superRefine(({ open, token }, context) => {
    if (open && token) addProblem(context, ['open'], 'expected no token, got one');
  })
  .prefault({});

/** Where and how the gateway listens. Switches left out follow the profile. */
export const serverOptions = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(0).max(65_535).default(4000).describe('0: any free port.'),
    profile: z.enum(['development', 'production']).default('development'),
    graphiql: z.boolean().optional(),
    explorer: z.boolean().default(true).describe('Serve the pages at `/explore`.'),
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
    compressFromBytes: z
      .int()
      .min(0)
      .max(100_000_000)
      .nullable()
      .default(1024)
      .describe('Answers from this size on are compressed for clients that accept it; null: none.'),
    operator: operatorOptions,
    threads: z
      .int()
      .min(0)
      .max(64)
      .default(0)
      .describe(
        'Threads that take the connections and repeat kept answers by themselves; 0: the main thread does. Linux.',
      ),
    reload: z.boolean().default(true).describe('Take what changes in the configuration file and in files it names.'),
    shutdownGraceMs: z.int().min(0).max(600_000).default(15_000),
  })
  .prefault({});
