import { z } from 'zod';

/** Ids are lower-case UUIDs; anything non-empty is accepted from a server, lower-cased so that ids compare. */
export const rowId = z
  .string()
  .min(1)
  .transform((id) => id.toLowerCase());

export const optionalId = rowId
  .nullish()
  .catch(null)
  .transform((id) => id ?? null);

/** References that cannot be read are left out: they may dangle anyway. */
export const idList = z
  .array(z.unknown())
  .nullish()
  .catch([])
  .transform((ids) => (ids ?? []).filter((id) => typeof id === 'string').map((id) => id.toLowerCase()));

/** RFC 3339 with up to nine fractional digits: kept as text, because `Date` keeps three. */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i);

export const optionalInstant = instant
  .nullish()
  .catch(null)
  .transform((at) => at ?? null);

/** Null and absent are the same: versions differ in which one they send. */
export const optionalText = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text ?? null);

/** Text where empty means that there is none. */
export const filledText = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text || null);

export const optionalNumber = z
  .number()
  .int()
  .nullish()
  .catch(null)
  .transform((number) => number ?? null);

export const optionalFlag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((flag) => flag ?? null);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the server can know such an id: it refuses a whole call for one that it cannot parse. */
export const isRowId = (id: string): boolean => UUID.test(id);

type Camel<Key extends string> = Key extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Key;

/**
 * The row with its keys as our models spell them: `network_id` becomes `networkId`. Not for hosts and services, of which there are
 * thousands: to name their keys one by one takes a third of the time.
 */
export const camelCased = <Row extends object>(row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), value]),
  ) as { [Key in keyof Row as Camel<Key & string>]: Row[Key] };
