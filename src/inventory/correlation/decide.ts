import type { Confidence } from '#entities/dependency/model.ts';
import { type PairFile, refOf } from './collector.ts';
import { combineScores, staleness } from './combine.ts';
import { type Correlation, confidenceOf, type Evidence, type WhyNotCode } from './correlation.ts';
import { bySourceAndId, groupBy } from './ground.ts';
import { timeOf } from './host-facts.ts';
import { staleSide, vetoesOf } from './vetoes.ts';

/** A pair with its verdict so far: the score counts only while no code forbids the link. */
interface Verdict {
  readonly file: PairFile;
  readonly score: number;
  readonly isManual: boolean;
  readonly codes: readonly WhyNotCode[];
}

/** Scores closer than this are a tie: a day of staleness must not choose between two machines. */
const TIE = 0.05;

/** Who is linked with whom; sorted by host, then resource. */
export function decide(files: readonly PairFile[]): readonly Correlation[] {
  const verdicts = files.map(judge);
  const open = verdicts.filter(({ codes }) => codes.length === 0);
  const rivals = rivalsAmong(open);
  return verdicts
    .map((verdict) => correlationOf(verdict, rivals.get(verdict) ?? []))
    .sort((a, b) => bySourceAndId(a.host, b.host) || bySourceAndId(a.resource, b.resource));
}

function judge(file: PairFile): Verdict {
  const isManual = file.evidence.some(({ rule }) => rule === 'manual');
  if (file.isDenied) return { file, score: 0, isManual, codes: ['DENIED_MANUALLY'] };
  if (isManual) return { file, score: 1, isManual, codes: [] };
  if (file.evidence.length === 0)
    return { file, score: 0, isManual, codes: [...new Set(file.doubts.map(({ code }) => code)), ...vetoesOf(file)] };
  const vetoes = vetoesOf(file);
  const { score, weakenedBy } = scoreOf(file);
  const confidence = confidenceOf(score);
  if (vetoes.length > 0) return { file, score, isManual, codes: vetoes };
  const tooWeak: WhyNotCode[] =
    confidence === null || confidence === 'LOW' ? [`BELOW_THRESHOLD(${score})`, ...weakenedBy] : [];
  return { file, score, isManual, codes: tooWeak };
}

const ONE_BAND_DOWN: Readonly<Record<Confidence, number>> = { CERTAIN: 0.94, HIGH: 0.84, MEDIUM: 0.59, LOW: 0.39 };

function scoreOf(file: PairFile): { score: number; weakenedBy: WhyNotCode[] } {
  const { facts, resource, evidence } = file;
  const fresh = staleness(facts.seenAt, timeOf(resource.lastSeenAt));
  const combined = combineScores(evidence, fresh);
  const weakenedBy: WhyNotCode[] = fresh < 1 ? [staleSide(file)] : [];
  const band = confidenceOf(combined);
  if (!facts.hardwareMacsOnly || resource.service !== 'ec2' || band === null) return { score: combined, weakenedBy };
  return { score: ONE_BAND_DOWN[band], weakenedBy: [...weakenedBy, 'CONTRADICTION(mac)'] };
}

/** Who else wants the same seat. */
interface Rivalry {
  readonly count: number;
  /** Whom to outrank: nobody else is stronger. */
  readonly strongest: Verdict;
}

/** A host is one machine but may answer at several addresses; a resource is one host in each network that sees it. */
function rivalsAmong(open: readonly Verdict[]): ReadonlyMap<Verdict, readonly Rivalry[]> {
  const rivals = new Map<Verdict, Rivalry[]>();
  const bySeat = groupBy(open, ({ file: { facts, resource } }) => {
    const seat = seatOf(resource.service);
    const ofResource = `r ${resource.source} ${resource.id} ${facts.host.source} ${facts.host.networkId}`;
    return seat === 'ADDRESS' ? [ofResource] : [ofResource, `h ${facts.host.source} ${facts.host.id} ${seat}`];
  });
  for (const group of bySeat.values()) {
    const [first, second] = [...group].sort((a, b) => Number(b.isManual) - Number(a.isManual) || b.score - a.score);
    if (!first || !second) continue;
    for (const one of group) {
      const rivalry = { count: group.length - 1, strongest: one === first ? second : first };
      rivals.set(one, [...(rivals.get(one) ?? []), rivalry]);
    }
  }
  return rivals;
}

const seatOf = (service: string): 'ADDRESS' | 'INTERFACE' | 'MACHINE' =>
  service === 'eip' ? 'ADDRESS' : service === 'eni' ? 'INTERFACE' : 'MACHINE';

const outranks = (one: Verdict, other: Verdict): boolean =>
  one.isManual !== other.isManual ? one.isManual : one.score >= other.score + TIE;

function correlationOf(verdict: Verdict, rivals: readonly Rivalry[]): Correlation {
  const { file, score, codes } = verdict;
  const evidence = sortEvidence(file.evidence.length > 0 ? file.evidence : file.doubts.map((doubt) => doubt.evidence));
  const isOnly = rivals.every(({ strongest }) => outranks(verdict, strongest));
  const claimants = 1 + rivals.reduce((sum, { count }) => sum + count, 0);
  const whyNot: readonly WhyNotCode[] = codes.length > 0 ? codes : isOnly ? [] : [`AMBIGUOUS(${claimants})`];
  return {
    host: refOf(file.facts.host),
    resource: refOf(file.resource),
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
