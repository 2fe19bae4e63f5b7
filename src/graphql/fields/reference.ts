import type { ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { RecordRef, RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import type { BuilderTypes } from '../builder.ts';
import type { PriceOf } from '../pricing/price.ts';
import { unlessNamed } from '../pricing/prices.ts';
import { REFERENCE_FIELDS, referenceTo } from '../relay/reference.ts';

interface ReferenceOptions<Parent, M extends RecordRef> {
  readonly description: string;
  /** Of loading the record. */
  readonly price: PriceOf;
  /** The record that the parent names; null when it names none. */
  readonly ref: (parent: Parent) => RowRef | null;
  readonly load: (context: RequestContext, ref: RowRef, parent: Parent) => Promise<M | null>;
}

/** For `t.field`: the record that another one names. Nothing is read where no more is asked of it than its name tells. */
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
    const known = { ...named, type: type.name } as Partial<M> & RecordRef<M['type']>;
    return referenceTo<M>(known, info) ?? load(context, named, parent);
  },
});
