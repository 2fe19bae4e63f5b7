import { z } from 'zod';

/** The background picture of every source. */
export const indexOptions = z
  .strictObject({
    enabled: z.boolean().default(true),
    refreshSeconds: z
      .int()
      .min(5)
      .max(86_400)
      .default(300)
      .describe('Least time between two looks at a source. An index nobody asks is not refreshed.'),
    directory: z
      .string()
      .min(1)
      .nullable()
      .default('.inventory')
      .describe('Where pictures are kept between runs, so that a restart costs no requests. null: nowhere.'),
  })
  .prefault({});
