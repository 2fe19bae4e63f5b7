import type { CloudFacts } from './cloud-facts.ts';
import type { Correlation } from './correlation.ts';
import type { PairFinding } from './findings.ts';
import type { HostFacts } from './host-facts.ts';
import type { CandidatePair, Verdict } from './judge.ts';

/** A host and a resource that may be the same machine, and what is decided about them. */
export interface Candidate {
  readonly facts: HostFacts;
  readonly resource: CloudFacts;
  /** What only one pair can fill: "the machine that this host is", "the host that this resource is" in one network. */
  readonly slots: readonly string[];
  /** Everything that rules say about the two. */
  readonly findings: Set<PairFinding>;
  /** Null once rules say nothing about the two any more. */
  verdict: Verdict | null;
  correlation: Correlation | null;
}

export const candidateOf = ({ facts, resource }: PairFinding): Candidate => ({
  facts,
  resource,
  slots: slotsOf(facts, resource),
  findings: new Set(),
  verdict: null,
  correlation: null,
});

export const pairOf = ({ facts, resource, findings }: Candidate): CandidatePair => {
  const said = [...findings];
  return {
    facts,
    resource: resource.row,
    evidence: said.flatMap(({ evidence, doubt }) => (evidence && doubt === null ? [evidence] : [])),
    doubts: said.flatMap(({ evidence, doubt: code }) => (evidence && code !== null ? [{ evidence, code }] : [])),
    isDenied: said.some(({ evidence }) => evidence === null),
  };
};

const slotsOf = ({ host }: HostFacts, { row }: CloudFacts): readonly string[] => {
  const slot = slotOf(row.service);
  const ofResource = `r ${row.source} ${row.id} ${host.source} ${host.networkId}`;
  return slot === 'ADDRESS' ? [ofResource] : [ofResource, `h ${host.source} ${host.id} ${slot}`];
};

const slotOf = (service: string): 'ADDRESS' | 'INTERFACE' | 'MACHINE' =>
  service === 'eip' ? 'ADDRESS' : service === 'eni' ? 'INTERFACE' : 'MACHINE';
