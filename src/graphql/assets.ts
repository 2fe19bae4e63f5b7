import type { GraphQLSchema } from 'graphql';
import type { AssetRecord, AssetRef, AssetType } from '#entities/dependency/model.ts';
import type { AssetReader } from '#inventory/graph/open-graph.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import { encodeGlobalId, type RecordRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { type AssetEntity, type Entities, entitiesOf } from './entity.ts';

type AssetOf<Type extends AssetType> = Extract<AssetRecord, { readonly type: Type }>;

/** @throws Error for an asset of a type that is no part of the graph: then nothing should have named it. */
export const assetEntity = (entities: Entities, { type }: AssetRef): AssetEntity => {
  const asset = entities.get(type)?.asset;
  if (!asset) throw new Error(`Expected the asset type ${type} to be a part of the graph.`);
  return asset;
};

/** The record behind a reference: as the index holds it, else by its loader; null when it is gone. */
export const loadAsset = async (
  context: RequestContext,
  entities: Entities,
  ref: AssetRef,
): Promise<AssetRecord | null> =>
  context.sources.inventory.read().asset(ref) ?? (await assetEntity(entities, ref).load(context, ref));

/**
 * The same for what cannot do without the record: a link of which one end is gone, says nothing.
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE when the record is gone, though its source still names it.
 */
export const existingAsset = async <Type extends AssetType>(
  context: RequestContext,
  entities: Entities,
  ref: RecordRef<Type>,
): Promise<AssetOf<Type>> => {
  const asset = await loadAsset(context, entities, ref);
  if (isOfType(asset, ref.type)) return asset;
  throw new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    ref.source,
    `Expected the source "${ref.source}" to have the ${ref.type} ${encodeGlobalId(ref)} that it names, got none: it was removed since.`,
  );
};

const isOfType = <Type extends AssetType>(asset: AssetRecord | null, type: Type): asset is AssetOf<Type> =>
  asset?.type === type;

/** How a walk through the graph reads what the index does not have. */
export const assetReader = (context: RequestContext, schema: GraphQLSchema): AssetReader => {
  const entities = entitiesOf(schema);
  const load = (ref: AssetRef) => loadAsset(context, entities, ref);
  const withEdges = async (ref: AssetRef) => {
    const asset = await load(ref);
    if (!asset) return null;
    const entity = assetEntity(entities, asset);
    const [dependencies, dependents] = await Promise.all([
      entity.dependencies(asset, context),
      entity.dependents(asset, context),
    ]);
    return { asset, dependencies, dependents };
  };
  return { load, withEdges };
};
