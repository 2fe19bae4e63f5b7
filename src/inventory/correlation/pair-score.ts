import { lastSegment } from '../identifiers/aws-identifiers.ts';
import type { CandidatePair } from './collector.ts';
import type { Evidence, EvidenceClass, WhyNotCode } from './correlation.ts';
import { timeOf } from './host-facts.ts';

/**
 * Combines the scores of a pair's evidence into one. Of each class only the best score counts, because evidence of one class
 * says the same thing twice. The classes are treated as independent: each one leaves a part of the doubt, and those parts are
 * multiplied (0.6 and 0.5 leave 0.4 × 0.5 = 0.2 of doubt, so the result is 0.8).
 *
 * `fresh` (0…1, from {@link staleness}) lowers every score except that of an id: addresses and names move from one machine to
 * another, while an id belongs to its machine for life.
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

/**
 * The factor for evidence about two records that were last seen at different times: 1 up to 48 hours, falling evenly to ½ at
 * 30 days and staying there. 1 as well when either time is unknown.
 */
export function staleness(leftSeenAt: number | null, rightSeenAt: number | null): number {
  if (leftSeenAt === null || rightSeenAt === null) return 1;
  const differenceMs = Math.abs(leftSeenAt - rightSeenAt);
  if (differenceMs <= FULL_TRUST) return 1;
  return 1 - 0.5 * Math.min(1, (differenceMs - FULL_TRUST) / (HALF_TRUST - FULL_TRUST));
}

const ENDED = new Set(['terminated', 'shutting-down', 'deleted']);
const NOWHERE = new Set(['', 'global', 'unknown']);

/** Contradictions that rule a pair out whatever its evidence, unless an operator has linked it. */
export function vetoesOf({ facts, resource }: CandidatePair): readonly WhyNotCode[] {
  const vetoes: WhyNotCode[] = [];
  const { instanceIds, regions } = facts;
  if (resource.service === 'ec2' && instanceIds.length > 0) {
    const isThis = instanceIds.length === 1 && instanceIds[0] === lastSegment(resource.resourceId).toLowerCase();
    if (!isThis) vetoes.push('CONTRADICTION(instanceId)');
  }
  // ScanOrbit keeps one row for two databases of one name, with the region of the one it saw first. So a database's region proves nothing.
  const hasRegion = resource.region !== null && !NOWHERE.has(resource.region) && resource.service !== 'rds';
  if (hasRegion && regions.size > 0 && !regions.has(resource.region ?? '')) vetoes.push('CONTRADICTION(region)');
  if (ENDED.has(resource.state ?? '')) vetoes.push('CONTRADICTION(state)');
  return vetoes;
}

/** Which of the two has not been seen for longer. */
export function staleSide({ facts, resource }: CandidatePair): WhyNotCode {
  const resourceSeenAt = timeOf(resource.lastSeenAt) ?? 0;
  return (facts.seenAt ?? 0) < resourceSeenAt ? 'STALE(host)' : 'STALE(resource)';
}
