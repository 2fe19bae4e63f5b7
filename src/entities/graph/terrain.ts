import type { GraphQLResolveInfo } from 'graphql';
import { assetByRef } from '#entities/dependency/asset-by-ref.ts';
import { ASSET_TYPES, type AssetRef, type DependencyTargetModel } from '#entities/dependency/model.ts';
import { type AssetEdge, type AssetModel, traitsOf } from '#entities/dependency/ref.ts';
import type { Arrow, ArrowsOf } from '#inventory/graph/arrow.ts';
import { type InventoryArrows, observedAs, placeholderNear } from '#inventory/graph/inventory-arrows.ts';
import { relationOf } from '#inventory/graph/relations.ts';
import type { Inventory } from '#inventory/inventory.ts';
import type { CloudPicture } from '#inventory/snapshot/picture.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import { encodeGlobalId, parseGlobalId } from '#lib/global-id.ts';
import type { RequestContext } from '#loading/context.ts';
import { reportProblem } from '#loading/report-problem.ts';

/** What a walk walks on. */
export interface Terrain {
  readonly arrowsOf: ArrowsOf;
  /** What a vertex without an asset stands for; null for assets and unknown ids. */
  readonly targetOf: (vertex: string) => DependencyTargetModel | null;
  /** Vertices whose arrows were not (all) read. To be asked after the walk. */
  readonly unread: () => readonly string[];
}

/** Vertices a live walk asks upstreams about: up to four requests each on the cloud side, within the default limit of 60. */
export const LIVE_VERTICES = 12;

/** The whole index when every relation has been read; else live, through the loaders, for a small walk that says what it left out. */
export const openTerrain = (context: RequestContext, info: GraphQLResolveInfo): Terrain => {
  const inventory = context.sources.inventory.read();
  const live = liveTerrain(context, info);
  if (inventory.arrows) {
    for (const picture of inventory.cloud)
      if (picture.unreadEdges.length > 0) reportProblem(context, info, untold(picture));
    return indexedTerrain(inventory, inventory.arrows, live);
  }
  reportProblem(context, info, unindexed(context));
  return live;
};

/** Assets that the index does not know may be newer than it: they are asked about live. */
const indexedTerrain = (inventory: Inventory, arrows: InventoryArrows, live: Terrain): Terrain => {
  const unread = new Set<string>();
  return {
    arrowsOf: (vertex) => {
      if (!inventory.holds(vertex)) return live.arrowsOf(vertex);
      if (arrows.unread.has(vertex)) unread.add(vertex);
      return arrows.index.arrowsOf(vertex);
    },
    targetOf: (vertex) => arrows.placeholders.get(vertex) ?? live.targetOf(vertex),
    unread: () => [...unread, ...live.unread()].sort(),
  };
};

export const assetRefOf = (vertex: string): AssetRef | null => {
  const id = parseGlobalId(vertex);
  return id && ASSET_TYPES.has(id.type) ? (id as AssetRef) : null;
};

const liveTerrain = (context: RequestContext, info: GraphQLResolveInfo): Terrain => {
  const targets = new Map<string, DependencyTargetModel>();
  const unread = new Set<string>();
  let asked = 0;
  const arrowsOf = async (vertex: string): Promise<readonly Arrow[]> => {
    const ref = assetRefOf(vertex);
    // No upstream can be asked what points at a thing that is in no inventory.
    if (!ref && parseGlobalId(vertex)?.type === 'Placeholder') unread.add(vertex);
    if (!ref) return [];
    if (asked >= LIVE_VERTICES) {
      unread.add(vertex);
      return [];
    }
    asked++;
    try {
      return await liveArrows(context, ref, targets);
    } catch (error) {
      unread.add(vertex);
      reportProblem(context, info, error);
      return [];
    }
  };
  return { arrowsOf, targetOf: (vertex) => targets.get(vertex) ?? null, unread: () => [...unread].sort() };
};

const untold = ({ source, unreadEdges }: CloudPicture): UpstreamError =>
  new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    source,
    `The source "${source}" failed to tell the relations of ${unreadEdges.length} resource(s); what these point at is missing.`,
    { reason: 'RELATIONS_UNREAD', unread: unreadEdges.length },
  );

const unindexed = (context: RequestContext): UpstreamError => {
  const inventory = context.sources.inventory.read();
  const source = inventory.gaps[0] ?? inventory.cloud.find(({ edgesComplete }) => !edgesComplete)?.source ?? '';
  return new UpstreamError(
    'UPSTREAM_UNAVAILABLE',
    source,
    `The index has not read every relation yet, so this walk asked the sources, for at most ${LIVE_VERTICES} assets. Relations derived from names are missing. Progress: sources { name index { coverage } }.`,
    { reason: 'INDEX_INCOMPLETE' },
  );
};

const liveArrows = async (
  context: RequestContext,
  ref: AssetRef,
  targets: Map<string, DependencyTargetModel>,
): Promise<readonly Arrow[]> => {
  const asset = await assetByRef(context, ref);
  if (!asset) return [];
  const own = encodeGlobalId(asset);
  const { dependencies, dependents } = traitsOf(asset);
  const [needed, needers] = await Promise.all([dependencies(asset, context), dependents(asset, context)]);
  const otherEnd = async (edge: AssetEdge): Promise<string> => {
    const other = await edge.asset(context, NOTHING_SELECTED);
    if (other) return encodeGlobalId(other);
    const scope = asset.type === 'Resource' ? asset : { source: asset.source, accountId: '', region: null };
    const placeholder = placeholderNear(scope, edge.target, null);
    const vertex = encodeGlobalId(placeholder);
    targets.set(vertex, placeholder);
    return vertex;
  };
  const serviceOf = (of: AssetModel): string =>
    'service' in of && typeof of.service === 'string' ? of.service : of.type;
  const arrow = async (edge: AssetEdge, isOutward: boolean): Promise<Arrow> => {
    const other = await otherEnd(edge);
    const [fromService, toService] = isOutward
      ? [serviceOf(asset), edge.target.kind]
      : [edge.target.kind, serviceOf(asset)];
    const worded =
      asset.type === 'Resource'
        ? { relation: relationOf({ rawType: edge.relationship, fromService, toService }).relation }
        : {};
    const [from, to] = isOutward ? [own, other] : [other, own];
    return { from, to, kind: edge.kind, relationship: edge.relationship, confidence: edge.confidence, ...worded };
  };
  const links = context.sources.inventory
    .read()
    .linksOf(ref)
    .map(({ host, resource, confidence }) => observedAs(host, resource, confidence));
  return [
    ...(await Promise.all(needed.map((edge) => arrow(edge, true)))),
    ...(await Promise.all(needers.map((edge) => arrow(edge, false)))),
    ...links,
  ];
};

/** Asks an edge for no more than the identity of its other end. */
const NOTHING_SELECTED = { fieldNodes: [], fragments: {} } as unknown as GraphQLResolveInfo;
