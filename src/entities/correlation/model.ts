import type { AssetRef, Confidence } from '#entities/dependency/model.ts';
import type { CountModel } from '#entities/resource/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';

/** A host and a cloud resource that are the same thing, and why that is believed. */
export interface CorrelationModel {
  readonly host: RecordRef<'Host'>;
  readonly resource: RecordRef<'Resource'>;
  readonly confidence: Confidence;
  readonly rule: string;
  readonly evidence: readonly EvidenceModel[];
}

export interface EvidenceModel {
  readonly rule: string;
  readonly detail: string;
}

export type InventorySide = 'CLOUD' | 'NETWORK';

export interface UnmatchedModel {
  readonly asset: AssetRef;
  /** Codes, at least one. */
  readonly reasons: readonly string[];
}

/** A host that answers under a name that a certificate covers. */
export interface CertificateUseModel {
  readonly host: RecordRef<'Host'>;
  readonly confidence: Confidence;
  readonly detail: string;
}

/** How many hosts and resources are linked, and why the others are not. */
export interface CorrelationReportModel {
  readonly linksByRule: readonly CountModel[];
  readonly linksByConfidence: readonly CountModel[];
  readonly candidates: number;
  readonly unmatchedCloud: readonly CountModel[];
  readonly unmatchedNetwork: readonly CountModel[];
  readonly inactiveRules: readonly InactiveRuleModel[];
  readonly rulesetVersion: string;
}

export interface InactiveRuleModel {
  readonly name: string;
  readonly needs: string;
}
