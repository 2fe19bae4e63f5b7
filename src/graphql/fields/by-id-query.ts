import type { ObjectRef } from '@pothos/core';
import type { RecordRef } from '#lib/record-ref.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import type { BuilderTypes } from '../builder.ts';
import type { NodeOptions } from '../entity.ts';

/** One record by its global id, as `node` gives it, for clients that know its type. */
export const byIdQuery = (
  t: PothosSchemaTypes.QueryFieldBuilder<BuilderTypes, BuilderTypes['Root']>,
  type: ObjectRef<BuilderTypes, RecordRef>,
  { load, price }: NodeOptions<RecordRef>,
) =>
  t.field({
    type,
    nullable: true,
    description: 'One record by its global id; null when it is unknown or hidden from the key.',
    extensions: { price },
    args: { id: t.arg.id({ required: true, description: 'Its global id.' }) },
    resolve: (_, { id }, context) => load(context, decodeGlobalId(id, type.name)),
  });
