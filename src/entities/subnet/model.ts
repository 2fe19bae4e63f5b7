import type { RecordRef } from '#lib/record-ref.ts';

export interface SubnetModel extends RecordRef<'Subnet'> {
  readonly networkId: string;
  readonly name: string;
  /** Not a key: two system subnets of every network are 0.0.0.0/0, container bridges repeat one range. */
  readonly cidr: string;
  readonly description: string | null;
  readonly subnetType: string;
  readonly virtualizationServiceId: string | null;
  readonly tagIds: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}
