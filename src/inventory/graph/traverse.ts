import type { Confidence, DependencyKind } from '#entities/dependency/model.ts';
import { compareText } from '#lib/compare.ts';
import { type Arrow, type ArrowsOf, arrowKey, compareArrows, isAtLeast } from './arrow.ts';

export const GRAPH_DIRECTIONS = ['DEPENDENCIES', 'DEPENDENTS', 'BOTH'] as const;
export type GraphDirection = (typeof GRAPH_DIRECTIONS)[number];

export interface TraversalOptions {
  /** Along the arrows, against them, or both. @default 'BOTH' */
  readonly direction?: GraphDirection;
  /** Arrows from a root to the farthest vertex. @default 2 */
  readonly depth?: number;
  /** @default 500 */
  readonly maxVertices?: number;
  /** The most neighbours followed from one vertex. @default as many as there are */
  readonly maxFanOut?: number;
  /** @default every kind */
  readonly kinds?: readonly DependencyKind[];
  /** Arrows with a lower confidence are ignored. @default LOW, and HIGH for OBSERVED_AS */
  readonly minConfidence?: Confidence;
}

interface TraversedVertex {
  readonly id: string;
  /** The fewest steps from a root. OBSERVED_AS is not counted, since both its ends are the same thing. */
  readonly depth: number;
}

export interface Traversal {
  /** By depth, then by id. */
  readonly vertices: readonly TraversedVertex[];
  /** Between the vertices shown. */
  readonly arrows: readonly Arrow[];
  /** Whether a limit has left out a neighbour of a vertex that is shown. */
  readonly truncated: boolean;
  /** The vertices that are shown but have neighbours that are not, and the roots that a limit left out; sorted. A further call can take them as roots. */
  readonly frontier: readonly string[];
}

const DEFAULTS = { direction: 'BOTH', depth: 2, maxVertices: 500, maxFanOut: Number.POSITIVE_INFINITY } as const;

/**
 * Walks breadth first from the roots. `arrowsOf` is called once for each vertex, for a whole level at a time. It is called for the
 * last level, too, so that `truncated` and `frontier` are exact. Cycles and arrows from a vertex to itself do no harm.
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
    // A vertex that is the same thing as another belongs to the same level, so the level is completed before the next step.
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
