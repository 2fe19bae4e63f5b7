import { type ArrowsOf, compareText } from './arrow.ts';
import { settleEffects } from './impact-effects.ts';
import { exploreNeeders, type Neighborhood } from './impact-explore.ts';
import { orphansOf } from './impact-orphans.ts';
import type { ImpactOptions, ImpactReport } from './impact-report.ts';
import type { ImpactEffect } from './relations.ts';

const SEVERITY: Readonly<Record<ImpactEffect, number>> = { BREAKS: 0, DEGRADES: 1, ORPHANS: 2, BLINDS: 3 };

/**
 * What happens to everything else when the subject goes. Follows need, not arrows: a volume's arrow points at the
 * instance, and the instance is what suffers. ORPHANS and BLINDS end a path: who lost its purpose or its observer harms
 * nobody further.
 */
export async function impact(subject: string, arrowsOf: ArrowsOf, options: ImpactOptions = {}): Promise<ImpactReport> {
  const explored: Neighborhood = await exploreNeeders(subject, arrowsOf, options);
  const settled = settleEffects(explored);
  const harmed = settled.impacted;
  const orphans = await orphansOf(explored, arrowsOf, settled);
  const impacted = [...harmed, ...orphans].sort(
    (a, b) => SEVERITY[a.effect] - SEVERITY[b.effect] || a.distance - b.distance || compareText(a.id, b.id),
  );
  const passing = harmed.filter(({ effect }) => effect !== 'BLINDS').map(({ id }) => id);
  const frontier = [...explored.subjects, ...passing].filter(explored.isCut).sort();
  return { impacted, truncated: frontier.length > 0, frontier };
}
