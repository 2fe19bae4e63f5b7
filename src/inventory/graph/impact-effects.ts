import type { Confidence } from '#entities/dependency/model.ts';
import { weaker } from './arrow.ts';
import type { ImpactedVertex, Need, Neighborhood } from './impact-explore.ts';

type Effect = 'BREAKS' | 'DEGRADES' | 'BLINDS';

const STRENGTH: Readonly<Record<Effect, number>> = { BREAKS: 3, DEGRADES: 2, BLINDS: 1 };
const EFFECT_OF = [null, 'BLINDS', 'DEGRADES', 'BREAKS'] as const;

export interface Settled {
  readonly impacted: readonly ImpactedVertex[];
  /** How an affected vertex is reached; also for the subject and its equivalents. Null for a vertex that is not affected. */
  traceTo(vertex: string): Trace | null;
}

/**
 * Computes the effect on every reached vertex by propagating it from the subject until nothing changes. A vertex is queued again
 * whenever its effect gets stronger. Effects never get weaker and there are only four strengths, so this ends on cycles, too.
 */
export function settleEffects(explored: Neighborhood): Settled {
  const strengths = new Map<string, number>([...explored.subjects].map((subject) => [subject, STRENGTH.BREAKS]));
  const queue = [...explored.subjects].sort();
  for (const vertex of queue) {
    for (const need of explored.needersOf(vertex)) {
      const strength = explored.reached.has(need.needer) ? effectBy(need, strengths, explored) : 0;
      if (strength <= (strengths.get(need.needer) ?? 0)) continue;
      strengths.set(need.needer, strength);
      queue.push(need.needer);
    }
  }
  return tracePaths(explored, strengths);
}

/** The strength of the effect on the needer: the effect on what it needs, or the effect of losing that, whichever is weaker. */
function effectBy(need: Need, strengths: ReadonlyMap<string, number>, explored: Neighborhood): number {
  const neededStrength = strengths.get(need.needed) ?? 0;
  if (need.isSame) return neededStrength;
  if (neededStrength <= STRENGTH.BLINDS || need.relation.effect === null) return 0;
  return Math.min(neededStrength, lossOf(need, strengths, explored));
}

/**
 * The strength of the effect of losing what is needed. Where several needed things can replace each other (`anyOf`), the needer breaks
 * when all of them are broken, and only has the relation's effect before that.
 */
function lossOf({ needer, relation }: Need, strengths: ReadonlyMap<string, number>, explored: Neighborhood): number {
  const loss = relation.effect === null ? 0 : STRENGTH[relation.effect];
  if (!relation.anyOf) return loss;
  const alternatives = explored.needsOf(needer).filter((other) => other.relation === relation);
  const isLast = alternatives.every(({ needed }) => strengths.get(needed) === STRENGTH.BREAKS);
  return isLast ? STRENGTH.BREAKS : loss;
}

/** The path by which a vertex is affected. */
interface Trace {
  readonly path: readonly string[];
  readonly distance: number;
  readonly confidence: Confidence;
  readonly notes: readonly string[];
}

/**
 * Finds for each affected vertex the shortest path from the subject along which its effect arises; of equally short ones the first in
 * order of ids. A need belongs to such a path only if the effect that it passes on is the effect the needer has in the end.
 */
function tracePaths(explored: Neighborhood, strengths: ReadonlyMap<string, number>): Settled {
  const traces = new Map<string, Trace>();
  let level = [explored.subject];
  traces.set(explored.subject, { path: [explored.subject], distance: 0, confidence: 'CERTAIN', notes: [] });
  while (level.length > 0) {
    const next: string[] = [];
    // The level grows during the loop: a vertex that is the same thing as another one has the same distance.
    for (const vertex of level) {
      const trace = traces.get(vertex);
      for (const need of trace ? explored.needersOf(vertex) : []) {
        const explains =
          strengths.has(need.needer) && effectBy(need, strengths, explored) === strengths.get(need.needer);
        if (!trace || !explains || traces.has(need.needer)) continue;
        traces.set(need.needer, extend(trace, need, strengths, explored));
        (need.isSame ? level : next).push(need.needer);
      }
    }
    level = next.sort();
  }
  const impacted = [...traces].flatMap(([id, trace]) => {
    const effect = EFFECT_OF[strengths.get(id) ?? 0];
    return explored.subjects.has(id) || !effect ? [] : [{ id, effect, ...trace }];
  });
  return { impacted, traceTo: (vertex) => traces.get(vertex) ?? null };
}

function extend(trace: Trace, need: Need, strengths: ReadonlyMap<string, number>, explored: Neighborhood): Trace {
  const { note } = need.relation;
  const isOpen = note !== null && lossOf(need, strengths, explored) < STRENGTH.BREAKS;
  return {
    path: [...trace.path, need.needer],
    distance: trace.distance + (need.isSame ? 0 : 1),
    confidence: weaker(trace.confidence, need.arrow.confidence),
    notes: isOpen && !trace.notes.includes(note) ? [...trace.notes, note] : trace.notes,
  };
}
