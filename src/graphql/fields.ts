import type { EnumRef, InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { KeyedList } from '#lib/keyed-list.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { RequestContext } from '#loading/context.ts';
import type { RecordSet } from '#loading/record-set.ts';
import type { SourceOf } from '#sources/source-set.ts';
import { type BuilderTypes, builder } from './builder.ts';
import type { NodeOptions } from './entity.ts';
import type { PriceOf } from './pricing/price.ts';
import { fromWholeSet, wholeSet } from './pricing/prices.ts';
import { type ConnectionModel, connect, pageArgs } from './relay/connection.ts';
import { connectKeyed } from './relay/keyed-connection.ts';

type ObjectFields<Parent> = PothosSchemaTypes.ObjectFieldBuilder<BuilderTypes, Parent>;
type QueryFields = PothosSchemaTypes.QueryFieldBuilder<BuilderTypes, BuilderTypes['Root']>;

interface Dated {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** `createdAt` and `updatedAt`. They are the source's: not when the thing itself was made or changed. */
export const recordDates = <Parent extends Dated>(
  t: ObjectFields<Parent>,
  created = 'When its source first recorded it.',
) => ({
  createdAt: t.field({ type: 'DateTime', description: created, resolve: ({ createdAt }) => createdAt }),
  updatedAt: t.field({
    type: 'DateTime',
    description: 'When its record last changed.',
    resolve: ({ updatedAt }) => updatedAt,
  }),
});

/** Properties of a model that hold a value of this type. */
type NamesOf<Parent, Value> = keyof { [Name in keyof Parent as Parent[Name] extends Value ? Name : never]: true };

/** A moment that may be unknown, as the model's property of this name has it. */
export const dateOrNull = <Parent>(
  t: ObjectFields<Parent>,
  name: NamesOf<Parent, string | null>,
  description: string,
) => t.field({ type: 'DateTime', nullable: true, description, resolve: (parent) => parent[name] as string | null });

/** A text that may be unknown, as the model's property of this name has it. */
export const textOrNull = <Parent>(
  t: ObjectFields<Parent>,
  name: NamesOf<Parent, string | null>,
  description: string,
) => t.string({ nullable: true, description, resolve: (parent) => parent[name] as string | null });

interface PagedOptions<Parent, Row, Args extends InputFieldMap> {
  readonly description: string;
  readonly price?: PriceOf;
  /** Its own arguments, besides the four of every page. */
  readonly args?: Args;
  readonly list: (
    parent: Parent,
    args: InputShapeFromFields<Args>,
    context: RequestContext,
    info: GraphQLResolveInfo,
  ) => ListOf<Row> | Promise<ListOf<Row>>;
}

type ListOf<Row> = SlicedList<Row> | KeyedList<Row>;

/** A list in pages (Relay); null, with an error, when it cannot be read. */
export const pagedField = <Parent, Row, Args extends InputFieldMap = Record<never, never>>(
  t: PothosSchemaTypes.RootFieldBuilder<BuilderTypes, Parent>,
  type: ObjectRef<BuilderTypes, ConnectionModel<Row>>,
  { description, price, args, list }: PagedOptions<Parent, Row, Args>,
) =>
  t.field({
    type,
    nullable: true,
    description,
    extensions: price ? { price } : {},
    args: { ...pageArgs(t), ...args },
    resolve: async (parent: Parent, given: object, context: RequestContext, info: GraphQLResolveInfo) => {
      const rows = await list(parent, given as InputShapeFromFields<Args>, context, info);
      return 'keys' in rows ? connectKeyed(rows, given) : connect(rows, given);
    },
  });

/** How a record of a set that is read whole is fetched again. @param name of the set, among the prices */
export const nodeOfSet = <S extends SourceSide, M extends RecordRef>(
  set: RecordSet<S, M>,
  name: string,
): NodeOptions<M> => ({
  load: (context, ref) => set.byId(context).load(ref),
  price: fromWholeSet(set.side, name),
});

/** Every record of such a set that the viewer may read, in the order of the sources. */
export const everyOfSet = <S extends SourceSide, M extends RecordRef>(
  t: QueryFields,
  type: ObjectRef<BuilderTypes, M>,
  set: RecordSet<S, M>,
  name: string,
  description: string,
) =>
  t.field({
    type: [type],
    nullable: true,
    description,
    extensions: { price: wholeSet(set.side, name) },
    resolve: (_, __, context, info) => {
      const sources = context.sources.all.filter(({ side }) => side === set.side) as unknown as SourceOf<S>[];
      return set.every(context, info, sources) as never;
    },
  });

const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end comes first.',
  values: {
    ASC: { description: 'Smallest, oldest, A first.' },
    DESC: { description: 'Greatest, newest, Z first.' },
  } as const,
});

/** What a list can be ordered by, and in which direction. */
export const orderInput = <Field extends string>(
  name: string,
  description: string,
  fieldType: EnumRef<BuilderTypes, Field>,
  usual: 'ASC' | 'DESC' = 'ASC',
) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      field: t.field({ type: fieldType, required: true, description: 'What to order by.' }),
      direction: t.field({
        type: OrderDirection,
        required: true,
        defaultValue: usual,
        description: 'Which end comes first.',
      }),
    }),
  });
