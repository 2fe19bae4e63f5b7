import type { RecordRef } from '#lib/record-ref.ts';

export const CLOUD_ACCOUNT_STATUSES = ['PENDING', 'OK', 'ERROR', 'UNKNOWN'] as const;
type CloudAccountStatus = (typeof CLOUD_ACCOUNT_STATUSES)[number];

/** One AWS account connected to a ScanOrbit organization. */
export interface CloudAccountModel extends RecordRef<'CloudAccount'> {
  readonly name: string;
  /** Twelve digits as a string: it may start with 0. */
  readonly awsAccountNumber: string;
  readonly status: CloudAccountStatus;
  readonly lastError: string | null;
  readonly lastScanAt: string | null;
  readonly enabledScanners: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}
