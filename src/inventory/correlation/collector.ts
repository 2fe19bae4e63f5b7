import type { CertificateNames } from '#entities/certificate/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { refOf } from '#lib/record-ref.ts';
import type { ResourceFacts } from '../facts.ts';
import { type CrossRelation, confidenceOf, type Evidence, type WhyNotCode } from './correlation.ts';
import type { CorrelationIndex } from './correlation-index.ts';
import type { HostFacts } from './host-facts.ts';
import type { Scope } from './network-scope.ts';
import type { Report, Rule } from './rule.ts';

/** A host and a resource that may be the same machine, with everything the rules have reported about the two. */
export interface CandidatePair {
  readonly facts: HostFacts;
  readonly resource: ResourceFacts;
  readonly evidence: Evidence[];
  /** Evidence that a guard of its rule disallows, and the guard's reason. It never counts towards the score. */
  readonly doubts: { readonly evidence: Evidence; readonly code: WhyNotCode }[];
  /** An operator has said that they are not the same machine. */
  isDenied: boolean;
}

/** Runs the rules and collects what they report: candidate pairs, relations, and reasons why one side was not matched. */
export class Collector {
  readonly #pairs = new Map<HostFacts, Map<ResourceFacts, CandidatePair>>();
  readonly relations: CrossRelation[] = [];
  readonly hostCodes = new Map<HostFacts, Set<WhyNotCode>>();
  readonly resourceCodes = new Map<ResourceFacts, Set<WhyNotCode>>();

  run(rules: readonly Rule[], index: CorrelationIndex, scope: Scope): void {
    for (const rule of rules) rule.run(index, scope, this.#reportOf(rule));
  }

  pairs(): readonly CandidatePair[] {
    return [...this.#pairs.values()].flatMap((pairs) => [...pairs.values()]);
  }

  #reportOf(rule: Rule): Report {
    const evidence = (score: number, detail: string): Evidence => ({
      rule: rule.name,
      detail,
      class: rule.class,
      score,
    });
    return {
      pair: (facts, resource, score, detail) => this.#pairOf(facts, resource).evidence.push(evidence(score, detail)),
      doubt: (facts, resource, score, detail, code) =>
        this.#pairOf(facts, resource).doubts.push({ evidence: evidence(score, detail), code }),
      deny: (facts, resource) => {
        this.#pairOf(facts, resource).isDenied = true;
      },
      relate: (kind, facts, other, score, detail) =>
        this.relations.push(relationOf(rule, kind, facts, other, score, detail)),
      hostCode: (facts, code) => addTo(this.hostCodes, facts, code),
      resourceCode: (resource, code) => addTo(this.resourceCodes, resource, code),
    };
  }

  #pairOf(facts: HostFacts, resource: ResourceFacts): CandidatePair {
    const pairs = getOrMake(this.#pairs, facts, () => new Map());
    return getOrMake(pairs, resource, () => ({ facts, resource, evidence: [], doubts: [], isDenied: false }));
  }
}

function relationOf(
  rule: Rule,
  kind: CrossRelation['kind'],
  { host }: HostFacts,
  other: ResourceFacts | CertificateNames,
  score: number,
  detail: string,
): CrossRelation {
  return {
    kind,
    host: refOf(host),
    other: refOf(other),
    rule: rule.name,
    score,
    confidence: confidenceOf(score) ?? 'LOW',
    detail,
  };
}

export function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  getOrMake(sets, key, () => new Set()).add(value);
}
