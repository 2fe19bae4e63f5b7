import { compareText } from '#lib/compare.ts';
import { type ArrowsOf, weaker } from './arrow.ts';
import { type Settled, settleEffects } from './impact-effects.ts';
import {
  exploreNeeders,
  type ImpactedVertex,
  type ImpactOptions,
  type ImpactReport,
  type Need,
  type Neighborhood,
  needsAt,
} from './impact-explore.ts';
import type { ImpactEffect } from './relations.ts';

const SEVERITY: Readonly<Record<ImpactEffect, number>> = { BREAKS: 0, DEGRADES: 1, ORPHANS: 2, BLINDS: 3 };

/**
 * The effects on everything else when the subject is lost. Effects follow needs and not the direction of arrows: the arrow of a volume
 * points at its instance, but it is the instance that is impacted when the volume is lost. ORPHANS and BLINDS are not passed on: what
 * has lost its purpose or its monitoring still works for those that need it.
 */
export async function impact(subject: string, arrowsOf: ArrowsOf, options: ImpactOptions = {}): Promise<ImpactReport> {
  const explored: Neighborhood = await exploreNeeders(subject, arrowsOf, options);
  const settled = settleEffects(explored);
  const affected = settled.impacted;
  const orphans = await orphansOf(explored, arrowsOf, settled);
  const impacted = [...affected, ...orphans].sort(
    (a, b) => SEVERITY[a.effect] - SEVERITY[b.effect] || a.distance - b.distance || compareText(a.id, b.id),
  );
  const passing = affected.filter(({ effect }) => effect !== 'BLINDS').map(({ id }) => id);
  const frontier = [...explored.subjects, ...passing].filter(explored.isCut).sort();
  return { impacted, truncated: frontier.length > 0, frontier };
}

/**
 * What nothing but the subject used, and what is left without a purpose. Only what the subject itself used is considered: a resource
 * that breaks because of the subject still exists, and so still has its volumes and security groups. For each candidate its other
 * users are read, whether they were reached before or not.
 */
async function orphansOf(
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
