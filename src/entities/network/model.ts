import type { RecordRef } from '#lib/record-ref.ts';

/** A network (a site in newer Scanopy versions): the scope within which addresses mean something. */
export interface NetworkModel extends RecordRef<'Network'> {
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Ids of tags; may dangle. */
  readonly tagIds: readonly string[];
}
