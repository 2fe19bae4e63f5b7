import { z } from 'zod';

/** The value, or null where it is absent or cannot be read: an odd value of no importance is no reason to lose its row. */
export const orNull = <T>(schema: z.ZodType<T>) =>
  schema
    .nullish()
    .catch(null)
    .transform((value): T | null => value ?? null);

/** Any text that is not empty is accepted as an id from a server; lower case, so that ids compare. */
export const rowId = z
  .string()
  .min(1)
  .transform((id) => id.toLowerCase());

/** RFC 3339 with any number of fractional digits: kept as text, because `Date` keeps three. */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i);

export const optionalInstant = orNull(instant);
