import { z } from 'zod';
import { secret } from './secret-text.ts';

/** Redis, through which several gateways over the same sources keep one upstream limit together. */
export const redisOptions = z
  .strictObject({
    url: secret
      .refine((url) => /^rediss?:\/\//.test(url.reveal()), 'expected a redis:// or rediss:// URL')
      .nullable()
      .default(null)
      .describe('Valkey or Redis; may hold a password. null: every process is on its own.'),
    keyPrefix: z
      .string()
      .regex(/^[\w.-]+$/, 'expected letters, digits, "_", "-" and "."')
      .default('inventory')
      .describe('Put before every key: gateways that share one must share configuration too.'),
    replicas: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe('Gateways that divide the budget when Redis is lost; default: as many as were last seen.'),
  })
  .prefault({});
