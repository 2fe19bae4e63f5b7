import type { GraphQLResolveInfo } from 'graphql';
import type { RecordRef } from '#lib/record-ref.ts';
import { selectsOnly } from './selects-only.ts';

/** Fields of a record that every reference to it already knows. */
export const REFERENCE_FIELDS: ReadonlySet<string> = new Set(['id', 'sourceId', 'source']);

/**
 * A record as a reference knows it, when nothing more is asked of it; else null, and the record must be loaded. The model's other
 * properties are absent: only `fields` may be read, which is what was just checked.
 */
export const referenceTo = <M extends RecordRef>(
  known: Partial<M> & RecordRef<M['type']>,
  info: GraphQLResolveInfo,
  fields: ReadonlySet<string> = REFERENCE_FIELDS,
): M | null => (selectsOnly(info, fields, known.type) ? (known as M) : null);
