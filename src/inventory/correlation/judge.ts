import type { Confidence } from '#entities/dependency/model.ts';
import type { ResourceFacts } from '../facts.ts';
import { lastSegment } from '../identifiers/aws-identifiers.ts';
import { confidenceOf, type Evidence, type EvidenceClass, type WhyNotCode } from './correlation.ts';
import { type HostFacts, timeOf } from './host-facts.ts';

/** A host and a resource that may be the same machine, with everything that rules have reported about the two. */
export interface CandidatePair {
  readonly facts: HostFacts;
  readonly resource: ResourceFacts;
  readonly evidence: readonly Evidence[];
  /** Evidence that a guard of its rule disallows, and the guard's reason. It never counts towards the score. */
  readonly doubts: readonly { readonly evidence: Evidence; readonly code: WhyNotCode }[];
  /** An operator has said that they are not the same machine. */
  readonly isDenied: boolean;
}

/** What is decided about a pair on its own, before it is compared with others. Without codes it may become a link. */
export interface Verdict {
  readonly pair: CandidatePair;
  readonly score: number;
  readonly isManual: boolean;
  readonly codes: readonly WhyNotCode[];
}

/** Decides about a pair by its own evidence and contradictions. */
export function judge(pair: CandidatePair): Verdict {
  const isManual = pair.evidence.some(({ rule }) => rule === 'manual');
  if (pair.isDenied) return { pair, score: 0, isManual, codes: ['DENIED_MANUALLY'] };
  if (isManual) return { pair, score: 1, isManual, codes: [] };
  if (pair.evidence.length === 0)
    return { pair, score: 0, isManual, codes: [...new Set(pair.doubts.map(({ code }) => code)), ...vetoesOf(pair)] };
  const vetoes = vetoesOf(pair);
  const { score, weakenedBy } = scoreOf(pair);
  const confidence = confidenceOf(score);
  if (vetoes.length > 0) return { pair, score, isManual, codes: vetoes };
  const tooWeak: WhyNotCode[] =
    confidence === null || confidence === 'LOW' ? [`BELOW_THRESHOLD(${score})`, ...weakenedBy] : [];
  return { pair, score, isManual, codes: tooWeak };
}

/** The highest score of the next lower confidence. */
const ONE_BAND_DOWN: Readonly<Record<Confidence, number>> = { CERTAIN: 0.94, HIGH: 0.84, MEDIUM: 0.59, LOW: 0.39 };

/**
 * The combined score, lowered for staleness. No EC2 instance has only MAC addresses that a hardware maker assigned; a host that
 * does is probably a physical machine, so its confidence goes down by one step.
 */
function scoreOf(pair: CandidatePair): { score: number; weakenedBy: WhyNotCode[] } {
  const { facts, resource, evidence } = pair;
  const fresh = staleness(facts.seenAt, timeOf(resource.lastSeenAt));
  const combined = combineScores(evidence, fresh);
  const weakenedBy: WhyNotCode[] = fresh < 1 ? [staleSide(pair)] : [];
  const band = confidenceOf(combined);
  if (!facts.hardwareMacsOnly || resource.service !== 'ec2' || band === null) return { score: combined, weakenedBy };
  return { score: ONE_BAND_DOWN[band], weakenedBy: [...weakenedBy, 'CONTRADICTION(mac)'] };
}

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
function vetoesOf({ facts, resource }: CandidatePair): readonly WhyNotCode[] {
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
function staleSide({ facts, resource }: CandidatePair): WhyNotCode {
  const resourceSeenAt = timeOf(resource.lastSeenAt) ?? 0;
  return (facts.seenAt ?? 0) < resourceSeenAt ? 'STALE(host)' : 'STALE(resource)';
}
