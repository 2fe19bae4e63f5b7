/** The ScanOrbit organization that an API key belongs to. */
export interface CloudOrganizationModel {
  readonly type: 'CloudOrganization';
  readonly source: string;
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  /** Null where the server has no tiers (the self-hosted edition). */
  readonly tier: string | null;
}
