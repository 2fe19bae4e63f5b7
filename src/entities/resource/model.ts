import { byValue, type Compare, inTurn } from '#lib/compare.ts';
import { type RecordRef, refKey } from '#lib/record-ref.ts';
import { firstFilled } from '#lib/text.ts';

/** One AWS resource as a ScanOrbit source lists it. */
export interface ResourceModel extends RecordRef<'Resource'> {
  /** The owning account's row id, not its twelve-digit number. */
  readonly accountId: string;
  /** ARN, short id or bare name, as the upstream gives it; not unique across accounts. */
  readonly resourceId: string;
  readonly service: string;
  readonly region: string | null;
  readonly name: string | null;
  readonly state: string | null;
  readonly tags: readonly ResourceTagModel[];
  /** Exact decimal in USD, or null where the upstream gives none. */
  readonly costEstimateMonthly: string | null;
  readonly lastSeenAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ResourceTagModel {
  readonly key: string;
  readonly value: string;
}

export interface CountModel {
  readonly key: string;
  readonly count: number;
}

export interface ResourceStatsModel {
  readonly total: number;
  readonly byService: readonly CountModel[];
  readonly byRegion: readonly CountModel[];
  readonly byState: readonly CountModel[];
}

/** What a list row or an edge says about a resource at least; enough to name it without a call. */
export type ResourceSummary = Pick<
  ResourceModel,
  'type' | 'source' | 'id' | 'resourceId' | 'service' | 'region' | 'name' | 'state'
>;

/** A title a person recognises, never blank: the name, else the AWS identifier, else the row id. */
export const resourceDisplayName = ({
  id,
  name,
  resourceId,
}: Pick<ResourceModel, 'id' | 'name' | 'resourceId'>): string => firstFilled(name, resourceId) ?? id;

/** Several sources' statistics as one. */
export const mergedStats = (stats: readonly ResourceStatsModel[]): ResourceStatsModel => ({
  total: stats.reduce((sum, { total }) => sum + total, 0),
  byService: mergedCounts(stats.map((of) => of.byService)),
  byRegion: mergedCounts(stats.map((of) => of.byRegion)),
  byState: mergedCounts(stats.map((of) => of.byState)),
});

/** Counts of the same key added up; most first, then by key. */
export const mergedCounts = (lists: readonly (readonly CountModel[])[]): readonly CountModel[] => {
  const totals = new Map<string, number>();
  for (const { key, count } of lists.flat()) totals.set(key, (totals.get(key) ?? 0) + count);
  return [...totals]
    .map(([key, count]) => ({ key, count }))
    .toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
};

/** What makes a difference to people between two readings. Times of sight move with every scan, and mean nothing by themselves. */
export const RESOURCE_FACTS = {
  title: resourceDisplayName,
  facts: ({ name, state, region, service, costEstimateMonthly, tags }: ResourceModel) => ({
    name,
    state,
    region,
    service,
    costEstimateMonthly,
    tags: tags
      .map(({ key, value }) => `${key}=${value}`)
      .sort()
      .join(', '),
  }),
};

export interface ResourceOrderModel {
  readonly field: 'COST' | 'NAME' | 'LAST_SEEN' | 'CREATED_AT';
  readonly direction: 'ASC' | 'DESC';
}

const VALUES: Readonly<Record<ResourceOrderModel['field'], (row: ResourceModel) => string | number | null>> = {
  COST: ({ costEstimateMonthly }) => (costEstimateMonthly === null ? null : Number(costEstimateMonthly)),
  NAME: (row) => resourceDisplayName(row).toLowerCase(),
  LAST_SEEN: ({ lastSeenAt }) => Date.parse(lastSeenAt),
  CREATED_AT: ({ createdAt }) => Date.parse(createdAt),
};

/** Equal ones: last seen first, then by source and id, so that pages never overlap. */
export const resourceOrder = ({ field, direction }: ResourceOrderModel): Compare<ResourceModel> =>
  inTurn(byValue(VALUES[field], direction), byValue(VALUES.LAST_SEEN, 'DESC'), byValue(refKey, 'ASC'));

/** What one new answer of the source contained about resources. */
export interface ResourceAnswer {
  readonly rows: readonly ResourceModel[];
  /** The row id or AWS identifier that the source was asked for and has not; null when it was not asked so, or has it. */
  readonly missing: string | null;
  /** Epoch milliseconds. */
  readonly givenAt: number;
  readonly isForIndex: boolean;
}
