import { type Adjacency, buildAdjacency } from './adjacency.ts';
import { type Arrow, type ArrowsOfSync, arrowKey, compareArrows } from './arrow.ts';

/** All arrows of a picture by their ends. */
export interface ArrowIndex {
  readonly arrows: readonly Arrow[];
  readonly adjacency: Adjacency;
  /** Null for a vertex without arrows. */
  ordinalOf(vertex: string): number | null;
  readonly arrowsOf: ArrowsOfSync;
}

/** Repeated arrows count once, the surest of them; the order of the input does not matter. A vertex's arrows come in one fixed order. */
export function indexArrows(input: Iterable<Arrow>): ArrowIndex {
  const byKey = new Map<string, Arrow>();
  for (const arrow of input) {
    const key = arrowKey(arrow);
    const known = byKey.get(key);
    if (!known || compareArrows(arrow, known) < 0) byKey.set(key, arrow);
  }
  const arrows = [...byKey.values()].sort(compareArrows);
  const ordinals = new Map<string, number>();
  const ordinal = (vertex: string): number => {
    const known = ordinals.get(vertex);
    if (known !== undefined) return known;
    ordinals.set(vertex, ordinals.size);
    return ordinals.size - 1;
  };
  const from = Uint32Array.from(arrows, (arrow) => ordinal(arrow.from));
  const to = Uint32Array.from(arrows, (arrow) => ordinal(arrow.to));
  const adjacency = buildAdjacency(ordinals.size, from, to);
  return {
    arrows,
    adjacency,
    ordinalOf: (vertex) => ordinals.get(vertex) ?? null,
    arrowsOf(vertex) {
      const at = ordinals.get(vertex);
      if (at === undefined) return [];
      const arriving = [...adjacency.into(at)].filter((edge) => from[edge] !== at);
      return [...adjacency.outOf(at), ...arriving].flatMap((edge) => arrows[edge] ?? []);
    },
  };
}
