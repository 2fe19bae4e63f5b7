import type { CertificateNames } from '#entities/certificate/model.ts';
import type { ResourceFacts } from '../facts.ts';
import type { EvidenceClass, WhyNotCode } from './correlation.ts';
import type { CorrelationIndex } from './correlation-index.ts';
import type { HostFacts } from './host-facts.ts';
import type { Scope } from './network-scope.ts';

/**
 * Which data a rule needs. P: documented fields of both APIs. P°: fields whose content was seen in one edition only. F: data that
 * neither API sends today.
 */
type RuleMode = 'P' | 'P°' | 'F';

interface RuleHead {
  /** Its place in the documentation's table; also the order of evidence. */
  readonly number: string;
  readonly name: string;
  readonly class: EvidenceClass;
}

/** One way to recognise that a host is a resource. It reads the index and reports; it has no state, and reports in the order of the index. */
export interface Rule extends RuleHead {
  readonly mode: Exclude<RuleMode, 'F'>;
  run(index: CorrelationIndex, scope: Scope, report: Report): void;
}

/** A rule that cannot run, because the public APIs do not send the data it compares. It is listed so that users can see what is missing. */
export interface InactiveRule extends RuleHead {
  readonly mode: 'F';
  readonly needs: string;
}

/** Where a rule reports what it found. */
export interface Report {
  /** Evidence that the two are the same machine. */
  pair(facts: HostFacts, resource: ResourceFacts, score: number, detail: string): void;
  /** The same, but a guard of the rule disallows it for the reason `code`. */
  doubt(facts: HostFacts, resource: ResourceFacts, score: number, detail: string, code: WhyNotCode): void;
  /** An operator says that they are not the same machine. */
  deny(facts: HostFacts, resource: ResourceFacts): void;
  /** A relation between two records that are not the same thing. */
  relate(
    kind: 'ROUTES_TO' | 'COVERS',
    facts: HostFacts,
    other: ResourceFacts | CertificateNames,
    score: number,
    detail: string,
  ): void;
  /** Why no resource was found for a host. */
  hostCode(facts: HostFacts, code: WhyNotCode): void;
  /** Why no host was found for a resource. */
  resourceCode(resource: ResourceFacts, code: WhyNotCode): void;
}
