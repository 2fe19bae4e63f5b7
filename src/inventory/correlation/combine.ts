import type { Evidence, EvidenceClass } from './correlation.ts';

/**
 * The best of each class, since facts of one class repeat each other; classes add up as independent witnesses. `fresh`
 * weakens what moves from machine to machine; an id stays with its machine for life.
 */
export function combineScores(evidence: readonly Evidence[], fresh = 1): number {
  const best = new Map<EvidenceClass, number>();
  for (const { class: of, score } of evidence) {
    best.set(of, Math.max(best.get(of) ?? 0, of === 'ID' ? score : score * fresh));
  }
  let doubt = 1;
  for (const score of [...best.values()].sort((a, b) => a - b)) doubt *= 1 - score;
  return Math.round((1 - doubt) * 10_000) / 10_000;
}

const HOUR = 3_600_000;
const FULL_TRUST = 48 * HOUR;
const HALF_TRUST = 30 * 24 * HOUR;

/** 1 while two sights are within 48 hours of each other, falling evenly to ½ at 30 days. Unknown times do not decay. */
export function staleness(leftSeenAt: number | null, rightSeenAt: number | null): number {
  if (leftSeenAt === null || rightSeenAt === null) return 1;
  const apart = Math.abs(leftSeenAt - rightSeenAt);
  if (apart <= FULL_TRUST) return 1;
  return 1 - 0.5 * Math.min(1, (apart - FULL_TRUST) / (HALF_TRUST - FULL_TRUST));
}
