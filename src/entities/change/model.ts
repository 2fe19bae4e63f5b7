import type { RecordRef } from '#lib/record-ref.ts';

/** What of a record is compared between two readings, and what it is called. */
export interface ChangeFacts<M extends RecordRef> {
  readonly title: (record: M) => string;
  readonly facts: (record: M) => Readonly<Record<string, string | null>>;
}

export const CHANGE_KINDS = ['ADDED', 'REMOVED', 'CHANGED', 'REOPENED'] as const;
/** What is compared. Of services and findings, only where a history is kept. */
const CHANGED_TYPES = ['Resource', 'Host', 'Service', 'Finding'] as const;
/** Findings come and go with every scan: they are among changes only where somebody asks for them. */
export const CHANGED_ASSETS = ['Resource', 'Host', 'Service'] as const;
export type ChangedRef = RecordRef<(typeof CHANGED_TYPES)[number]>;

/** One difference between two readings of a source. */
export interface ChangeModel extends ChangedRef {
  readonly kind: (typeof CHANGE_KINDS)[number];
  /** Title when it was last seen; a removed record cannot be asked for its own. */
  readonly title: string;
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
