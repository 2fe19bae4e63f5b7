import type {
  InterfaceRef,
  ObjectFieldsShape,
  ObjectRef,
  QueryFieldsShape,
  SubscriptionFieldsShape,
} from '@pothos/core';
import type { GraphQLSchema } from 'graphql';
import type { AssetRecord } from '#entities/dependency/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import type { SourceSide } from '#lib/source-side.ts';
import { type BuilderTypes, builder } from './builder.ts';
import type { AssetEntity, AssetOptions, ByNaturalKey, Entity, NodeOptions } from './entity.ts';
import { InventoryAsOf, type InventoryAsOfModel } from './inventory-as-of.ts';
import { Node, nodeQueries } from './relay/node.ts';
import './scalars.ts';

/** What only the records that {@link AssetRecord} lists must declare, and no others may. */
type AssetPart<M extends RecordRef> = M extends AssetRecord
  ? { readonly interfaces: readonly [InterfaceRef<BuilderTypes, AssetRecord>]; readonly asset: AssetOptions<M> }
  : { readonly interfaces?: never; readonly asset?: never };

/** The same where the type of the records is not known any more. */
interface AnyAssetPart {
  readonly interfaces?: readonly InterfaceRef<BuilderTypes, AssetRecord>[];
  readonly asset?: AssetOptions<AssetRecord>;
}

/** Everything the gateway asks of a type of records. What is left out, does not compile. */
export type EntityOptions<M extends RecordRef> = AssetPart<M> & {
  readonly description: string;
  /** Which side of the graph it speaks of. */
  readonly side: SourceSide;
  /** For `node(id:)`, and for whatever names one record. */
  readonly node: NodeOptions<M>;
  /** Keys besides `id` that other subgraphs really hold, by the field that shows the key; `{}` for none. */
  readonly naturalKeys: Readonly<Record<string, ByNaturalKey<M>>>;
  /** Its own fields, besides `id` and `sourceId`. */
  readonly fields: ObjectFieldsShape<BuilderTypes, M>;
  /** Name of the query field that gives one record by its global id; left out where there is none. */
  readonly query?: string;
} & RootFields;

/** Fields of the roots of the graph. */
export interface RootFields {
  /** What can be asked of any moment: of now at the root, of another one below `asOf`. */
  readonly queries?: QueryFieldsShape<BuilderTypes>;
  /** What is known of now only. */
  readonly queriesOfNow?: QueryFieldsShape<BuilderTypes>;
  readonly subscriptions?: SubscriptionFieldsShape<BuilderTypes>;
}

/** What one folder of `src/entities` adds to the graph: by its line in `src/schema.ts`, not by being imported. */
export interface GraphPart {
  /** Null for what has no records of its own: fields over other types, answers made for one request. */
  readonly entity: Entity | null;
  readonly addToGraph: () => void;
}

/** A type of records: they have a global id, and `node(id:)` fetches them again. */
export const defineEntity = <M extends RecordRef>(
  ref: ObjectRef<BuilderTypes, M>,
  options: EntityOptions<NoInfer<M>>,
): GraphPart => {
  const { description, side, node, naturalKeys, fields, query } = options;
  const { interfaces = [], asset } = options as AnyAssetPart;
  return {
    entity: {
      type: ref.name,
      node,
      naturalKeys,
      asset: asset ? { ...asset, load: node.load as AssetEntity['load'] } : null,
    },
    addToGraph: () => {
      builder.objectType(ref, {
        description,
        extensions: { side, isRecord: true },
        // Pothos holds the fields of interfaces against those of a literal list only.
        interfaces: [Node, ...interfaces] as never,
        fields: (t) => ({
          sourceId: t.id({ description: "The upstream's own id.", resolve: ({ id }) => id }),
          ...fields(t),
        }),
      });
      if (query) addQueries((t) => ({ [query]: byIdQuery(t, ref, node) }));
      addRootFields(options);
    },
  };
};

/** Fields without a type of records behind them, such as what follows from the records of several types. */
export const defineFields = (rootFields: RootFields): GraphPart => ({
  entity: null,
  addToGraph: () => addRootFields(rootFields),
});

const addRootFields = ({ queries, queriesOfNow, subscriptions }: RootFields): void => {
  if (queries) addQueries(queries);
  if (queriesOfNow) builder.queryFields(queriesOfNow);
  if (subscriptions) builder.subscriptionFields(subscriptions);
};

/** No resolver of a query looks at its parent. */
const addQueries = (queries: QueryFieldsShape<BuilderTypes>): void => {
  builder.queryFields(queries);
  builder.objectFields(InventoryAsOf, queries as unknown as ObjectFieldsShape<BuilderTypes, InventoryAsOfModel>);
};

/** One record by its global id, as `node` gives it, for clients that know its type. */
const byIdQuery = (
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

/** The graph of these parts and nothing else. To be called once: the builder takes every type only once. */
export const createSchema = (parts: readonly GraphPart[]): GraphQLSchema => {
  for (const { addToGraph } of parts) addToGraph();
  addQueries(nodeQueries);
  const entities = new Map(parts.flatMap(({ entity }) => (entity ? [[entity.type, entity] as const] : [])));
  return builder.toSchema({ extensions: { entities } });
};
