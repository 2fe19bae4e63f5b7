import type { ScanModel } from '#entities/scan/model.ts';
import type { PriceInput } from '#graphql/pricing/price.ts';
import { isStaleAfter } from '#inventory/snapshot/is-current.ts';
import { decodeGlobalId, type RowRef } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { listReader } from '#loading/list-reader.ts';
import { currentSnapshot } from '#loading/once-per-source.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import { listOfSources, narrowSources } from '#loading/several-sources.ts';
import { type ResourceQuery, resourceRules } from '#sources/cloud-queries.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { type ResourceModel, type ResourceOrderModel, resourceOrder } from '../model.ts';

/** Reads the resource list of a source, at most once per request and page. */
export const resourcePages = listReader<'CLOUD', ResourceQuery, ResourceModel>({
  side: 'CLOUD',
  rules: resourceRules,
  support: ({ kind }) => kind.supports.resources,
  list: (client, query, scope) => client.resourceList(query, scope),
  peek: (client, query, index) => client.peekResourcePage(query, index),
  size: (client) => client.sizes().resources,
  fromIndex: async (context, source, { cost }) =>
    cost ? null : ((await currentSnapshot(context, source))?.resources ?? null),
});

type Many<T> = readonly T[] | null | undefined;

interface ResourceFilterModel {
  readonly region?: Many<string>;
  readonly service?: Many<string>;
  readonly state?: Many<string>;
  readonly cost?: 'PAID' | 'FREE' | null | undefined;
  readonly tag?: { readonly key: string; readonly value?: string | null | undefined } | null | undefined;
  readonly search?: string | null | undefined;
  /** True: not seen by the last completed scan of its account; false: seen by it. */
  readonly stale?: boolean | null | undefined;
}

interface ResourceListArgs {
  readonly filter?: ResourceFilterModel | null;
  readonly orderBy?: ResourceOrderModel | null;
}

const queryOf = ({ filter, orderBy }: ResourceListArgs, accountId?: string): ResourceQuery => {
  const { region, service, state, cost, tag, search } = filter ?? {};
  return {
    ...(accountId && { accountId }),
    ...(cost && { cost }),
    ...(region && { region }),
    ...(service && { service }),
    ...(state && { state }),
    ...(tag && { tag: { key: tag.key, ...(typeof tag.value === 'string' && { value: tag.value }) } }),
    ...(search && { search }),
    ...(orderBy && { orderBy }),
  };
};

const isStaleIn = (scans: readonly ScanModel[], stale: boolean) => {
  const isStale = isStaleAfter(scans);
  return (row: ResourceModel): boolean => isStale(row) === stale;
};

/** See `Apart`. */
export const resourceFanOut = ({ filter, orderBy }: ResourceListArgs, { paging }: PriceInput): number | null => {
  const where = typeof filter?.stale === 'boolean' ? { where: () => true } : {};
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
  /** @param scans the newest of the source, to be read only where the filter depends on them */
  readonly queryOf: (scans: () => Promise<readonly ScanModel[]>) => Promise<ResourceQuery>;
}

/** @throws InputError for an unknown source, or an id that is no account's. */
export const wantedResources = (
  context: RequestContext,
  filter: ResourceListFilter | null | undefined,
  owner?: RowRef,
  orderBy?: ResourceOrderModel | null,
): WantedResources => {
  const account = filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null;
  const isElsewhere = owner && account && (owner.source !== account.source || owner.id !== account.id);
  const within = owner ? { type: 'CloudAccount', ...owner } : account;
  const { stale } = filter ?? {};
  const query = queryOf({ filter: filter ?? {}, orderBy: orderBy ?? null }, within?.id);
  return {
    sources: isElsewhere ? [] : narrowSources(context, context.sources.cloud, filter?.source, [within]),
    queryOf: async (scans) =>
      typeof stale === 'boolean' ? { ...query, where: isStaleIn(await scans(), stale) } : query,
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
  const { sources, queryOf: asked } = wantedResources(context, filter, owner, orderBy);
  return listOfSources(
    context,
    place,
    resourcePages(context),
    sources,
    ({ client }) => asked(() => client.recentScans(context.scope)),
    orderBy ? resourceOrder(orderBy) : null,
  );
};
