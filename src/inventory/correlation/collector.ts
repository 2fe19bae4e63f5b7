import type { CertificateModel } from '#entities/certificate/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { type CrossRelation, confidenceOf, type Evidence, type WhyNotCode } from './correlation.ts';
import type { Ground } from './ground.ts';
import type { HostFacts } from './host-facts.ts';
import type { Report, Rule } from './rule.ts';
import type { Scope } from './scope.ts';

/** What the rules said about one pair. */
export interface PairFile {
  readonly facts: HostFacts;
  readonly resource: ResourceModel;
  readonly evidence: Evidence[];
  readonly doubts: { readonly evidence: Evidence; readonly code: WhyNotCode }[];
  isDenied: boolean;
}

/** Files everything that rules report. */
export class Collector {
  readonly #files = new Map<HostFacts, Map<ResourceModel, PairFile>>();
  readonly relations: CrossRelation[] = [];
  readonly hostCodes = new Map<HostFacts, Set<WhyNotCode>>();
  readonly resourceCodes = new Map<ResourceModel, Set<WhyNotCode>>();

  run(rules: readonly Rule[], ground: Ground, scope: Scope): void {
    for (const rule of rules) rule.run(ground, scope, this.#reportOf(rule));
  }

  pairs(): readonly PairFile[] {
    return [...this.#files.values()].flatMap((files) => [...files.values()]);
  }

  #reportOf(rule: Rule): Report {
    const evidence = (score: number, detail: string): Evidence => ({
      rule: rule.name,
      detail,
      class: rule.class,
      score,
    });
    return {
      pair: (facts, resource, score, detail) => this.#file(facts, resource).evidence.push(evidence(score, detail)),
      doubt: (facts, resource, score, detail, code) =>
        this.#file(facts, resource).doubts.push({ evidence: evidence(score, detail), code }),
      deny: (facts, resource) => {
        this.#file(facts, resource).isDenied = true;
      },
      relate: (kind, facts, other, score, detail) =>
        this.relations.push(relationOf(rule, kind, facts, other, score, detail)),
      hostCode: (facts, code) => addTo(this.hostCodes, facts, code),
      resourceCode: (resource, code) => addTo(this.resourceCodes, resource, code),
    };
  }

  #file(facts: HostFacts, resource: ResourceModel): PairFile {
    const files = this.#files.get(facts) ?? new Map<ResourceModel, PairFile>();
    this.#files.set(facts, files);
    const file = files.get(resource) ?? { facts, resource, evidence: [], doubts: [], isDenied: false };
    files.set(resource, file);
    return file;
  }
}

function relationOf(
  rule: Rule,
  kind: CrossRelation['kind'],
  { host }: HostFacts,
  other: ResourceModel | CertificateModel,
  score: number,
  detail: string,
): CrossRelation {
  const { type, source, id } = other;
  return {
    kind,
    host: refOf(host),
    other: { type, source, id },
    rule: rule.name,
    score,
    confidence: confidenceOf(score) ?? 'LOW',
    detail,
  };
}

export const refOf = <Type extends string>({ type, source, id }: RecordRef<Type>): RecordRef<Type> => ({
  type,
  source,
  id,
});

export function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
