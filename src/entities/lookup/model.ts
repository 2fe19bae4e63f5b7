import type { IdentifierKind } from '#inventory/identifiers/identifier.ts';
import type { RecordRef } from '#lib/record-ref.ts';

/** One record that a term may name, and how the term was read. */
export interface LookupHitModel {
  readonly term: string;
  readonly matchedOn: IdentifierKind;
  readonly record: RecordRef;
}
