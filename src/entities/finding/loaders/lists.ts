import type { PriceInput } from '#graphql/pricing/price.ts';
import { toError } from '#lib/gateway-error.ts';
import { decodeGlobalId, type RowRef } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { listReader } from '#loading/list-reader.ts';
import { indexedFindings } from '#loading/once-per-source.ts';
import { recordLoader } from '#loading/record-loader.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import { listOfSources, narrowSources } from '#loading/several-sources.ts';
import type { FindingDetail } from '#sources/cloud-client.ts';
import { type FindingQuery, findingRules } from '#sources/cloud-queries.ts';
import type { CloudSource } from '#sources/source-set.ts';
import {
  type FindingModel,
  type FindingOrderModel,
  type FindingSeverity,
  type FindingStatus,
  findingOrder,
} from '../model.ts';

/** Reads the finding list of a source, at most once per request and page. */
export const findingPages = listReader<'CLOUD', FindingQuery, FindingModel>({
  side: 'CLOUD',
  rules: findingRules,
  support: ({ kind }) => kind.supports.findings,
  list: (client, query, scope) => client.findingList(query, scope),
  peek: (client, query, index) => client.peekFindingPage(query, index),
  size: (client) => client.sizes().findings,
  fromIndex: indexedFindings,
});

type Many<T> = readonly T[] | null | undefined;

export interface FindingFilterModel {
  readonly severity?: Many<FindingSeverity>;
  readonly status?: Many<FindingStatus>;
  readonly type?: Many<string>;
}

export interface FindingListArgs {
  readonly filter?: FindingFilterModel | null;
  readonly orderBy?: FindingOrderModel | null;
}

const queryOf = (
  { filter, orderBy }: FindingListArgs,
  owner: Pick<FindingQuery, 'accountId' | 'resourceId'> = {},
): FindingQuery => {
  const { severity, status, type } = filter ?? {};
  return {
    ...owner,
    ...(severity && { severity }),
    ...(status && { status }),
    ...(type && { type }),
    ...(orderBy && { orderBy }),
  };
};

/** See `Apart`. */
export const findingFanOut = (args: FindingListArgs, { paging }: PriceInput): number | null =>
  paging.CLOUD.apart('findings', queryOf(args));

/** The same where the upstream's filter by severity misses rows, so that this is applied here. */
export const findingsApartHere = (args: FindingListArgs, { paging }: PriceInput): number | null =>
  paging.CLOUD.apart('findings', queryOf(args), false);

/** See `FromIndex`. */
export const findingsFromIndex = (_: FindingListArgs, { findings }: PriceInput['indexed']): boolean => findings;

/** Whether the source is asked first if its filter by severity finds every row. */
export const asksSeverities = (args: FindingListArgs, { paging }: PriceInput): boolean =>
  paging.CLOUD.dependsOnSource('findings', queryOf(args));

/** Whether a finding passes the filter. */
export const passes = (filter: FindingFilterModel): ((row: FindingModel) => boolean) =>
  findingRules.matches(queryOf({ filter }));

export interface FindingListFilter extends FindingFilterModel {
  readonly source?: string | null | undefined;
  /** Global id of an account. */
  readonly account?: string | null | undefined;
  /** Global id of a resource. */
  readonly resource?: string | null | undefined;
}

export const decodedIds = (filter: FindingListFilter | null | undefined) => ({
  account: filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null,
  resource: filter?.resource ? decodeGlobalId(filter.resource, 'Resource') : null,
});

/** Whether a filter names another record than the one whose list it is for. */
export const isOther = (named: RowRef | null, owner: RowRef | undefined): boolean =>
  Boolean(named && owner && (named.source !== owner.source || named.id !== owner.id));

/** Where the wanted findings are, and what to ask there. @throws InputError for an unknown source, or an id of another type. */
export const wantedFindings = (
  context: RequestContext,
  filter: FindingListFilter | null | undefined,
  owner?: RowRef,
  orderBy?: FindingOrderModel | null,
): { readonly sources: readonly CloudSource[]; readonly query: FindingQuery } => {
  const { account, resource } = decodedIds(filter);
  const within = owner ? { type: 'CloudAccount', source: owner.source, id: owner.id } : account;
  const sources = isOther(account, owner)
    ? []
    : narrowSources(context, context.sources.cloud, filter?.source, [within, resource]);
  const query = queryOf(
    { filter: filter ?? {}, orderBy: orderBy ?? null },
    { ...(within && { accountId: within.id }), ...(resource && { resourceId: resource.id }) },
  );
  return { sources, query };
};

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
  const { sources, query } = wantedFindings(context, filter, owner, orderBy);
  const order = orderBy ? findingOrder(orderBy) : null;
  return listOfSources(context, place, findingPages(context), sources, () => query, order);
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
