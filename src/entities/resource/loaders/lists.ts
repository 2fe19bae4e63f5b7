import type { PriceInput } from '#graphql/pricing/price.ts';
import type { DecimalRange, TimeRange } from '#lib/ranges.ts';
import { decodeGlobalId, type RowRef } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import { listOfSources, narrowSources } from '#loading/several-sources.ts';
import type { ResourceQuery } from '#sources/cloud-queries.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { type ResourceModel, type ResourceOrderModel, resourceOrder } from '../model.ts';
import { hasConditions, type ResourceConditions, resourceConditions } from './conditions.ts';
import { resourcePages } from './pages.ts';

type Given<T> = T | null | undefined;
type Many<T> = Given<readonly T[]>;

interface ResourceFilterModel extends ResourceConditions {
  readonly region?: Many<string>;
  readonly service?: Many<string>;
  readonly state?: Many<string>;
  readonly cost?: Given<'PAID' | 'FREE'>;
  readonly tag?: Given<{ readonly key: string; readonly value?: Given<string>; readonly exists?: Given<boolean> }>;
  readonly search?: Given<string>;
  readonly monthlyCost?: Given<DecimalRange>;
  readonly lastSeen?: Given<TimeRange>;
}

interface ResourceListArgs {
  readonly filter?: ResourceFilterModel | null;
  readonly orderBy?: ResourceOrderModel | null;
}

const queryOf = ({ filter, orderBy }: ResourceListArgs, accountId?: string): ResourceQuery => {
  const { region, service, state, cost, tag, search, monthlyCost, lastSeen } = filter ?? {};
  return {
    ...(accountId && { accountId }),
    ...(cost && { cost }),
    ...(region && { region }),
    ...(service && { service }),
    ...(state && { state }),
    ...(tag && { tag: tagOf(tag) }),
    ...(search && { search }),
    ...(monthlyCost && { monthlyCost }),
    ...(lastSeen && { lastSeen }),
    ...(orderBy && { orderBy }),
  };
};

const tagOf = ({ key, value, exists }: NonNullable<ResourceFilterModel['tag']>): NonNullable<ResourceQuery['tag']> => ({
  key,
  ...(typeof value === 'string' && { value }),
  ...(exists === false && { exists }),
});

/** See `Apart`. */
export const resourceFanOut = ({ filter, orderBy }: ResourceListArgs, { paging }: PriceInput): number | null => {
  const where = hasConditions(filter ?? {}) ? { where: () => true } : {};
  return paging.CLOUD.apart('resources', { ...queryOf({ filter: filter ?? {}, orderBy: orderBy ?? null }), ...where });
};

/** See `FromIndex`. Which services count as paid is the upstream's own knowledge. */
export const resourcesFromIndex = ({ filter }: ResourceListArgs, indexed: PriceInput['indexed']): boolean =>
  indexed.resources && !filter?.cost;

export interface ResourceListFilter extends ResourceFilterModel {
  readonly source?: string | null | undefined;
  /** Global id of an account. */
  readonly account?: string | null | undefined;
}

/** Where the wanted resources are, and what to ask there. */
interface WantedResources {
  readonly sources: readonly CloudSource[];
  readonly ask: (source: CloudSource) => Promise<AskedResources>;
}

interface AskedResources {
  readonly query: ResourceQuery;
  /** False where something that the query depends on is not wholly known; errors beside the data say so. */
  readonly isCertain: boolean;
}

interface ResourceListOptions {
  readonly filter?: Given<ResourceListFilter>;
  /** Only what belongs to this account. */
  readonly owner?: RowRef | undefined;
  readonly orderBy?: Given<ResourceOrderModel>;
  /** A count says of when it is: what it follows from may be as old as `cloudToCount` allows. */
  readonly isCounted?: boolean;
}

/** @throws InputError for an unknown source, or an id that is no account's. */
export const wantedResources = (
  context: RequestContext,
  place: FieldLocation,
  { filter, owner, orderBy, isCounted = false }: ResourceListOptions,
): WantedResources => {
  const account = filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null;
  const isElsewhere = owner && account && (owner.source !== account.source || owner.id !== account.id);
  const within = owner ? { type: 'CloudAccount', ...owner } : account;
  const query = queryOf({ filter: filter ?? {}, orderBy: orderBy ?? null }, within?.id);
  return {
    sources: isElsewhere ? [] : narrowSources(context, context.sources.cloud, filter?.source, [within]),
    ask: async (source) => {
      const { where, isCertain } = await resourceConditions(context, place, source, filter ?? {}, isCounted);
      return { query: { ...query, ...(where && { where }) }, isCertain };
    },
  };
};

/**
 * The resources of every source that the filter leaves, in source order or in one order over all; within `owner` where given.
 * @throws InputError for an unknown source, or an id that is no account's.
 */
export const resourceList = (
  context: RequestContext,
  place: FieldLocation,
  filter: ResourceListFilter | null | undefined,
  owner?: RowRef,
  orderBy?: ResourceOrderModel | null,
): SlicedList<ResourceModel> => {
  const { sources, ask } = wantedResources(context, place, { filter, owner, orderBy });
  return listOfSources(
    context,
    place,
    resourcePages(context),
    sources,
    async (source) => (await ask(source)).query,
    orderBy ? resourceOrder(orderBy) : null,
  );
};
