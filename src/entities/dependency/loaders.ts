import { hostById } from '#entities/host/loaders/lists.ts';
import { serviceById } from '#entities/service/loaders/lists.ts';
import type { RequestContext } from '#loading/context.ts';
import type { AssetEdge, AssetRecord, AssetRef, DependencyEdgeModel, DependencyKind } from './model.ts';

/** Edges of a network with the way to their other ends: what they say of those is no more than a name, which may dangle. */
export const withOtherEnds = (models: readonly DependencyEdgeModel[], context: RequestContext): AssetEdge[] =>
  models.map(({ asset, ...edge }) => ({
    ...edge,
    known: null,
    load: async () => (asset ? recordBehind(asset, context) : null),
  }));

const recordBehind = (asset: AssetRef, context: RequestContext): Promise<AssetRecord | null> =>
  asset.type === 'Host' ? hostById(context).load(asset) : serviceById(context).load(asset);

export const edgesOfKinds = (
  edges: readonly AssetEdge[],
  kinds: readonly DependencyKind[] | null | undefined,
): readonly AssetEdge[] => (kinds ? edges.filter((edge) => kinds.includes(edge.kind)) : edges);
