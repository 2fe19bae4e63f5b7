import type { Confidence } from '#entities/dependency/model.ts';
import { type CandidatePair, refOf } from './collector.ts';
import { type Correlation, confidenceOf, type Evidence, type WhyNotCode } from './correlation.ts';
import { bySourceAndId, groupBy } from './correlation-index.ts';
import { timeOf } from './host-facts.ts';
import { combineScores, staleness, staleSide, vetoesOf } from './pair-score.ts';

/** What is decided about a pair on its own, before it is compared with others. Without codes it may become a link. */
interface Verdict {
  readonly pair: CandidatePair;
  readonly score: number;
  readonly isManual: boolean;
  readonly codes: readonly WhyNotCode[];
}

/** Scores that differ by less than this count as equal, so that one day of staleness does not choose between two machines. */
const TIE = 0.05;

/** Decides for every candidate pair whether it is a link, a candidate or rejected; sorted by host, then by resource. */
export function decide(pairs: readonly CandidatePair[]): readonly Correlation[] {
  const verdicts = pairs.map(judge);
  const open = verdicts.filter(({ codes }) => codes.length === 0);
  const conflicts = conflictsAmong(open);
  return verdicts
    .map((verdict) => correlationOf(verdict, conflicts.get(verdict) ?? []))
    .sort((a, b) => bySourceAndId(a.host, b.host) || bySourceAndId(a.resource, b.resource));
}

function judge(pair: CandidatePair): Verdict {
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
 * Other pairs that claim the same slot as a pair. A slot can be filled once: "the machine that this host is" by one resource, "the
 * host that this resource is" by one host in each network.
 */
interface Conflict {
  readonly count: number;
  /** The strongest of the others: a pair that outranks this one outranks them all. */
  readonly strongest: Verdict;
}

/**
 * The conflicts of each pair that has any. A host fills one slot for a machine and one for a network interface, but any number of
 * Elastic IPs, since it may have several addresses. A resource fills one slot in each network that reaches it.
 */
function conflictsAmong(open: readonly Verdict[]): ReadonlyMap<Verdict, readonly Conflict[]> {
  const conflicts = new Map<Verdict, Conflict[]>();
  const bySlot = groupBy(open, ({ pair: { facts, resource } }) => {
    const slot = slotOf(resource.service);
    const ofResource = `r ${resource.source} ${resource.id} ${facts.host.source} ${facts.host.networkId}`;
    return slot === 'ADDRESS' ? [ofResource] : [ofResource, `h ${facts.host.source} ${facts.host.id} ${slot}`];
  });
  for (const group of bySlot.values()) {
    const [first, second] = [...group].sort((a, b) => Number(b.isManual) - Number(a.isManual) || b.score - a.score);
    if (!first || !second) continue;
    for (const one of group) {
      const conflict = { count: group.length - 1, strongest: one === first ? second : first };
      conflicts.set(one, [...(conflicts.get(one) ?? []), conflict]);
    }
  }
  return conflicts;
}

const slotOf = (service: string): 'ADDRESS' | 'INTERFACE' | 'MACHINE' =>
  service === 'eip' ? 'ADDRESS' : service === 'eni' ? 'INTERFACE' : 'MACHINE';

const outranks = (one: Verdict, other: Verdict): boolean =>
  one.isManual !== other.isManual ? one.isManual : one.score >= other.score + TIE;

function correlationOf(verdict: Verdict, conflicts: readonly Conflict[]): Correlation {
  const { pair, score, codes } = verdict;
  const evidence = sortEvidence(pair.evidence.length > 0 ? pair.evidence : pair.doubts.map((doubt) => doubt.evidence));
  const isOnly = conflicts.every(({ strongest }) => outranks(verdict, strongest));
  const claimants = 1 + conflicts.reduce((sum, { count }) => sum + count, 0);
  const whyNot: readonly WhyNotCode[] = codes.length > 0 ? codes : isOnly ? [] : [`AMBIGUOUS(${claimants})`];
  return {
    host: refOf(pair.facts.host),
    resource: refOf(pair.resource),
    rule: evidence[0]?.rule ?? 'manual',
    score,
    confidence: confidenceOf(score) ?? 'LOW',
    status: whyNot.length === 0 ? 'LINKED' : whyNot.some(isContradiction) ? 'REJECTED' : 'CANDIDATE',
    whyNot: [...whyNot].sort(),
    evidence,
  };
}

const isContradiction = (code: WhyNotCode): boolean =>
  code === 'DENIED_MANUALLY' ||
  code === 'EXCLUDED_ADDRESS' ||
  (code.startsWith('CONTRADICTION') && code !== 'CONTRADICTION(mac)');

const sortEvidence = (evidence: readonly Evidence[]): readonly Evidence[] =>
  [...evidence].sort(
    (a, b) => b.score - a.score || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) || (a.detail < b.detail ? -1 : 1),
  );
