import type { QueryFieldsShape } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { RecordRef } from '#lib/record-ref.ts';
import { decodeGlobalId, encodeGlobalId, parseGlobalId } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { type BuilderTypes, builder } from '../builder.ts';
import { type Entities, entitiesOf } from '../entity.ts';
import type { Price, PriceInput, PriceOf } from '../pricing/price.ts';
import { requestCostsOf } from '../pricing/prices.ts';

export const Node = builder.interfaceRef<RecordRef>('Node').implement({
  description: 'Anything with a global id, that `node(id:)` can fetch again.',
  resolveType: (node) => node.type,
  fields: (t) => ({
    id: t.id({
      description:
        'Global id: names the type, the source and the record there. Stable across releases; treat it as opaque.',
      resolve: encodeGlobalId,
    }),
  }),
});

/** Worst case of fetching one record of each of these types; a type this graph does not have costs nothing. */
export const priceOfNodes = (types: readonly string[], input: PriceInput): Price => {
  const requestCosts = [...Map.groupBy(types, (type) => type)].flatMap(([type, of]) => {
    const entity = input.entities.get(type);
    return entity ? requestCostsOf(entity.node.price({ ...input, type, parents: of.length * input.parents })) : [];
  });
  const [first = { side: 'CLOUD' as const, requests: 0 }, ...also] = requestCosts;
  return { ...first, also, items: Math.max(1, types.length) };
};

const priceOfIds: PriceOf = (input) => {
  const { id, ids = [id] } = input.args;
  const named = (Array.isArray(ids) ? ids : [ids]).map((text) => parseGlobalId(String(text)));
  return priceOfNodes(
    named.filter((one) => one !== null).map(({ type }) => type),
    input,
  );
};

/** @returns null for a type this graph does not have, a source the viewer does not have, or an unknown record. */
export const loadNode = async (
  context: RequestContext,
  entities: Entities,
  ref: RecordRef,
): Promise<RecordRef | null> => (await entities.get(ref.type)?.node.load(context, ref)) ?? null;

const load = (id: string, context: RequestContext, { schema }: GraphQLResolveInfo): Promise<RecordRef | null> =>
  loadNode(context, entitiesOf(schema), decodeGlobalId(id));

export const nodeQueries: QueryFieldsShape<BuilderTypes> = (t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: 'Any record by its global id; null when it is unknown or not visible.',
    extensions: { price: priceOfIds },
    args: { id: t.arg.id({ required: true, description: 'A global id, as the field `id` gives it.' }) },
    resolve: (_, { id }, context, info) => load(id, context, info),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description:
      'Several records by global id, in the order asked; null where one is unknown. One bad id fails only its own place.',
    extensions: { price: priceOfIds },
    args: { ids: t.arg.idList({ required: true, description: 'Global ids, as the field `id` gives them.' }) },
    resolve: (_, { ids }, context, info) => ids.map(async (id) => load(id, context, info)),
  }),
});
