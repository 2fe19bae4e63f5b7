import type { Confidence } from '#entities/dependency/model.ts';
import { type ArrowsOf, compareText } from './arrow.ts';
import { settleEffects } from './impact-effects.ts';
import { exploreNeeders, type Neighborhood } from './impact-explore.ts';
import { orphansOf } from './impact-orphans.ts';
import type { ImpactEffect } from './relations.ts';

export interface ImpactOptions {
  /** Steps from the subject to the farthest needer. @default 2 */
  readonly depth?: number;
  /** @default 500 */
  readonly maxVertices?: number;
  /** Needers followed from one vertex. @default as many as there are */
  readonly maxFanOut?: number;
  /** Arrows below are not there. @default LOW, and OBSERVED_AS only from HIGH upwards */
  readonly minConfidence?: Confidence;
}

export interface ImpactedVertex {
  readonly id: string;
  /** By the path that does the most harm: as strong as its weakest link. */
  readonly effect: ImpactEffect;
  /** Steps of the path; crossing OBSERVED_AS is none. */
  readonly distance: number;
  /** From the subject to this vertex. */
  readonly path: readonly string[];
  /** Of the path's least sure arrow. */
  readonly confidence: Confidence;
  /** What the inventories leave open about the path. */
  readonly notes: readonly string[];
}

export interface ImpactReport {
  /** Worst effect first, then by distance and id. Never holds the subject, nor what is the same thing as the subject. */
  readonly impacted: readonly ImpactedVertex[];
  readonly truncated: boolean;
  /** Vertices with needers that a limit left out; sorted. */
  readonly frontier: readonly string[];
}

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
