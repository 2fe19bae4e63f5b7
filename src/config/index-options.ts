import { z } from 'zod';

/** The background picture of every source. */
export const indexOptions = z
  .strictObject({
    enabled: z.boolean().default(true),
    budgetShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('Share of each budget the index may use while people are asking.'),
    refreshSeconds: z.int().min(5).max(86_400).default(300),
  })
  .prefault({});
