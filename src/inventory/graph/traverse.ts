import type { Confidence, DependencyKind } from '#entities/dependency/model.ts';
import { type Arrow, type ArrowsOf, arrowKey, compareArrows, compareText, isAtLeast } from './arrow.ts';

export const GRAPH_DIRECTIONS = ['DEPENDENCIES', 'DEPENDENTS', 'BOTH'] as const;
export type GraphDirection = (typeof GRAPH_DIRECTIONS)[number];

export interface TraversalOptions {
  /** Along the arrows, against them, or both. @default 'BOTH' */
  readonly direction?: GraphDirection;
  /** Arrows from a root to the farthest vertex. @default 2 */
  readonly depth?: number;
  /** @default 500 */
  readonly maxVertices?: number;
  /** Neighbours followed from one vertex. @default as many as there are */
  readonly maxFanOut?: number;
  /** @default every kind */
  readonly kinds?: readonly DependencyKind[];
  /** Arrows below are not there. @default LOW, and OBSERVED_AS only from HIGH upwards */
  readonly minConfidence?: Confidence;
}

export interface TraversedVertex {
  readonly id: string;
  /** Fewest steps from a root. Crossing OBSERVED_AS costs none: both ends are one thing. */
  readonly depth: number;
}

export interface Traversal {
  /** By depth, then by id. */
  readonly vertices: readonly TraversedVertex[];
  /** Between the vertices shown. */
  readonly arrows: readonly Arrow[];
  /** Some arrow from a shown vertex leads to one that a limit left out. */
  readonly truncated: boolean;
  /** The shown vertices that have such arrows, and roots beyond the limit; sorted. Roots for a further call. */
  readonly frontier: readonly string[];
}

const DEFAULTS = { direction: 'BOTH', depth: 2, maxVertices: 500, maxFanOut: Number.POSITIVE_INFINITY } as const;

/**
 * Breadth first from the roots. `arrowsOf` is asked once a vertex, whole levels at a time, and for the vertices of the
 * last level too, so that `truncated` and `frontier` are exact. Cycles and self-arrows are safe.
 */
export async function traverse(
  roots: readonly string[],
  arrowsOf: ArrowsOf,
  options: TraversalOptions = {},
): Promise<Traversal> {
  const { depth = DEFAULTS.depth, maxVertices = DEFAULTS.maxVertices, maxFanOut = DEFAULTS.maxFanOut } = options;
  const stepsOf = stepReader(arrowsOf, options);
  const depths = new Map<string, number>();
  const steps = new Map<string, readonly Step[]>();
  const reach = (vertex: string, at: number): boolean => {
    if (depths.has(vertex) || depths.size >= maxVertices) return false;
    depths.set(vertex, at);
    return true;
  };
  const starts = [...new Set(roots)].sort();
  let level = starts.filter((root) => reach(root, 0));
  for (let at = 0; level.length > 0; at += 1) {
    // What is the same thing belongs to the same level, so it is gathered before anybody takes a step.
    for (let same = level; same.length > 0; level = [...level, ...same]) {
      await Promise.all(same.map(async (vertex) => steps.set(vertex, await stepsOf(vertex))));
      const twins = same.flatMap((vertex) => (steps.get(vertex) ?? []).filter(({ isFree }) => isFree));
      same = [...new Set(twins.map(({ neighbor }) => neighbor))].sort().filter((neighbor) => reach(neighbor, at));
    }
    if (at >= depth) break;
    const onward = level.sort().flatMap((vertex) => nearest(steps.get(vertex) ?? [], maxFanOut));
    level = onward.filter((neighbor) => reach(neighbor, at + 1));
  }
  return report(depths, steps, starts);
}

function nearest(steps: readonly Step[], maxFanOut: number): readonly string[] {
  const neighbors = new Set(steps.filter(({ isFree }) => !isFree).map(({ neighbor }) => neighbor));
  return [...neighbors].slice(0, maxFanOut);
}

interface Step {
  readonly arrow: Arrow;
  readonly neighbor: string;
  /** Costs no depth. */
  readonly isFree: boolean;
}

function stepReader(arrowsOf: ArrowsOf, { direction = DEFAULTS.direction, kinds, minConfidence }: TraversalOptions) {
  const wanted = kinds ? new Set(kinds) : null;
  const isWanted = ({ kind, confidence }: Arrow): boolean =>
    (!wanted || wanted.has(kind)) && isAtLeast(confidence, minConfidence ?? (kind === 'OBSERVED_AS' ? 'HIGH' : 'LOW'));
  const follows = (arrow: Arrow, vertex: string): boolean =>
    arrow.kind === 'OBSERVED_AS' ||
    direction === 'BOTH' ||
    (direction === 'DEPENDENCIES' ? arrow.from === vertex : arrow.to === vertex);
  return async (vertex: string): Promise<readonly Step[]> =>
    (await arrowsOf(vertex))
      .filter((arrow) => isWanted(arrow) && follows(arrow, vertex))
      .map((arrow) => ({
        arrow,
        neighbor: arrow.from === vertex ? arrow.to : arrow.from,
        isFree: arrow.kind === 'OBSERVED_AS',
      }))
      .sort((a, b) => compareText(a.neighbor, b.neighbor) || compareArrows(a.arrow, b.arrow));
}

function report(
  depths: ReadonlyMap<string, number>,
  steps: ReadonlyMap<string, readonly Step[]>,
  roots: readonly string[],
): Traversal {
  const arrows = new Map<string, Arrow>();
  const frontier = roots.filter((root) => !depths.has(root));
  for (const [vertex, taken] of steps) {
    const shown = taken.filter(({ neighbor }) => depths.has(neighbor));
    for (const { arrow } of shown) {
      const key = arrowKey(arrow);
      const known = arrows.get(key);
      if (!known || compareArrows(arrow, known) < 0) arrows.set(key, arrow);
    }
    if (shown.length < taken.length) frontier.push(vertex);
  }
  return {
    vertices: [...depths]
      .map(([id, depth]) => ({ id, depth }))
      .sort((a, b) => a.depth - b.depth || compareText(a.id, b.id)),
    arrows: [...arrows.values()].sort(compareArrows),
    truncated: frontier.length > 0,
    frontier: frontier.sort(),
  };
}
