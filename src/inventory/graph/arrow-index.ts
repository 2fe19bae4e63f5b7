import { type Adjacency, buildAdjacency } from './adjacency.ts';
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
