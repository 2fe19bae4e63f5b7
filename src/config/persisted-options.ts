import { z } from 'zod';

/** Operations that clients name by a hash instead of sending them. Switches left out follow the profile. */
export const persistedOptions = z
  .strictObject({
    manifest: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('JSON file of documents by hash, as GraphQL Code Generator’s client preset writes it.'),
    trustedOnly: z.boolean().optional().describe('Runs nothing but the documents of the manifest.'),
    automatic: z.boolean().optional().describe('Remembers documents by the SHA-256 that came with them (APQ).'),
    automaticBytes: z
      .int()
      .min(1000)
      .max(1_000_000_000)
      .default(4_000_000)
      .describe('Most memory for remembered documents; the ones unused longest are forgotten.'),
  })
  .superRefine(({ manifest, trustedOnly, automatic }, context) => {
    if (trustedOnly && manifest === null)
      context.addIssue({
        code: 'custom',
        path: ['manifest'],
        message: 'expected a file with trustedOnly, got nothing',
      });
    if (trustedOnly && automatic)
      context.addIssue({ code: 'custom', path: ['automatic'], message: 'expected false with trustedOnly, got true' });
  })
  .prefault({});
