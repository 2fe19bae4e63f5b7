import { type ArrowsOf, weaker } from './arrow.ts';
import type { Settled } from './impact-effects.ts';
import { type Need, type Neighborhood, needsAt } from './impact-explore.ts';
import type { ImpactedVertex } from './impact-report.ts';

/**
 * What nothing but the subject used, and what is left without a purpose. Only what the subject itself used is considered: a resource
 * that breaks because of the subject still exists, and so still has its volumes and security groups. For each candidate its other
 * users are read, whether they were reached before or not.
 */
export async function orphansOf(
  explored: Neighborhood,
  arrowsOf: ArrowsOf,
  { impacted, traceTo }: Settled,
): Promise<readonly ImpactedVertex[]> {
  const known = new Set([...explored.subjects, ...impacted.map(({ id }) => id)]);
  const candidates = new Map<string, Need>();
  for (const subject of [...explored.subjects].sort()) {
    for (const need of explored.needsOf(subject)) {
      if (need.relation.orphans && !known.has(need.needed) && !candidates.has(need.needed))
        candidates.set(need.needed, need);
    }
  }
  const verdicts = await Promise.all(
    [...candidates].map(async ([id, need]) => ({ id, need, isLast: await isLastUser(id, need) })),
  );
  return verdicts
    .filter(({ isLast }) => isLast)
    .map(({ id, need }) => ({
      id,
      effect: 'ORPHANS' as const,
      distance: 1,
      path: [...(traceTo(need.needer)?.path ?? []), id],
      confidence: weaker(traceTo(need.needer)?.confidence ?? 'CERTAIN', need.arrow.confidence),
      notes: [],
    }));

  async function isLastUser(id: string, { relation }: Need): Promise<boolean> {
    const uses = needsAt(id, await arrowsOf(id), {}).filter(
      (use) => use.needed === id && use.relation.kind === relation.kind,
    );
    return uses.every(({ needer }) => explored.subjects.has(needer));
  }
}
