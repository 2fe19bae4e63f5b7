import type { RecordRef } from '#lib/record-ref.ts';

export interface VlanModel extends RecordRef<'Vlan'> {
  readonly networkId: string;
  /** IEEE 802.1Q VLAN id, 1–4094. */
  readonly number: number;
  readonly name: string;
  readonly description: string | null;
  readonly subnetIds: readonly string[];
}
