import type { PriceInput } from '#graphql/pricing/price.ts';
import { isStaleAfter } from '#inventory/snapshot/ended-scans.ts';
import { containsText } from '#lib/contains-text.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import type { RowRef } from '#lib/record-ref.ts';
import { arrayList, concatLists, deferredList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { currentPicture } from '#loading/current-picture.ts';
import { apartIn, chosen, filteredList, NO_SELECTION, type Selection } from '#loading/filtered-list.ts';
import { listReader } from '#loading/list-reader.ts';
import { narrowSources } from '#loading/narrow-sources.ts';
import { orderedList } from '#loading/ordered-list.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import type { ResourceQuery } from '#sources/cloud-client.ts';
import { SCANORBIT_PAGE_SIZE } from '#sources/scanorbit/paging.ts';
import { isResourceOf } from '#sources/scanorbit/queries.ts';
import type { ResourceModel } from '../model.ts';
import { type ResourceOrderModel, resourceOrder } from './order.ts';

/** Reads the resource list of a source, at most once per request and page. */
export const resourcePages = listReader<ResourceQuery, ResourceModel>({
  pageSize: SCANORBIT_PAGE_SIZE,
  list: (context, source, query) => context.sources.ofSide('CLOUD', source).client.resourceList(query, context.scope),
  peek: (context, source, query, index) =>
    context.sources.ofSide('CLOUD', source).client.peekResourcePage(query, index),
  size: (context, source, query) =>
    Object.keys(query).length === 0 ? context.sources.ofSide('CLOUD', source).client.sizes().resources : undefined,
  pictured: async (context, source) =>
    (await currentPicture(context, context.sources.ofSide('CLOUD', source)))?.resources ?? null,
});

type Many<T> = readonly T[] | null | undefined;

export interface ResourceFilterModel {
  readonly region?: Many<string>;
  readonly service?: Many<string>;
  readonly state?: Many<string>;
  readonly cost?: 'PAID' | 'FREE' | null | undefined;
  readonly tag?: { readonly key: string; readonly value?: string | null | undefined } | null | undefined;
  readonly search?: string | null | undefined;
  /** True: not seen by the last completed scan of its account; false: seen by it. */
  readonly stale?: boolean | null | undefined;
}

const hasTag =
  ({ key, value }: NonNullable<ResourceFilterModel['tag']>) =>
  (row: ResourceModel): boolean =>
    row.tags.some((tag) => tag.key === key && (value === null || value === undefined || tag.value === value));

/** Case-insensitive, in the name, the AWS identifier, and the tags. */
const mentions = (text: string) => {
  const contains = containsText(text);
  return ({ name, resourceId, tags }: ResourceModel): boolean =>
    contains(name) || contains(resourceId) || tags.some(({ key, value }) => contains(key) || contains(value));
};

const selectionOf = (filter: ResourceFilterModel, accountId?: string): Selection<ResourceQuery, ResourceModel> => {
  let selection: Selection<ResourceQuery, ResourceModel> = {
    ...NO_SELECTION,
    exact: { ...(accountId && { accountId }), ...(filter.cost && { cost: filter.cost === 'PAID' ? 'paid' : 'free' }) },
  };
  for (const key of ['region', 'service', 'state'] as const) {
    selection = chosen(
      selection,
      filter[key],
      (row) => row[key],
      (value) => (value ? { [key]: value } : null),
    );
  }
  const local = [...(filter.tag ? [hasTag(filter.tag)] : []), ...(filter.search ? [mentions(filter.search)] : [])];
  return { ...selection, local: [...selection.local, ...local] };
};

interface ResourceListArgs {
  readonly filter?: ResourceFilterModel | null;
  readonly orderBy?: ResourceOrderModel | null;
}

/** See `Apart`. */
export const resourcesApart = ({ filter, orderBy }: ResourceListArgs): number | null =>
  apartIn(selectionOf(filter ?? {})) ?? (orderBy || typeof filter?.stale === 'boolean' ? 0 : null);

/** Which services count as paid is the upstream's own knowledge. */
const isInPicture = ({ cost }: ResourceFilterModel): boolean => !cost;

/** See `FromIndex`. */
export const resourcesFromIndex = ({ filter }: ResourceListArgs, indexed: PriceInput['indexed']): boolean =>
  indexed.resources && isInPicture(filter ?? {});

export interface ResourcesWithin {
  readonly accountId?: string | undefined;
  /** See `FilteredListOptions`. */
  readonly isWhole?: boolean;
}

/** Resources of one source, filtered and counted completely. */
export const resourcesOfSource = (
  context: RequestContext,
  place: FieldPlace,
  source: string,
  filter: ResourceFilterModel = {},
  { accountId, isWhole = false }: ResourcesWithin = {},
): SlicedList<ResourceModel> => {
  if ([filter.region, filter.service, filter.state].some((values) => values?.length === 0))
    return arrayList(async () => []);
  const selected = (selection: Selection<ResourceQuery, ResourceModel>): SlicedList<ResourceModel> =>
    filteredList({
      source,
      pageSize: SCANORBIT_PAGE_SIZE,
      reader: resourcePages(context),
      selection,
      belongs: isResourceOf,
      widest: ({ cost }) => (cost ? { cost } : {}),
      pictured: async () =>
        isInPicture(filter)
          ? ((await currentPicture(context, context.sources.ofSide('CLOUD', source)))?.resources ?? null)
          : null,
      isWhole,
      newestFirst: (row) => row.lastSeenAt,
      report: (error) => reportProblem(context, place, error),
    });
  const selection = selectionOf(filter, accountId);
  const { stale } = filter;
  if (typeof stale !== 'boolean') return selected(selection);
  return deferredList(async () => {
    const isStale = isStaleAfter(await context.sources.ofSide('CLOUD', source).client.recentScans(context.scope));
    return selected({ ...selection, local: [...selection.local, (row) => isStale(row) === stale] });
  });
};

export interface ResourceListFilter extends ResourceFilterModel {
  readonly source?: string | null | undefined;
  /** Global id of an account. */
  readonly account?: string | null | undefined;
}

/**
 * The resources of every source that the filter leaves, in source order or in one order over all; within `owner` where given.
 * @throws InputError for an unknown source, or an id that is no account's.
 */
export const resourceList = (
  context: RequestContext,
  place: FieldPlace,
  filter: ResourceListFilter | null | undefined,
  owner?: RowRef,
  orderBy?: ResourceOrderModel | null,
): SlicedList<ResourceModel> => {
  const account = filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null;
  const isElsewhere = owner && account && (owner.source !== account.source || owner.id !== account.id);
  const within = owner ? { type: 'CloudAccount', ...owner } : account;
  const sources = isElsewhere ? [] : narrowSources(context, context.sources.cloud, filter?.source, [within]);
  const report = (error: unknown) => reportProblem(context, place, error);
  const lists = sources.map(({ name }) =>
    resourcesOfSource(context, place, name, filter ?? {}, { accountId: within?.id, isWhole: Boolean(orderBy) }),
  );
  return orderBy ? orderedList(lists, resourceOrder(orderBy), report) : concatLists(lists, report);
};
