import { compareText } from '#lib/compare.ts';
import { refOf } from '#lib/record-ref.ts';
import type { CandidatePair } from './collector.ts';
import { type Correlation, confidenceOf, type Evidence, type WhyNotCode } from './correlation.ts';
import { bySourceAndId, groupBy } from './group-by.ts';
import { judge, type Verdict } from './judge.ts';

/** Scores that differ by less than this count as equal, so that one day of staleness does not choose between two machines. */
const TIE = 0.05;

export interface Decision {
  readonly pair: CandidatePair;
  readonly correlation: Correlation;
}

/** Decides for every candidate pair whether it is a link, a candidate or rejected; sorted by host, then by resource. */
export function decide(pairs: readonly CandidatePair[]): readonly Decision[] {
  const verdicts = pairs.map(judge);
  const open = verdicts.filter(({ codes }) => codes.length === 0);
  const conflicts = conflictsAmong(open);
  return verdicts
    .map((verdict) => ({ pair: verdict.pair, correlation: correlationOf(verdict, conflicts.get(verdict) ?? []) }))
    .sort(
      ({ pair: a }, { pair: b }) => bySourceAndId(a.facts.host, b.facts.host) || bySourceAndId(a.resource, b.resource),
    );
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
  [...evidence].sort((a, b) => b.score - a.score || compareText(a.rule, b.rule) || compareText(a.detail, b.detail));
