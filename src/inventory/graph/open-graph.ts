import {
  ASSET_TYPES,
  type AssetEdge,
  type AssetRecord,
  type AssetRef,
  type DependencyTargetModel,
} from '#entities/dependency/model.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import { encodeGlobalId, parseGlobalId } from '#lib/record-ref.ts';
import type { Derived, InventoryArrows } from '../derived.ts';
import { placeholderOf } from '../identifiers/resolve-target.ts';
import type { Inventory } from '../inventory.ts';
import type { CloudSnapshot } from '../snapshot/snapshot.ts';
import type { Arrow, ArrowsOf } from './arrow.ts';
import { observedAs } from './network-arrows.ts';
import { relationOf } from './relations.ts';

/** What a walk through the graph reads. */
export interface GraphReader {
  readonly arrowsOf: ArrowsOf;
  /** What a vertex without an asset stands for; null for assets and unknown ids. */
  readonly targetOf: (vertex: string) => DependencyTargetModel | null;
  /** Vertices whose arrows were not (all) read. To be asked after the walk. */
  readonly unread: () => readonly string[];
}

/** An asset with its edges, as its source reports them now. */
interface AssetWithEdges {
  readonly asset: AssetRecord;
  readonly dependencies: readonly AssetEdge[];
  readonly dependents: readonly AssetEdge[];
}

/** How assets and their edges are read that the index does not hold. Null when there is no such asset. */
export interface AssetReader {
  readonly load: (ref: AssetRef) => Promise<AssetRecord | null>;
  readonly withEdges: (ref: AssetRef) => Promise<AssetWithEdges | null>;
}

export interface GraphReaderOptions {
  /** The walk follows arrows in their direction only, so the arrows that arrive at a vertex do not matter to it. */
  readonly isOnlyForward: boolean;
  readonly derived: Derived;
  readonly read: AssetReader['withEdges'];
  readonly report: (error: unknown) => void;
}

/** How many vertices a walk reads from upstreams. Each takes up to four requests on the cloud side; the default limit is 60. */
export const LIVE_VERTICES = 12;

/** Reads from the index when it holds every relation, else from the sources, for a small walk that reports what it left out. */
export const openGraph = (options: GraphReaderOptions): GraphReader => {
  const { derived, report, isOnlyForward } = options;
  const { inventory, arrows } = derived;
  const live = liveGraph(options);
  if (arrows) {
    for (const snapshot of inventory.cloud) if (snapshot.unreadEdges.length > 0) report(withoutRelations(snapshot));
    return indexedGraph(derived, arrows, live, isOnlyForward);
  }
  report(unindexed(inventory));
  return live;
};

/**
 * Assets that the index does not hold may be newer than the index, or than what was derived from it; they are read from their source. A resource whose relations are unread
 * may point at any vertex, so while there is one, the arrows that arrive at a vertex may be incomplete.
 */
const indexedGraph = (
  derived: Derived,
  arrows: InventoryArrows,
  live: GraphReader,
  isOnlyForward: boolean,
): GraphReader => {
  const unread = new Set<string>();
  const mayLackArrows = (vertex: string): boolean =>
    isOnlyForward ? arrows.unread.has(vertex) : arrows.unread.size > 0;
  return {
    arrowsOf: (vertex) => {
      if (!derived.holds(vertex)) return live.arrowsOf(vertex);
      if (mayLackArrows(vertex)) unread.add(vertex);
      return arrows.arrowsOf(vertex);
    },
    targetOf: (vertex) => arrows.placeholderOf(vertex) ?? live.targetOf(vertex),
    unread: () => [...unread, ...live.unread()].sort(),
  };
};

/** @returns null for a vertex that is no asset, or no global id. */
export const assetRefOf = (vertex: string): AssetRef | null => {
  const id = parseGlobalId(vertex);
  return id && ASSET_TYPES.has(id.type) ? (id as AssetRef) : null;
};

const liveGraph = (options: GraphReaderOptions): GraphReader => {
  const targets = new Map<string, DependencyTargetModel>();
  const unread = new Set<string>();
  let asked = 0;
  const arrowsOf = async (vertex: string): Promise<readonly Arrow[]> => {
    const ref = assetRefOf(vertex);
    // A placeholder is in no inventory, so no upstream can be asked what points at it.
    if (!ref && parseGlobalId(vertex)?.type === 'Placeholder') unread.add(vertex);
    if (!ref) return [];
    if (asked >= LIVE_VERTICES) {
      unread.add(vertex);
      return [];
    }
    asked++;
    try {
      return await liveArrows(options, ref, targets);
    } catch (error) {
      unread.add(vertex);
      options.report(error);
      return [];
    }
  };
  return { arrowsOf, targetOf: (vertex) => targets.get(vertex) ?? null, unread: () => [...unread].sort() };
};

const withoutRelations = ({ source, unreadEdges }: CloudSnapshot): UpstreamError =>
  new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    source,
    `The source "${source}" failed to return the relations of ${unreadEdges.length} resource(s); what these point at is missing.`,
    { reason: 'RELATIONS_UNREAD', unread: unreadEdges.length },
  );

const unindexed = (inventory: Inventory): UpstreamError => {
  const source = inventory.gaps[0] ?? inventory.cloud.find(({ edgesComplete }) => !edgesComplete)?.source ?? '';
  return new UpstreamError(
    'UPSTREAM_UNAVAILABLE',
    source,
    `The index has not read every relation yet, so this walk asked the sources, for at most ${LIVE_VERTICES} assets. Relations derived from names are missing. Progress: sources { name index { coverage } }.`,
    { reason: 'INDEX_INCOMPLETE' },
  );
};

const liveArrows = async (
  { derived, read }: GraphReaderOptions,
  ref: AssetRef,
  targets: Map<string, DependencyTargetModel>,
): Promise<readonly Arrow[]> => {
  const found = await read(ref);
  if (!found) return [];
  const links = derived.linksOf(ref).map(({ host, resource, confidence }) => observedAs(host, resource, confidence));
  const arrow = (edge: AssetEdge, isOutward: boolean) => liveArrow(found.asset, edge, isOutward, targets);
  return [
    ...(await Promise.all(found.dependencies.map((edge) => arrow(edge, true)))),
    ...(await Promise.all(found.dependents.map((edge) => arrow(edge, false)))),
    ...links,
  ];
};

/** @param isOutward whether the arrow goes from the asset to the other end, as for a dependency. */
const liveArrow = async (
  asset: AssetRecord,
  edge: AssetEdge,
  isOutward: boolean,
  targets: Map<string, DependencyTargetModel>,
): Promise<Arrow> => {
  const [own, other] = [encodeGlobalId(asset), await otherVertex(asset, edge, targets)];
  const [from, to] = isOutward ? [own, other] : [other, own];
  const { kind, relationship, confidence } = edge;
  return { from, to, kind, relationship, confidence, ...namedRelation(asset, edge, isOutward) };
};

const namedRelation = (asset: AssetRecord, edge: AssetEdge, isOutward: boolean): Pick<Arrow, 'relation'> => {
  if (asset.type !== 'Resource') return {};
  const [fromService, toService] = isOutward ? [asset.service, edge.target.kind] : [edge.target.kind, asset.service];
  const { relation } = relationOf({ rawType: edge.relationship, fromService, toService });
  return { relation };
};

/** The other end of an edge. What is in no inventory becomes a placeholder, which is kept in `targets`. */
const otherVertex = async (
  asset: AssetRecord,
  edge: AssetEdge,
  targets: Map<string, DependencyTargetModel>,
): Promise<string> => {
  const other = edge.known ?? (await edge.load());
  if (other) return encodeGlobalId(other);
  const scope = asset.type === 'Resource' ? asset : { source: asset.source, accountId: '', region: null };
  const placeholder = placeholderOf(edge.target.kind, edge.target.identifier, { ...scope, vpcId: null });
  const vertex = encodeGlobalId(placeholder);
  targets.set(vertex, placeholder);
  return vertex;
};
