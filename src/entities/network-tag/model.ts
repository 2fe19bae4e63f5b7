import type { RecordRef } from '#lib/record-ref.ts';

/** A tag of a Scanopy organization; it belongs to no network. */
export interface NetworkTagModel extends RecordRef<'NetworkTag'> {
  readonly name: string;
  readonly description: string | null;
  readonly color: string;
}
