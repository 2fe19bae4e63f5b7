import type { CertificateNames } from '#entities/certificate/model.ts';
import { refOf } from '#lib/record-ref.ts';
import type { ResourceFacts } from '../facts.ts';
import type { CloudFacts } from './cloud-facts.ts';
import { type CrossRelation, confidenceOf, type Evidence, type WhyNotCode } from './correlation.ts';
import type { HostFacts } from './host-facts.ts';
import type { Report, Rule } from './rule.ts';

/** What a rule says of a host and a resource that may be the same machine. */
export interface PairFinding {
  readonly about: 'PAIR';
  readonly facts: HostFacts;
  readonly resource: CloudFacts;
  /** Null: an operator says that they are not the same machine. */
  readonly evidence: Evidence | null;
  /** The reason for which a guard of the rule disallows the evidence, if it does. It never counts towards the score then. */
  readonly doubt: WhyNotCode | null;
}

/** Why nothing was found for a host or for a resource. */
export interface CodeFinding {
  readonly about: 'END';
  readonly end: HostFacts | CloudFacts;
  readonly code: WhyNotCode;
}

interface RelationFinding {
  readonly about: 'RELATION';
  readonly relation: CrossRelation;
}

export type Finding = PairFinding | CodeFinding | RelationFinding;

/** Collects what a rule reports. */
export const reportInto = (findings: Finding[], rule: Rule): Report => {
  const evidence = (score: number, detail: string): Evidence => ({ rule: rule.name, detail, class: rule.class, score });
  return {
    pair: (facts, resource, score, detail) =>
      findings.push({ about: 'PAIR', facts, resource, evidence: evidence(score, detail), doubt: null }),
    doubt: (facts, resource, score, detail, doubt) =>
      findings.push({ about: 'PAIR', facts, resource, evidence: evidence(score, detail), doubt }),
    deny: (facts, resource) => findings.push({ about: 'PAIR', facts, resource, evidence: null, doubt: null }),
    relate: (kind, facts, other, score, detail) =>
      findings.push({ about: 'RELATION', relation: relationOf(rule, kind, facts, other, score, detail) }),
    hostCode: (end, code) => findings.push({ about: 'END', end, code }),
    resourceCode: (end, code) => findings.push({ about: 'END', end, code }),
  };
};

const relationOf = (
  rule: Rule,
  kind: CrossRelation['kind'],
  { host }: HostFacts,
  other: ResourceFacts | CertificateNames,
  score: number,
  detail: string,
): CrossRelation => ({
  kind,
  host: refOf(host),
  other: refOf(other),
  rule: rule.name,
  score,
  confidence: confidenceOf(score) ?? 'LOW',
  detail,
});
