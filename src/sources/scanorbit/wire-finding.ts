import { z } from 'zod';
import type { CertificateModel } from '#entities/certificate/model.ts';
import {
  FINDING_SEVERITIES,
  FINDING_STATUSES,
  type FindingModel,
  type FindingStatsModel,
} from '#entities/finding/model.ts';
import { instant, optionalInstant, rowId } from '../wire-values.ts';
import type { ReadRow } from './calls.ts';
import { counts, optionalRowId, optionalText, texts, wholeNumber, wordOf } from './wire-values.ts';

/** A row of `/findings`. The keys of `details` differ by type and edition, so it stays JSON. */
const findingRow = z.object({
  id: rowId,
  awsAccountId: rowId,
  resourceId: optionalRowId,
  certificateId: optionalRowId,
  type: z.string(),
  severity: wordOf(FINDING_SEVERITIES),
  status: wordOf(FINDING_STATUSES),
  summary: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  details: z
    .record(z.string(), z.unknown())
    .nullish()
    .catch(null)
    .transform((details) => details ?? null),
  resolvedAt: optionalInstant,
  snoozedUntil: optionalInstant,
  firstDetectedAt: optionalInstant,
  lastDetectedAt: optionalInstant,
  lastScanId: optionalRowId,
  detectionCount: wholeNumber,
  createdAt: instant,
  updatedAt: instant,
});

export const readFinding: ReadRow<FindingModel> = (source, raw) => {
  const { awsAccountId, type: findingType, ...row } = findingRow.parse(raw);
  return { type: 'Finding', source, accountId: awsAccountId, findingType, ...row };
};

/** Shown only inside a finding. A certificate that was never issued has a `notAfter` in the year 1, kept as sent. */
const certificateRow = z.object({
  id: rowId,
  primaryDomain: optionalText,
  altNames: texts,
  notBefore: optionalInstant,
  notAfter: optionalInstant,
  issuer: optionalText,
  algorithm: optionalText,
  source: optionalText,
  lastSeenAt: optionalInstant,
});

export const readCertificate: ReadRow<CertificateModel> = (source, raw) => {
  const { source: origin, ...row } = certificateRow.parse(raw);
  return { type: 'Certificate', source, origin, ...row };
};

/** `totalFindings` in one edition, `total` in the other. */
const findingStatsRow = z
  .object({
    totalFindings: wholeNumber.optional(),
    total: wholeNumber.optional(),
    byStatus: counts,
    bySeverity: counts,
    byType: counts,
  })
  .refine((stats) => stats.totalFindings !== undefined || stats.total !== undefined);

export const readFindingStats: ReadRow<FindingStatsModel> = (_source, raw) => {
  const { totalFindings, total, ...groups } = findingStatsRow.parse(raw);
  return { total: totalFindings ?? total ?? 0, ...groups };
};
