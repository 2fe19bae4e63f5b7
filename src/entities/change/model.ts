import type { AssetRecord } from '#entities/dependency/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';

export const CHANGE_KINDS = ['ADDED', 'REMOVED', 'CHANGED', 'REOPENED'] as const;
/** Findings come and go with every scan: they are among changes only where somebody asks for them. */
export const CHANGED_ASSETS = ['Resource', 'Host', 'Service'] as const;
/** What is compared. Of services and findings, only where a history is kept. */
export const CHANGED_TYPES = [...CHANGED_ASSETS, 'Finding'] as const;
export type ChangedRef = RecordRef<(typeof CHANGED_TYPES)[number]>;

export type ChangedRecord = AssetRecord | FindingModel;

/** One difference between two readings of a source. */
export interface ChangeModel extends ChangedRef {
  readonly kind: (typeof CHANGE_KINDS)[number];
  /** Title when it was last seen; a removed record cannot be asked for its own. */
  readonly title: string;
  /** The record when it was last seen, where a history is kept. */
  readonly last?: ChangedRecord | null;
  /** Properties that differ; empty unless CHANGED. */
  readonly fields: readonly FieldChangeModel[];
  /** RFC 3339: the reading that showed it. */
  readonly noticedAt: string;
  /** RFC 3339: the reading before, when it was not so yet. */
  readonly since: string;
}

export interface FieldChangeModel {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}
