import { z } from 'zod';
import { orNull, rowId } from '../wire-values.ts';

/** Null and absent are the same in every optional value: versions differ in which one they send. */
export const optionalId = orNull(rowId);
export const optionalText = orNull(z.string());
export const optionalNumber = orNull(z.number().int());
export const optionalFlag = orNull(z.boolean());

/** Text where empty means that there is none. */
export const filledText = optionalText.transform((text) => text || null);

/** References that cannot be read are left out: they may dangle anyway. */
export const idList = z
  .array(z.unknown())
  .nullish()
  .catch([])
  .transform((ids) => (ids ?? []).filter((id) => typeof id === 'string').map((id) => id.toLowerCase()));

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
