import type { FieldChangeModel } from '#entities/change/model.ts';
import type { AssetRecord, AssetRef } from '#entities/dependency/model.ts';

export const ASSET_VERSION_KINDS = ['FIRST', 'ADDED', 'CHANGED', 'REMOVED'] as const;

/** How an asset was from one reading of its source until another. */
export interface AssetVersionModel {
  readonly kind: (typeof ASSET_VERSION_KINDS)[number];
  readonly asset: AssetRef;
  /** As it was; where it was removed, as it was before. Without times of sight. Null: not known any more. */
  readonly record: AssetRecord | null;
  /** What differs from the version before; empty unless CHANGED. */
  readonly fields: readonly FieldChangeModel[];
  /** RFC 3339, as are the others: the reading that showed it first. */
  readonly from: string;
  /** The reading before, when it was not so yet. */
  readonly since: string | null;
  /** The reading that showed it no more. */
  readonly until: string | null;
}
