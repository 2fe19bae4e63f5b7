import type { RecordRef } from '#lib/record-ref.ts';

export const SCAN_STATUSES = [
  'QUEUED',
  'PROCESSING',
  'RUNNING',
  'ANALYZING',
  'COMPLETE',
  'PARTIAL',
  'ERROR',
  'CANCELED',
  'UNKNOWN',
] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** One run of ScanOrbit's scanner over one account. */
export interface ScanModel extends RecordRef<'Scan'> {
  /** Null when the account was removed since. */
  readonly accountId: string | null;
  readonly status: ScanStatus;
  readonly hasKey: boolean;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly resourcesDiscovered: number;
  /** May be negative. */
  readonly resourcesDelta: number;
  readonly findingsNew: number;
  readonly findingsResolved: number;
  readonly errorMessage: string | null;
  readonly createdAt: string;
}
