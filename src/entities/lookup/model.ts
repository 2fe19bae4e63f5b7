import type { IdentifierKind } from '#inventory/identifiers/identifier.ts';

/** One record that a term may name, and how the term was read. */
export interface LookupHitModel {
  readonly term: string;
  readonly matchedOn: IdentifierKind;
  readonly record: { readonly type: string; readonly source: string; readonly id: string };
}
