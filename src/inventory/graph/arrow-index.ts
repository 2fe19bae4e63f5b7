import { type Arrow, type ArrowsOfSync, arrowKey, compareArrows } from './arrow.ts';

/** All arrows of a snapshot, by their ends. */
export interface ArrowIndex {
  readonly arrows: readonly Arrow[];
  /** Edge numbers are positions in `arrows`; repeated arrows are repeated edges. */
  readonly adjacency: Adjacency;
  /** Null for a vertex without arrows. */
  ordinalOf(vertex: string): number | null;
  /** In a fixed order that does not depend on the order of the input. Of repeated arrows only the one with the highest confidence. */
  readonly arrowsOf: ArrowsOfSync;
}

/** Takes time linear in the number of arrows. Sorting and removing repeated arrows is left to `arrowsOf`, for one vertex at a time. */
export function indexArrows(input: Iterable<Arrow>): ArrowIndex {
  const arrows = [...input];
  const ordinals = new Map<string, number>();
  const ordinal = (vertex: string): number => {
    const known = ordinals.get(vertex);
    if (known !== undefined) return known;
    ordinals.set(vertex, ordinals.size);
    return ordinals.size - 1;
  };
  const from = new Uint32Array(arrows.length);
  const to = new Uint32Array(arrows.length);
  for (const [edge, arrow] of arrows.entries()) {
    from[edge] = ordinal(arrow.from);
    to[edge] = ordinal(arrow.to);
  }
  const adjacency = buildAdjacency(ordinals.size, from, to);
  return {
    arrows,
    adjacency,
    ordinalOf: (vertex) => ordinals.get(vertex) ?? null,
    arrowsOf(vertex) {
      const at = ordinals.get(vertex);
      if (at === undefined) return [];
      const edges = [...adjacency.outOf(at), ...adjacency.into(at)];
      return withoutRepeats(edges.flatMap((edge) => arrows[edge] ?? []));
    },
  };
}

/** Sorted and without repetitions. An arrow from a vertex to itself is among its outgoing and its incoming arrows, and counts once. */
function withoutRepeats(arrows: readonly Arrow[]): readonly Arrow[] {
  const seen = new Set<string>();
  return [...arrows].sort(compareArrows).filter((arrow) => {
    const key = arrowKey(arrow);
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

/** A directed multigraph in flat arrays. A vertex is a number from 0; an edge is its position in the input. */
export interface Adjacency {
  readonly vertexCount: number;
  readonly edgeCount: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Edge numbers leaving `vertex`, in input order. */
  outOf(vertex: number): Uint32Array;
  /** Edge numbers arriving at `vertex`, in input order. */
  into(vertex: number): Uint32Array;
}

/**
 * Linear in vertices plus edges; 300,000 edges take milliseconds.
 * @throws RangeError when an end is no vertex, or the two columns differ in length.
 */
export function buildAdjacency(vertexCount: number, from: Uint32Array, to: Uint32Array): Adjacency {
  if (from.length !== to.length)
    throw new RangeError(`Expected as many sources as targets, got ${from.length} and ${to.length}.`);
  const leaving = bucket(vertexCount, from);
  const arriving = bucket(vertexCount, to);
  return {
    vertexCount,
    edgeCount: from.length,
    from,
    to,
    outOf: (vertex) => leaving.edges.subarray(leaving.offsets[vertex], leaving.offsets[vertex + 1]),
    into: (vertex) => arriving.edges.subarray(arriving.offsets[vertex], arriving.offsets[vertex + 1]),
  };
}

/** Counting sort of edge numbers by one of their ends; stable. */
function bucket(vertexCount: number, ends: Uint32Array): { offsets: Uint32Array; edges: Uint32Array } {
  const offsets = new Uint32Array(vertexCount + 1);
  for (const end of ends) {
    if (end >= vertexCount) throw new RangeError(`Expected a vertex below ${vertexCount}, got ${end}.`);
    offsets[end + 1] = (offsets[end + 1] ?? 0) + 1;
  }
  for (let i = 0; i < vertexCount; i += 1) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const next = offsets.slice(0, vertexCount);
  const edges = new Uint32Array(ends.length);
  for (let edge = 0; edge < ends.length; edge += 1) {
    const end = ends[edge] ?? 0;
    const slot = next[end] ?? 0;
    edges[slot] = edge;
    next[end] = slot + 1;
  }
  return { offsets, edges };
}
