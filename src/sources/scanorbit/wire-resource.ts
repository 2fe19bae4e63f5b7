import { z } from 'zod';
import type { ResourceModel, ResourceStatsModel, ResourceTagModel } from '#entities/resource/model.ts';
import { instant, rowId } from '../wire-values.ts';
import type { ReadRow } from './calls.ts';
import { counts, optionalText, wholeNumber } from './wire-values.ts';

const tagValue = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const tagNamed = z
  .object({ Key: z.string(), Value: z.unknown().optional() })
  .or(
    z
      .object({ key: z.string(), value: z.unknown().optional() })
      .transform(({ key, value }) => ({ Key: key, Value: value })),
  );

/** AWS's own form names key and value; a bare text is a key, and anything else has its position as key. */
const tagsInArray = (list: readonly unknown[]): ResourceTagModel[] =>
  list.flatMap((element, place) => {
    if (element === null || element === '') return [];
    if (typeof element === 'string') return [{ key: element, value: '' }];
    const named = tagNamed.safeParse(element);
    const [key, value] = named.success ? [named.data.Key, named.data.Value] : [String(place), element];
    return [{ key, value: tagValue(value) }];
  });

/** The server checks neither the form of tags nor their values: anything that is not text is shown as JSON. */
const tags = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown())])
  .nullish()
  .catch(null)
  .transform((sent): ResourceTagModel[] =>
    Array.isArray(sent)
      ? tagsInArray(sent)
      : Object.entries(sent ?? {}).map(([key, value]) => ({ key, value: tagValue(value) })),
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

export const readResource: ReadRow<ResourceModel> = (source, raw) => toResource(source, resourceRow.parse(raw));

/** `totalResources` in one edition, `totalCount` in the other. */
const resourceStatsRow = z
  .object({
    totalResources: wholeNumber.optional(),
    totalCount: wholeNumber.optional(),
    byService: counts,
    byRegion: counts,
    byState: counts,
  })
  .refine((stats) => stats.totalResources !== undefined || stats.totalCount !== undefined);

export const readResourceStats: ReadRow<ResourceStatsModel> = (_source, raw) => {
  const { totalResources, totalCount, ...groups } = resourceStatsRow.parse(raw);
  return { total: totalResources ?? totalCount ?? 0, ...groups };
};
