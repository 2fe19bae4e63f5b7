import { compareText } from '#lib/compare.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { refOf } from '#lib/record-ref.ts';
import { type Candidate, candidateOf, pairOf } from './candidate.ts';
import type { CloudFacts } from './cloud-facts.ts';
import { type Correlation, confidenceOf, type Evidence, type WhyNotCode } from './correlation.ts';
import type { PairFinding } from './findings.ts';
import type { HostFacts } from './host-facts.ts';
import { judge, type Verdict } from './judge.ts';
import { type Conflict, Slots } from './slots.ts';

/** Scores that differ by less than this count as equal, so that one day of staleness does not choose between two machines. */
const TIE = 0.05;

type End = HostFacts | CloudFacts;

/** Decides for every candidate pair whether it is a link, a candidate or rejected; after a change, for those that it may concern. */
export class Decisions {
  /** By either end, then by the other. */
  readonly #candidates = new Map<End, Map<End, Candidate>>();
  readonly #slots = new Slots();
  readonly #changed = new Set<Candidate>();

  add(finding: PairFinding): void {
    const { facts, resource } = finding;
    const ofHost = getOrMake(this.#candidates, facts, () => new Map());
    const candidate = getOrMake(ofHost, resource, () => candidateOf(finding));
    getOrMake(this.#candidates, resource, () => new Map()).set(facts, candidate);
    candidate.findings.add(finding);
    this.#changed.add(candidate);
  }

  retract(finding: PairFinding): void {
    const candidate = this.#candidates.get(finding.facts)?.get(finding.resource);
    if (!candidate?.findings.delete(finding)) return;
    this.#changed.add(candidate);
  }

  /** A resource was seen at another time. */
  judgeAgain(resource: CloudFacts): void {
    for (const candidate of this.of(resource)) this.#changed.add(candidate);
  }

  of(end: End): Iterable<Candidate> {
    return this.#candidates.get(end)?.values() ?? [];
  }

  /** @returns those that were decided anew. */
  settle(): readonly Candidate[] {
    for (const candidate of this.#changed) this.#judge(candidate);
    for (const candidate of this.#slots.settle()) this.#changed.add(candidate);
    const decided = [...this.#changed];
    this.#changed.clear();
    for (const candidate of decided) {
      const { verdict } = candidate;
      candidate.correlation = verdict && correlationOf(verdict, this.#slots.conflictsOf(candidate));
    }
    return decided;
  }

  #judge(candidate: Candidate): void {
    this.#slots.leave(candidate);
    candidate.verdict = candidate.findings.size > 0 ? judge(pairOf(candidate)) : null;
    if (candidate.verdict === null) this.#forget(candidate);
    else if (candidate.verdict.codes.length === 0) this.#slots.claim(candidate);
  }

  #forget(candidate: Candidate): void {
    for (const [one, other] of [
      [candidate.facts, candidate.resource],
      [candidate.resource, candidate.facts],
    ] as const) {
      const others = this.#candidates.get(one);
      others?.delete(other);
      if (others?.size === 0) this.#candidates.delete(one);
    }
  }
}

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
