import type { CertificateModel } from '#entities/certificate/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { EvidenceClass, WhyNotCode } from './correlation.ts';
import type { Ground } from './ground.ts';
import type { HostFacts } from './host-facts.ts';
import type { Scope } from './scope.ts';

/** P: documented fields of both APIs. P°: fields whose content only one edition is known to send. F: data no API sends. */
export type RuleMode = 'P' | 'P°' | 'F';

interface RuleHead {
  /** Its place in the documentation's table; also the order of evidence. */
  readonly number: string;
  readonly name: string;
  readonly class: EvidenceClass;
}

/** Reads the ground and reports; keeps nothing, and reports in an order that follows the ground's. */
export interface Rule extends RuleHead {
  readonly mode: Exclude<RuleMode, 'F'>;
  run(ground: Ground, scope: Scope, report: Report): void;
}

/** A rule that waits for data the public APIs do not send. It never says "no match". */
export interface InactiveRule extends RuleHead {
  readonly mode: 'F';
  readonly needs: string;
}

/** What a rule found out. Codes without a pair explain why one side found nobody. */
export interface Report {
  /** The two may be one. */
  pair(facts: HostFacts, resource: ResourceModel, score: number, detail: string): void;
  /** They look alike, but a guard of the rule forbids to conclude. */
  doubt(facts: HostFacts, resource: ResourceModel, score: number, detail: string, code: WhyNotCode): void;
  /** An operator says they are not one. */
  deny(facts: HostFacts, resource: ResourceModel): void;
  relate(
    kind: 'ROUTES_TO' | 'COVERS',
    facts: HostFacts,
    other: ResourceModel | CertificateModel,
    score: number,
    detail: string,
  ): void;
  hostCode(facts: HostFacts, code: WhyNotCode): void;
  resourceCode(resource: ResourceModel, code: WhyNotCode): void;
}
