import { type ArrowsOf, compareText } from './arrow.ts';
import { settleEffects } from './impact-effects.ts';
import { exploreNeeders, type Neighborhood } from './impact-explore.ts';
import { orphansOf } from './impact-orphans.ts';
import type { ImpactOptions, ImpactReport } from './impact-report.ts';
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
