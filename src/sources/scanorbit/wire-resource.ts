import { z } from 'zod';
import type { ResourceModel, ResourceStatsModel, ResourceTagModel } from '#entities/resource/model.ts';
import { counts, instant, optionalText, rowId, wholeNumber } from './wire-values.ts';

const tagValue = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The server does not check tag values: anything that is not text is shown as JSON. */
const tags = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(null)
  .transform((record): ResourceTagModel[] =>
    Object.entries(record ?? {}).map(([key, value]) => ({ key, value: tagValue(value) })),
  );

const DECIMAL = /^-?\d+(\.\d+)?$/;

const money = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((amount) => {
    const text = String(amount ?? '');
    return DECIMAL.test(text) ? text : null;
  });

/** A row of `/resources`. AWS's own description (`raw`), which some answers leak, ends here. */
export const resourceRow = z.object({
  id: rowId,
  awsAccountId: rowId,
  resourceId: z.string().min(1),
  service: z.string(),
  region: optionalText,
  name: optionalText,
  state: optionalText,
  tags,
  costEstimateMonthly: money,
  lastSeenAt: instant,
  createdAt: instant,
  updatedAt: instant,
});

export const toResource = (source: string, { awsAccountId, ...row }: z.output<typeof resourceRow>): ResourceModel => ({
  type: 'Resource',
  source,
  accountId: awsAccountId,
  ...row,
});

/** `totalResources` in one edition, `totalCount` in the other. */
export const resourceStatsRow = z
  .object({
    totalResources: wholeNumber.optional(),
    totalCount: wholeNumber.optional(),
    byService: counts,
    byRegion: counts,
    byState: counts,
  })
  .refine((stats) => stats.totalResources !== undefined || stats.totalCount !== undefined);

export const toResourceStats = ({
  totalResources,
  totalCount,
  ...groups
}: z.output<typeof resourceStatsRow>): ResourceStatsModel => ({ total: totalResources ?? totalCount ?? 0, ...groups });
