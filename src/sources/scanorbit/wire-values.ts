import { z } from 'zod';
import { rowId } from '../wire-values.ts';

/**
 * The scalar shapes of ScanOrbit's JSON. Both editions of the server are accepted everywhere, unknown keys are dropped, and only what a
 * model cannot do without is required.
 */

export const optionalRowId = rowId.nullish().transform((id) => id ?? null);

/** Null and the empty string stay what they are: a filter distinguishes them. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);

/** Free text where empty means that there is none. */
export const message = z
  .string()
  .nullish()
  .transform((text) => text || null);

export const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

export const wholeNumber = z.number().int();

export const optionalCount = wholeNumber.nullish().transform((count) => count ?? 0);

/** A word of an open vocabulary as one of ours, `UNKNOWN` where it is none. */
export const wordOf = <W extends string>(words: readonly W[], aliases: Readonly<Record<string, W>> = {}) => {
  const known = new Map<string, W>([...words.map((word) => [word, word] as const), ...Object.entries(aliases)]);
  return z
    .string()
    .nullish()
    .transform((text) => known.get((text ?? '').toUpperCase()) ?? ('UNKNOWN' as W));
};

/** `{key: count}` objects; their keys are data, so the model lists them. */
export const counts = z
  .record(z.string(), z.number())
  .nullish()
  .transform((record) => Object.entries(record ?? {}).map(([key, count]) => ({ key, count })));
