import type { Confidence } from '#entities/dependency/model.ts';
import { compareText } from '#lib/compare.ts';
import { type Arrow, type ArrowsOf, compareArrows, isAtLeast } from './arrow.ts';
import { traverse } from './traverse.ts';

export interface PathOptions {
  /** Arrows in the longest path. @default 6 */
  readonly maxDepth?: number;
  /** @default 10 */
  readonly limit?: number;
  /** The most vertices visited. @default 5000 */
  readonly maxVertices?: number;
  readonly minConfidence?: Confidence;
}

export interface GraphPath {
  /** From start to end, none twice. */
  readonly vertices: readonly string[];
  /** One arrow for each step, of parallel ones that with the highest confidence. A step may go against its arrow. */
  readonly arrows: readonly Arrow[];
}

/** The search ends after this many steps: the number of simple paths can grow exponentially with their length. */
const MOST_STEPS = 200_000;

/** The shortest simple paths between two vertices, shortest first, equal lengths in order of ids; [] when there is none. */
export async function paths(
  from: string,
  to: string,
  arrowsOf: ArrowsOf,
  options: PathOptions = {},
): Promise<readonly GraphPath[]> {
  const { maxDepth = 6, limit = 10, maxVertices = 5000, minConfidence } = options;
  const around = await traverse([from], arrowsOf, {
    depth: maxDepth,
    maxVertices,
    ...(minConfidence && { minConfidence }),
  });
  const steps = stepsBetween(around.arrows, minConfidence ?? 'LOW');
  const remaining = distancesTo(to, steps);
  if (from === to || !remaining.has(from)) return [];
  return enumerate(from, to, steps, remaining, maxDepth, limit);
}

type Steps = ReadonlyMap<string, ReadonlyMap<string, Arrow>>;

function stepsBetween(arrows: readonly Arrow[], least: Confidence): Steps {
  const steps = new Map<string, Map<string, Arrow>>();
  const offer = (a: string, b: string, arrow: Arrow): void => {
    const onward = steps.get(a) ?? new Map<string, Arrow>();
    steps.set(a, onward);
    const known = onward.get(b);
    if (!known || (known.confidence !== arrow.confidence && isAtLeast(arrow.confidence, known.confidence)))
      onward.set(b, arrow);
  };
  for (const arrow of [...arrows].sort(compareArrows)) {
    if (arrow.from === arrow.to || !isAtLeast(arrow.confidence, least)) continue;
    offer(arrow.from, arrow.to, arrow);
    offer(arrow.to, arrow.from, arrow);
  }
  return steps;
}

function distancesTo(target: string, steps: Steps): ReadonlyMap<string, number> {
  const distances = new Map([[target, 0]]);
  for (const [vertex, distance] of distances) {
    for (const neighbor of steps.get(vertex)?.keys() ?? [])
      if (!distances.has(neighbor)) distances.set(neighbor, distance + 1);
  }
  return distances;
}

/**
 * Searches depth first for paths of one exact length, then of the next. `remaining` holds the distance of every vertex to the end; a
 * vertex from which the end is farther than the steps left is never entered, so hardly any step is tried in vain.
 */
function enumerate(
  from: string,
  to: string,
  steps: Steps,
  remaining: ReadonlyMap<string, number>,
  maxDepth: number,
  limit: number,
): readonly GraphPath[] {
  const found: GraphPath[] = [];
  const vertices = [from];
  const arrows: Arrow[] = [];
  let tried = 0;
  const isOver = (): boolean => found.length >= limit || tried >= MOST_STEPS;
  const walk = (vertex: string, left: number): void => {
    if (vertex === to) {
      if (left === 0) found.push({ vertices: [...vertices], arrows: [...arrows] });
      return;
    }
    for (const [neighbor, arrow] of [...(steps.get(vertex) ?? [])].sort(([a], [b]) => compareText(a, b))) {
      if (isOver()) return;
      if ((remaining.get(neighbor) ?? Number.POSITIVE_INFINITY) > left - 1 || vertices.includes(neighbor)) continue;
      tried += 1;
      vertices.push(neighbor);
      arrows.push(arrow);
      walk(neighbor, left - 1);
      vertices.pop();
      arrows.pop();
    }
  };
  for (let length = remaining.get(from) ?? 0; length <= maxDepth && !isOver(); length += 1) walk(from, length);
  return found;
}
