import { z } from 'zod';
import { Secret } from '#lib/secret.ts';

/** A non-empty text that is wrapped as it enters, so that it can be sent but never printed. */
export const secret = z
  .string()
  .min(1)
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'expected visible ASCII characters without spaces')
  .transform((text) => new Secret(text));
