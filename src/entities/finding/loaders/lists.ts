import { everyResource } from '#entities/resource/loaders/pages.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { PriceInput } from '#graphql/pricing/price.ts';
import { toError } from '#lib/gateway-error.ts';
import { decodeGlobalId, type RowRef } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldLocation, reportShortfall } from '#loading/report-problem.ts';
import { listOfSources, narrowSources } from '#loading/several-sources.ts';
import type { FindingDetail } from '#sources/cloud-client.ts';
import type { FindingQuery } from '#sources/cloud-queries.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { type FindingModel, type FindingOrderModel, findingOrder } from '../model.ts';
import { type FindingFilterModel, findingPages, findingQuery } from './pages.ts';

export interface FindingListArgs {
  readonly filter?: FindingListFilter | null;
  readonly orderBy?: FindingOrderModel | null;
}

const pricedQuery = ({ filter, orderBy }: FindingListArgs): FindingQuery => ({
  ...findingQuery(filter ?? {}, orderBy),
  ...(needsResources(filter) && { where: () => true }),
});

/** Whether the filter depends on the resources that findings are about. */
export const needsResources = (filter: FindingListFilter | null | undefined): boolean =>
  Boolean(filter?.resourceService || filter?.resourceRegion);

/** See `Apart`. */
export const findingFanOut = (args: FindingListArgs, { paging }: PriceInput): number | null =>
  paging.CLOUD.apart('findings', pricedQuery(args));

/** The same where the upstream's filter by severity misses rows, so that this is applied here. */
export const findingsApartHere = (args: FindingListArgs, { paging }: PriceInput): number | null =>
  paging.CLOUD.apart('findings', pricedQuery(args), false);

/** See `FromIndex`. */
export const findingsFromIndex = (_: FindingListArgs, { findings }: PriceInput['indexed']): boolean => findings;

/** Whether the source is asked first if its filter by severity finds every row. */
export const asksSeverities = (args: FindingListArgs, { paging }: PriceInput): boolean =>
  paging.CLOUD.dependsOnSource('findings', pricedQuery(args));

export interface FindingListFilter extends FindingFilterModel {
  readonly source?: string | null | undefined;
  /** Global id of an account. */
  readonly account?: string | null | undefined;
  /** Global id of a resource. */
  readonly resource?: string | null | undefined;
  readonly resourceService?: readonly string[] | null | undefined;
  readonly resourceRegion?: readonly string[] | null | undefined;
}

export const decodedIds = (filter: FindingListFilter | null | undefined) => ({
  account: filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null,
  resource: filter?.resource ? decodeGlobalId(filter.resource, 'Resource') : null,
});

/** Whether a filter names another record than the one whose list it is for. */
export const isOther = (named: RowRef | null, owner: RowRef | undefined): boolean =>
  Boolean(named && owner && (named.source !== owner.source || named.id !== owner.id));

/** Where the wanted findings are, and what to ask there. */
interface WantedFindings {
  readonly sources: readonly CloudSource[];
  readonly ask: (source: CloudSource) => Promise<AskedFindings>;
}

interface AskedFindings {
  readonly query: FindingQuery;
  /** False where resources that the query depends on may be missing; errors beside the data say so. */
  readonly isCertain: boolean;
}

interface FindingListOptions {
  readonly filter?: FindingListFilter | null | undefined;
  /** Only what belongs to this account. */
  readonly owner?: RowRef | undefined;
  readonly orderBy?: FindingOrderModel | null | undefined;
  /** See `everyResource`. */
  readonly isCounted?: boolean;
}

/** @throws InputError for an unknown source, or an id of another type. */
export const wantedFindings = (
  context: RequestContext,
  place: FieldLocation,
  { filter, owner, orderBy, isCounted = false }: FindingListOptions,
): WantedFindings => {
  const { account, resource } = decodedIds(filter);
  const within = owner ? { type: 'CloudAccount', source: owner.source, id: owner.id } : account;
  const sources = isOther(account, owner)
    ? []
    : narrowSources(context, context.sources.cloud, filter?.source, [within, resource]);
  const query: FindingQuery = {
    ...findingQuery(filter ?? {}, orderBy),
    ...(within && { accountId: within.id }),
    ...(resource && { resourceId: resource.id }),
  };
  return {
    sources,
    ask: async (source) => {
      if (!filter || !needsResources(filter)) return { query, isCertain: true };
      const { rows, ...short } = await everyResource(context, source, isCounted);
      reportShortfall(context, place, source.name, short);
      const isAbout = isAboutResource(filter);
      const where = ({ resourceId }: FindingModel) => isAbout(rows.get(resourceId ?? ''));
      return { query: { ...query, where }, isCertain: short.invalid + short.missing === 0 };
    },
  };
};

/** Whether a resource, if any is known, is what findings are asked for about. */
export const isAboutResource =
  ({ resourceService, resourceRegion }: FindingListFilter) =>
  (resource: Pick<ResourceModel, 'service' | 'region'> | undefined): boolean =>
    (!resourceService || (resource !== undefined && resourceService.includes(resource.service))) &&
    (!resourceRegion || (typeof resource?.region === 'string' && resourceRegion.includes(resource.region)));

/**
 * The findings of every source that the filter leaves, in source order or in one order over all; within the account `owner` where given.
 * @throws InputError for an unknown source, or an id of another type.
 */
export const findingList = (
  context: RequestContext,
  place: FieldLocation,
  filter: FindingListFilter | null | undefined,
  owner?: RowRef,
  orderBy?: FindingOrderModel | null,
): SlicedList<FindingModel> => {
  const { sources, ask } = wantedFindings(context, place, { filter, owner, orderBy });
  const order = orderBy ? findingOrder(orderBy) : null;
  const queryOf = async (source: CloudSource) => (await ask(source)).query;
  return listOfSources(context, place, findingPages(context), sources, queryOf, order);
};

/** A finding with its certificate, by its row id; null when unknown. One call each. */
export const findingDetailById = recordLoader<'CLOUD', FindingDetail | null>(
  'findingDetailById',
  'CLOUD',
  async ({ client }, ids, context) => {
    const answers = await Promise.all(
      ids.map(async (id) => [id, await client.findingById(id, context.scope).catch(toError)] as const),
    );
    return new Map(answers);
  },
  () => null,
);

/** As a list of this request, the index, or a list that is still fresh has it. */
const findingInLists = async (context: RequestContext, { source, id }: RowRef): Promise<FindingModel | undefined> => {
  if (context.sources.byName(source)?.side !== 'CLOUD') return undefined;
  const pages = findingPages(context);
  const known = pages.seen(source, id) ?? (await pages.fromIndex(source))?.get(id);
  if (known) return known;
  await pages.recall(source, {});
  return pages.seen(source, id);
};

/** A finding by its row id; null when unknown. One that a fresh list holds costs nothing. */
export const findingById = async (context: RequestContext, key: RowRef): Promise<FindingModel | null> =>
  (await findingInLists(context, key)) ??
  (await findingDetailById(context).load({ source: key.source, id: key.id }))?.finding ??
  null;
