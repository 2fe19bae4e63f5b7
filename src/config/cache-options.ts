import { z } from 'zod';

export const cacheOptions = z
  .strictObject({
    maxBytes: z
      .int()
      .min(0)
      .max(64_000_000_000)
      .default(128_000_000)
      .describe('Approximate size of cached answers; 0 turns the cache off.'),
  })
  .prefault({});
