import type { RecordRef } from '#lib/record-ref.ts';

/** The ScanOrbit organization that an API key belongs to. */
export interface CloudOrganizationModel extends RecordRef<'CloudOrganization'> {
  readonly name: string;
  readonly slug: string;
  /** Null where the server has no tiers (the self-hosted edition). */
  readonly tier: string | null;
}
