import { z } from 'zod';

/** The index: a snapshot of every source, read in the background. */
export const indexOptions = z
  .strictObject({
    enabled: z.boolean().default(true),
    refreshSeconds: z
      .int()
      .min(5)
      .max(86_400)
      .default(300)
      .describe('Least time between two readings of a source. An index that is not used is not refreshed.'),
    directory: z
      .string()
      .min(1)
      .nullable()
      .default('.inventory')
      .describe('Where snapshots are kept between runs, so that a restart costs no requests. null: nowhere.'),
  })
  .prefault({});
