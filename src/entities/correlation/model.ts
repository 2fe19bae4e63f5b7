import type { AssetRef, Confidence } from '#entities/dependency/model.ts';

/** A host and a cloud resource that are the same thing, and why that is believed. */
export interface CorrelationModel {
  readonly host: AssetRef;
  readonly resource: AssetRef;
  readonly confidence: Confidence;
  readonly rule: string;
  readonly evidence: readonly EvidenceModel[];
}

export interface EvidenceModel {
  readonly rule: string;
  readonly detail: string;
}

export const INVENTORY_SIDES = ['CLOUD', 'NETWORK'] as const;
export type InventorySide = (typeof INVENTORY_SIDES)[number];

export interface UnmatchedModel {
  readonly asset: AssetRef;
  /** Codes, at least one. */
  readonly reasons: readonly string[];
}
