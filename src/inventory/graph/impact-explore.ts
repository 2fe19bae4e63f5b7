import type { Confidence } from '#entities/dependency/model.ts';
import { compareText } from '#lib/compare.ts';
import { type Arrow, type ArrowsOf, compareArrows, isAtLeast, relationOfArrow } from './arrow.ts';
import type { ImpactEffect, Relation } from './relations.ts';

export interface ImpactOptions {
  /** Steps from the subject to the farthest needer. @default 2 */
  readonly depth?: number;
  /** @default 500 */
  readonly maxVertices?: number;
  /** The most needers followed from one vertex. @default as many as there are */
  readonly maxFanOut?: number;
  /** Arrows with a lower confidence are ignored. @default LOW, and HIGH for OBSERVED_AS */
  readonly minConfidence?: Confidence;
}

export interface ImpactedVertex {
  readonly id: string;
  /** The strongest effect that any path has; a path has the effect of its weakest step. */
  readonly effect: ImpactEffect;
  /** Steps of the path; OBSERVED_AS is not counted. */
  readonly distance: number;
  /** From the subject to this vertex. */
  readonly path: readonly string[];
  /** The lowest confidence of the path's arrows. */
  readonly confidence: Confidence;
  /** What is not known about the path and may change the effect. */
  readonly notes: readonly string[];
}

export interface ImpactReport {
  /** Worst effect first, then by distance and id. Contains neither the subject nor anything that is the same thing. */
  readonly impacted: readonly ImpactedVertex[];
  readonly truncated: boolean;
  /** Vertices with needers that a limit left out; sorted. */
  readonly frontier: readonly string[];
}

/** By this arrow `needer` needs `needed`. Over OBSERVED_AS both are the same thing (`isSame`). */
export interface Need {
  readonly needed: string;
  readonly needer: string;
  readonly arrow: Arrow;
  readonly relation: Relation;
  readonly isSame: boolean;
}

/** The part of the graph that may be impacted, with everything that its vertices need. */
export interface Neighborhood {
  readonly subject: string;
  /** The subject and the vertices that are the same thing. */
  readonly subjects: ReadonlySet<string>;
  readonly reached: ReadonlySet<string>;
  /** Whether a limit has left out some of its needers. */
  isCut(vertex: string): boolean;
  needersOf(vertex: string): readonly Need[];
  /** What a reached vertex needs, reached or not. */
  needsOf(vertex: string): readonly Need[];
}

/** Follows needs from the needed to the needer, level by level. Reads the arrows of each vertex once. */
export async function exploreNeeders(
  subject: string,
  arrowsOf: ArrowsOf,
  options: ImpactOptions,
): Promise<Neighborhood> {
  const { depth = 2, maxVertices = 500, maxFanOut = Number.POSITIVE_INFINITY } = options;
  const needs = new Map<string, readonly Need[]>();
  const reached = new Set([subject]);
  const subjects = new Set<string>();
  const reach = (vertex: string): boolean =>
    reached.size < maxVertices && !reached.has(vertex) && Boolean(reached.add(vertex));
  let level = [subject];
  for (let at = 0; level.length > 0; at += 1) {
    for (let same = level; same.length > 0; level = [...level, ...same]) {
      await Promise.all(
        same.map(async (vertex) => needs.set(vertex, needsAt(vertex, await arrowsOf(vertex), options))),
      );
      same = distinct(same.flatMap((vertex) => partners(needs, vertex, true))).filter(reach);
    }
    if (at === 0) for (const vertex of level) subjects.add(vertex);
    if (at >= depth) break;
    const onward = level.sort().flatMap((vertex) => distinct(partners(needs, vertex, false)).slice(0, maxFanOut));
    level = onward.filter(reach);
  }
  const needersOf = (vertex: string) => (needs.get(vertex) ?? []).filter(({ needed }) => needed === vertex);
  return {
    subject,
    subjects,
    reached,
    isCut: (vertex) => needersOf(vertex).some(({ needer }) => !reached.has(needer)),
    needersOf,
    needsOf: (vertex) => (needs.get(vertex) ?? []).filter(({ needer, isSame }) => needer === vertex && !isSame),
  };
}

const partners = (needs: ReadonlyMap<string, readonly Need[]>, vertex: string, isSame: boolean): readonly string[] =>
  (needs.get(vertex) ?? [])
    .filter((need) => need.needed === vertex && need.isSame === isSame)
    .map(({ needer }) => needer);

const distinct = (vertices: readonly string[]): string[] => [...new Set(vertices)].sort();

export function needsAt(vertex: string, arrows: readonly Arrow[], { minConfidence }: ImpactOptions): readonly Need[] {
  return arrows
    .filter(({ kind, confidence }) => isAtLeast(confidence, minConfidence ?? (kind === 'OBSERVED_AS' ? 'HIGH' : 'LOW')))
    .filter(({ from, to }) => from !== to)
    .flatMap((arrow) => needOf(vertex, arrow) ?? [])
    .sort(
      (a, b) => compareText(a.needer, b.needer) || compareText(a.needed, b.needed) || compareArrows(a.arrow, b.arrow),
    );
}

function needOf(vertex: string, arrow: Arrow): Need | null {
  const relation = relationOfArrow(arrow);
  const { from, to } = arrow;
  if (arrow.kind === 'OBSERVED_AS') {
    return { needed: vertex, needer: from === vertex ? to : from, arrow, relation, isSame: true };
  }
  if (relation.needs === 'NEITHER') return null;
  const [needer, needed] = relation.needs === 'FROM_NEEDS_TO' ? [from, to] : [to, from];
  return { needed, needer, arrow, relation, isSame: false };
}
