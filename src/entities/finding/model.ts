import { type CountModel, mergedCounts } from '#entities/resource/model.ts';
import { byValue, type Compare, inTurn } from '#lib/compare.ts';
import { type RecordRef, refKey } from '#lib/record-ref.ts';

export const FINDING_SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'TRIVIAL', 'UNKNOWN'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

export const FINDING_STATUSES = ['OPEN', 'RESOLVED', 'SNOOZED', 'IGNORED', 'UNKNOWN'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** One finding about a resource or a certificate, as a ScanOrbit source lists it. */
export interface FindingModel extends RecordRef<'Finding'> {
  readonly accountId: string;
  /** Null for certificates, or when the resource row is gone. */
  readonly resourceId: string | null;
  readonly certificateId: string | null;
  readonly findingType: string;
  readonly severity: FindingSeverity;
  readonly status: FindingStatus;
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly resolvedAt: string | null;
  readonly snoozedUntil: string | null;
  readonly firstDetectedAt: string | null;
  readonly lastDetectedAt: string | null;
  readonly lastScanId: string | null;
  readonly detectionCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface FindingStatsModel {
  readonly total: number;
  readonly byStatus: readonly CountModel[];
  readonly bySeverity: readonly CountModel[];
  readonly byType: readonly CountModel[];
}

/** Several sources' statistics as one. */
export const mergedFindingStats = (stats: readonly FindingStatsModel[]): FindingStatsModel => ({
  total: stats.reduce((sum, { total }) => sum + total, 0),
  byStatus: mergedCounts(stats.map((of) => of.byStatus)),
  bySeverity: mergedCounts(stats.map((of) => of.bySeverity)),
  byType: mergedCounts(stats.map((of) => of.byType)),
});

export interface FindingOrderModel {
  readonly field: 'SEVERITY' | 'FIRST_DETECTED' | 'LAST_DETECTED' | 'CREATED_AT';
  readonly direction: 'ASC' | 'DESC';
}

const instantOf = (time: string | null): number | null => (time === null ? null : Date.parse(time));

const VALUES: Readonly<Record<FindingOrderModel['field'], (row: FindingModel) => string | number | null>> = {
  SEVERITY: ({ severity }) => -FINDING_SEVERITIES.indexOf(severity),
  FIRST_DETECTED: ({ firstDetectedAt }) => instantOf(firstDetectedAt),
  LAST_DETECTED: ({ lastDetectedAt }) => instantOf(lastDetectedAt),
  CREATED_AT: ({ createdAt }) => instantOf(createdAt),
};

/** Equal ones: newest first, then by source and id, so that pages never overlap. */
export const findingOrder = ({ field, direction }: FindingOrderModel): Compare<FindingModel> =>
  inTurn(byValue(VALUES[field], direction), byValue(VALUES.CREATED_AT, 'DESC'), byValue(refKey, 'ASC'));
