import type { ObjectRef } from '@pothos/core';
import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { getOrMake } from '#lib/get-or-make.ts';
import type { RecordRef, RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import type { BuilderTypes } from '../builder.ts';
import type { PriceOf } from '../pricing/price.ts';
import { unlessNamed } from '../pricing/prices.ts';
import { type Selecting, selectedNames } from '../selected-fields.ts';

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

/**
 * Whether nothing but these fields is asked of a field's object, of that type where it is known: then a record known by name only
 * need not be fetched.
 */
export const selectsOnly = (selecting: Selecting, names: ReadonlySet<string>, type?: string): boolean => {
  for (const name of namesOf(selecting, type)) if (!names.has(name)) return false;
  return true;
};

/** Asked for every row of a list with the same nodes, which belong to one document and one schema. */
const namesOf = (selecting: Selecting, type: string | undefined): ReadonlySet<string> => {
  const byType = getOrMake(known, selecting.fieldNodes, () => new Map<string | undefined, ReadonlySet<string>>());
  return getOrMake(byType, type, () => selectedNames(selecting, type));
};

const known = new WeakMap<readonly FieldNode[], Map<string | undefined, ReadonlySet<string>>>();

interface ReferenceOptions<Parent, M extends RecordRef> {
  readonly description: string;
  /** Of loading the record. */
  readonly price: PriceOf;
  /** The record that the parent names; null when it names none. */
  readonly ref: (parent: Parent) => RowRef | null;
  readonly load: (context: RequestContext, ref: RowRef, parent: Parent) => M | null | Promise<M | null>;
}

/** For `t.field`: the record that another one names. Nothing is read where no more is asked of it than its name says. */
export const reference = <Parent, M extends RecordRef>(
  type: ObjectRef<BuilderTypes, M>,
  { description, price, ref, load }: ReferenceOptions<Parent, M>,
) => ({
  type,
  nullable: true as const,
  description,
  extensions: { price: unlessNamed(REFERENCE_FIELDS, price) },
  resolve: (parent: Parent, _: object, context: RequestContext, info: GraphQLResolveInfo) => {
    const named = ref(parent);
    if (!named) return null;
    if (!selectsOnly(info, REFERENCE_FIELDS, type.name)) return load(context, named, parent);
    return { ...named, type: type.name } as unknown as M;
  },
});
