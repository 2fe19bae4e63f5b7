import { z } from 'zod';
import { Secret } from '#lib/secret.ts';

/** A non-empty text that is wrapped as it enters, so that it can be sent but never printed. */
export const secret = z
  .string()
  .min(1)
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'expected visible ASCII characters without spaces')
  .transform((text) => new Secret(text));

/** What a source may be called. */
export const SOURCE_NAME = /^[a-z0-9][a-z0-9_-]*$/;

/** Reports what is wrong at `path` within the value that is checked. */
export const addProblem = (context: z.core.$RefinementCtx, path: PropertyKey[], message: string): void =>
  context.addIssue({ code: 'custom', path, message });
