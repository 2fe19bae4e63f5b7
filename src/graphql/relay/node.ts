import { InputError } from '#lib/gateway-error.ts';
import { encodeGlobalId, parseGlobalId } from '#lib/global-id.ts';
import type { RecordRef, RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { builder } from '../builder.ts';
import type { Price, PriceInput, PriceOf } from '../pricing/price.ts';
import { tollsOf } from '../pricing/prices.ts';

/**
 * The Relay `Node` interface. Intentionally not Pothos' relay plugin: it brands (writes to) loaded objects, which are shared
 * between requests here, and one id of an unknown type fails its whole `nodes` list.
 */
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

type LoadNode = (context: RequestContext, key: RowRef) => Promise<RecordRef | null>;

const loaders = new Map<string, LoadNode>();
const prices = new Map<string, PriceOf>();

/** Says how `node(id:)` fetches one type, and what that costs. Each entity says so for itself, in its schema file. */
export const nodeType = (type: string, load: LoadNode, price: PriceOf): void => {
  loaders.set(type, load);
  prices.set(type, price);
};

/** Worst case of fetching one record of each of these types; a type this graph does not have costs nothing. */
export const priceOfNodes = (types: readonly string[], input: PriceInput): Price => {
  const tolls = [...Map.groupBy(types, (type) => type)].flatMap(([type, of]) => {
    const price = prices.get(type);
    return price ? tollsOf(price({ ...input, type, parents: of.length * input.parents })) : [];
  });
  const [first = { side: 'CLOUD' as const, requests: 0 }, ...also] = tolls;
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

/** @returns null for an id of a type this graph does not have, of a source the viewer does not have, or of no record. */
export const loadNode = async (context: RequestContext, { type, source, id }: RecordRef): Promise<RecordRef | null> =>
  (await loaders.get(type)?.(context, { source, id })) ?? null;

const load = (context: RequestContext, text: string): Promise<RecordRef | null> => {
  const parsed = parseGlobalId(text);
  if (!parsed)
    throw new InputError(`Expected a global id as the field "id" gives it, got ${JSON.stringify(text.slice(0, 80))}.`);
  return loadNode(context, parsed);
};

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: 'Any record by its global id; null when it is unknown or not visible.',
    extensions: { price: priceOfIds },
    args: { id: t.arg.id({ required: true, description: 'A global id, as the field `id` gives it.' }) },
    resolve: (_, { id }, context) => load(context, id),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description:
      'Several records by global id, in the order asked; null where one is unknown. One bad id fails only its own place.',
    extensions: { price: priceOfIds },
    args: { ids: t.arg.idList({ required: true, description: 'Global ids, as the field `id` gives them.' }) },
    resolve: (_, { ids }, context) => ids.map(async (id) => load(context, id)),
  }),
}));
