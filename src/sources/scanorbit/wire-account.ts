import { z } from 'zod';
import { CLOUD_ACCOUNT_STATUSES, type CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { CloudOrganizationModel } from '#entities/cloud-organization/model.ts';
import { SCAN_STATUSES, type ScanModel } from '#entities/scan/model.ts';
import { instant, optionalInstant, rowId } from '../wire-values.ts';
import type { ReadRow } from './calls.ts';
import { message, optionalCount, optionalRowId, optionalText, texts, wordOf } from './wire-values.ts';

/** Here alone `awsAccountId` is the twelve-digit number; everywhere else it is an account's row id. */
const accountRow = z.object({
  id: rowId,
  name: optionalText,
  awsAccountId: z.union([z.string(), z.number().transform((digits) => String(digits).padStart(12, '0'))]),
  status: wordOf(CLOUD_ACCOUNT_STATUSES),
  lastError: message,
  lastScanAt: optionalInstant,
  enabledScanners: texts,
  createdAt: instant,
  updatedAt: instant,
});

export const readAccount: ReadRow<CloudAccountModel> = (source, raw) => {
  const { awsAccountId, name, ...row } = accountRow.parse(raw);
  return {
    type: 'CloudAccount',
    source,
    awsAccountNumber: awsAccountId,
    ...row,
    name: name?.trim() ? name : awsAccountId,
  };
};

const scanRow = z.object({
  id: rowId,
  awsAccountId: optionalRowId,
  status: wordOf(SCAN_STATUSES, { ANALYZING_PENDING: 'ANALYZING' }),
  hasKey: z.boolean().nullish(),
  startedAt: optionalInstant,
  completedAt: optionalInstant,
  resourcesDiscovered: optionalCount,
  resourcesDelta: optionalCount,
  findingsNew: optionalCount,
  findingsResolved: optionalCount,
  errorMessage: message,
  createdAt: instant,
});

export const readScan: ReadRow<ScanModel> = (source, raw) => {
  const { awsAccountId, hasKey, ...row } = scanRow.parse(raw);
  return { type: 'Scan', source, accountId: awsAccountId, hasKey: hasKey ?? awsAccountId !== null, ...row };
};

/** `tier` is sent by one edition only. */
const organizationRow = z.object({ id: rowId, name: z.string(), slug: z.string(), tier: optionalText });

export const readOrganization: ReadRow<CloudOrganizationModel> = (source, raw) => ({
  type: 'CloudOrganization',
  source,
  ...organizationRow.parse(raw),
});
