import type { CertificateNames } from '#entities/certificate/model.ts';
import type { ResourceFacts } from '../facts.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { EvidenceClass, WhyNotCode } from './correlation.ts';
import type { CorrelationConfig } from './correlation-input.ts';
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

/**
 * One way to recognise that a host is a resource. It names keys of both, and compares those that share a key. It has no state, and
 * what it reports of a key follows from that key's hosts and resources and from the scope alone: so after a change only the keys of
 * what changed are compared again.
 */
export interface Rule extends RuleHead {
  readonly mode: Exclude<RuleMode, 'F'>;
  hostKeys(facts: HostFacts): readonly string[];
  /** Services whose resources have keys. @default all */
  readonly services?: readonly string[];
  resourceKeys(facts: CloudFacts): readonly string[];
  /** What it reports something of even where the other side has nothing with the same key; all else that is alone is left out. */
  readonly readsAlone?: 'HOSTS' | 'RESOURCES';
  compare(shared: SharedKey, scope: Scope, report: Report): void;
}

/** Everything that has one key. */
export interface SharedKey {
  readonly key: string;
  readonly hosts: readonly HostFacts[];
  readonly resources: readonly CloudFacts[];
}

/** What stays the same while resources change. */
export interface RuleSettings {
  readonly hosts: readonly HostFacts[];
  readonly config: CorrelationConfig;
  /** Of all sources, as far as findings name them. */
  readonly certificates: readonly CertificateNames[];
}

/** A rule that cannot run, because the public APIs do not send the data it compares. It is listed so that users can see what is missing. */
export interface InactiveRule extends RuleHead {
  readonly mode: 'F';
  readonly needs: string;
}

/** Where a rule reports what it found. */
export interface Report {
  /** Evidence that the two are the same machine. */
  pair(facts: HostFacts, resource: CloudFacts, score: number, detail: string): void;
  /** The same, but a guard of the rule disallows it for the reason `code`. */
  doubt(facts: HostFacts, resource: CloudFacts, score: number, detail: string, code: WhyNotCode): void;
  /** An operator says that they are not the same machine. */
  deny(facts: HostFacts, resource: CloudFacts): void;
  /** A relation between two records that are not the same thing; the same one under no two keys. */
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
  resourceCode(resource: CloudFacts, code: WhyNotCode): void;
}
