import type { Confidence } from '#entities/dependency/model.ts';
import { weaker } from './arrow.ts';
import type { Need, Neighborhood } from './impact-explore.ts';
import type { ImpactedVertex } from './impact-report.ts';

type Harm = 'BREAKS' | 'DEGRADES' | 'BLINDS';

const STRENGTH: Readonly<Record<Harm, number>> = { BREAKS: 3, DEGRADES: 2, BLINDS: 1 };
const HARM_OF = [null, 'BLINDS', 'DEGRADES', 'BREAKS'] as const;

export interface Settled {
  readonly impacted: readonly ImpactedVertex[];
  /** Of everything that suffers, the subject and what is the same thing included; null for the rest. */
  traceTo(vertex: string): Trace | null;
}

/** The effect on every reached vertex. Effects only ever grow while they settle, so cycles end. */
export function settleEffects(explored: Neighborhood): Settled {
  const strengths = new Map<string, number>([...explored.subjects].map((subject) => [subject, STRENGTH.BREAKS]));
  const queue = [...explored.subjects].sort();
  for (const vertex of queue) {
    for (const need of explored.needersOf(vertex)) {
      const strength = explored.reached.has(need.needer) ? harmBy(need, strengths, explored) : 0;
      if (strength <= (strengths.get(need.needer) ?? 0)) continue;
      strengths.set(need.needer, strength);
      queue.push(need.needer);
    }
  }
  return tracePaths(explored, strengths);
}

/** As strong as the weaker of what happened to the needed side and what its loss means. */
function harmBy(need: Need, strengths: ReadonlyMap<string, number>, explored: Neighborhood): number {
  const fallen = strengths.get(need.needed) ?? 0;
  if (need.isSame) return fallen;
  if (fallen <= STRENGTH.BLINDS || need.relation.effect === null) return 0;
  return Math.min(fallen, lossOf(need, strengths, explored));
}

function lossOf({ needer, relation }: Need, strengths: ReadonlyMap<string, number>, explored: Neighborhood): number {
  const loss = relation.effect === null ? 0 : STRENGTH[relation.effect];
  if (!relation.anyOf) return loss;
  const alternatives = explored.needsOf(needer).filter((other) => other.relation === relation);
  const isLast = alternatives.every(({ needed }) => strengths.get(needed) === STRENGTH.BREAKS);
  return isLast ? STRENGTH.BREAKS : loss;
}

/** How a vertex is reached from the subject. */
export interface Trace {
  readonly path: readonly string[];
  readonly distance: number;
  readonly confidence: Confidence;
  readonly notes: readonly string[];
}

/** The shortest path that explains each effect; equal lengths go to the first in order of ids. */
function tracePaths(explored: Neighborhood, strengths: ReadonlyMap<string, number>): Settled {
  const traces = new Map<string, Trace>();
  let level = [explored.subject];
  traces.set(explored.subject, { path: [explored.subject], distance: 0, confidence: 'CERTAIN', notes: [] });
  while (level.length > 0) {
    const next: string[] = [];
    // Grows while it is walked: the same thing stands at the same distance.
    for (const vertex of level) {
      const trace = traces.get(vertex);
      for (const need of trace ? explored.needersOf(vertex) : []) {
        const explains = strengths.has(need.needer) && harmBy(need, strengths, explored) === strengths.get(need.needer);
        if (!trace || !explains || traces.has(need.needer)) continue;
        traces.set(need.needer, extend(trace, need, strengths, explored));
        (need.isSame ? level : next).push(need.needer);
      }
    }
    level = next.sort();
  }
  const impacted = [...traces].flatMap(([id, trace]) => {
    const effect = HARM_OF[strengths.get(id) ?? 0];
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
