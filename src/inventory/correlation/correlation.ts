import type { AssetRef, Confidence } from '#entities/dependency/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';

/** Changes whenever a rule, a score or a guard does: links of two versions are not comparable. */
export const RULESET_VERSION = '1';

export const EVIDENCE_CLASSES = ['OPERATOR', 'ID', 'L2', 'L3', 'NAME', 'SERVICE'] as const;
export type EvidenceClass = (typeof EVIDENCE_CLASSES)[number];

/** Why two assets, or an asset and anything at all, were not linked. Some carry a detail in brackets: `AMBIGUOUS(3)`. */
export type WhyNotCode =
  | 'NO_KEY_ON_CLOUD_SIDE'
  | 'NO_KEY_ON_NETWORK_SIDE'
  | 'NOT_IN_CLOUD_INVENTORY'
  | 'NOT_ON_NETWORK'
  | 'OUT_OF_SCOPE_NETWORK'
  | `AMBIGUOUS(${number})`
  | `CONTRADICTION(${'instanceId' | 'region' | 'state' | 'mac'})`
  | `STALE(${'host' | 'resource'})`
  | 'EXCLUDED_ADDRESS'
  | 'GENERIC_NAME'
  | `BELOW_THRESHOLD(${number})`
  | `SOURCE_INCOMPLETE(${string})`
  | 'DENIED_MANUALLY';

export interface Evidence {
  readonly rule: string;
  /** One sentence with both values. */
  readonly detail: string;
  readonly class: EvidenceClass;
  readonly score: number;
}

/** A host and a resource, and the evidence that they are the same thing. */
export interface Correlation {
  readonly host: RecordRef<'Host'>;
  readonly resource: RecordRef<'Resource'>;
  /** The rule with the best score. */
  readonly rule: string;
  /** For ordering and thresholds; it is not a probability. */
  readonly score: number;
  readonly confidence: Confidence;
  /** LINKED counts; a CANDIDATE is too weak or not the only one; a REJECTED pair is contradicted. */
  readonly status: 'LINKED' | 'CANDIDATE' | 'REJECTED';
  /** Empty for links. */
  readonly whyNot: readonly WhyNotCode[];
  readonly evidence: readonly Evidence[];
}

/** A relation between a host and a cloud record that are not the same thing: a load balancer routes to the host, or a certificate covers its name. */
export interface CrossRelation {
  readonly kind: 'ROUTES_TO' | 'COVERS';
  readonly host: RecordRef<'Host'>;
  /** A load balancer (ROUTES_TO) or a certificate (COVERS). */
  readonly other: RecordRef<'Resource' | 'Certificate'>;
  readonly rule: string;
  readonly score: number;
  readonly confidence: Confidence;
  readonly detail: string;
}

export interface Unmatched {
  readonly asset: AssetRef;
  /** Never empty; sorted. */
  readonly reasons: readonly WhyNotCode[];
}

/** Which VPCs a network belongs to, and how that is known. */
export interface NetworkMapping {
  readonly source: string;
  readonly networkId: string;
  readonly vpcIds: readonly string[];
  /** The hosts from whose links it was learned; empty for a configured mapping. */
  readonly anchors: readonly AssetRef[];
}

export const confidenceOf = (score: number): Confidence | null =>
  score >= 0.95 ? 'CERTAIN' : score >= 0.85 ? 'HIGH' : score >= 0.6 ? 'MEDIUM' : score >= 0.4 ? 'LOW' : null;
