import type { PriceInput } from '#graphql/pricing/price.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import type { RowRef } from '#lib/record-ref.ts';
import { arrayList, concatLists, deferredList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { picturedFindings } from '#loading/current-picture.ts';
import { apartIn, chosen, filteredList, NO_SELECTION, type Selection } from '#loading/filtered-list.ts';
import { listReader } from '#loading/list-reader.ts';
import { narrowSources } from '#loading/narrow-sources.ts';
import { orderedList } from '#loading/ordered-list.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import type { FindingQuery } from '#sources/cloud-client.ts';
import { SCANORBIT_PAGE_SIZE } from '#sources/scanorbit/paging.ts';
import { isFindingOf } from '#sources/scanorbit/queries.ts';
import type { FindingModel, FindingSeverity, FindingStatus } from '../model.ts';
import { type FindingOrderModel, findingOrder } from './order.ts';

/** Reads the finding list of a source, at most once per request and page. */
export const findingPages = listReader<FindingQuery, FindingModel>({
  pageSize: SCANORBIT_PAGE_SIZE,
  list: (context, source, query) => context.sources.ofSide('CLOUD', source).client.findingList(query, context.scope),
  peek: (context, source, query, index) => context.sources.ofSide('CLOUD', source).client.peekFindingPage(query, index),
  size: (context, source, query) =>
    Object.keys(query).length === 0 ? context.sources.ofSide('CLOUD', source).client.sizes().findings : undefined,
  pictured: (context, source) => picturedFindings(context, context.sources.ofSide('CLOUD', source)),
});

type Many<T> = readonly T[] | null | undefined;

export interface FindingFilterModel {
  readonly severity?: Many<FindingSeverity>;
  readonly status?: Many<FindingStatus>;
  readonly type?: Many<string>;
}

/** The upstream filters by these severities only, and answers 400 to the others that it reports. */
const askSeverity = (severity: FindingSeverity): FindingQuery | null =>
  severity === 'LOW' || severity === 'MEDIUM' || severity === 'HIGH' ? { severity } : null;

const askNone = (): null => null;

const askStatus = (status: FindingStatus): FindingQuery | null => (status === 'UNKNOWN' ? null : { status });

const askType = (type: string): FindingQuery | null => (type ? { type } : null);

export interface FindingOwner {
  readonly accountId?: string | undefined;
  readonly resourceId?: string | undefined;
  /** See `FilteredListOptions`. */
  readonly isWhole?: boolean;
}

const selectionOf = (
  filter: FindingFilterModel,
  { accountId, resourceId }: FindingOwner,
  ask = askSeverity,
): Selection<FindingQuery, FindingModel> => {
  const within = { ...NO_SELECTION, exact: { ...(accountId && { accountId }), ...(resourceId && { resourceId }) } };
  const bySeverity = chosen<FindingQuery, FindingModel, FindingSeverity>(
    within,
    filter.severity,
    (row) => row.severity,
    ask,
  );
  const byStatus = chosen(bySeverity, filter.status, (row) => row.status, askStatus);
  return chosen(byStatus, filter.type, (row) => row.findingType, askType);
};

export interface FindingListArgs {
  readonly filter?: FindingFilterModel | null;
  readonly orderBy?: FindingOrderModel | null;
}

/** See `Apart`. */
export const findingsApart = ({ filter, orderBy }: FindingListArgs): number | null =>
  apartIn(selectionOf(filter ?? {}, {})) ?? (orderBy ? 0 : null);

/** The same where the upstream's filter by severity misses rows, so that this is applied here. */
export const findingsApartHere = ({ filter, orderBy }: FindingListArgs): number | null =>
  apartIn(selectionOf(filter ?? {}, {}, askNone)) ?? (orderBy ? 0 : null);

/** See `FromIndex`. */
export const findingsFromIndex = (_: FindingListArgs, { findings }: PriceInput['indexed']): boolean => findings;

/** Whether the upstream is asked to filter by severity. */
export const asksSeverities = ({ filter, orderBy }: FindingListArgs): boolean =>
  !orderBy && Boolean(filter?.severity?.length && filter.severity.every(askSeverity));

/** Whether a finding passes the filter. */
export const passes =
  ({ severity, status, type }: FindingFilterModel) =>
  (row: FindingModel): boolean =>
    (!severity || severity.includes(row.severity)) &&
    (!status || status.includes(row.status)) &&
    (!type || type.includes(row.findingType));

/** Findings of one source, filtered and counted completely. */
export const findingsOfSource = (
  context: RequestContext,
  place: FieldPlace,
  source: string,
  filter: FindingFilterModel = {},
  owner: FindingOwner = {},
): SlicedList<FindingModel> => {
  if ([filter.severity, filter.status, filter.type].some((values) => values?.length === 0))
    return arrayList(async () => []);
  const { isWhole = false } = owner;
  const pictured = () => picturedFindings(context, context.sources.ofSide('CLOUD', source));
  const selected = (ask = askSeverity): SlicedList<FindingModel> =>
    filteredList({
      source,
      pageSize: SCANORBIT_PAGE_SIZE,
      reader: findingPages(context),
      selection: selectionOf(filter, owner, ask),
      belongs: isFindingOf,
      widest: () => ({}),
      pictured,
      isWhole,
      newestFirst: (row) => row.createdAt,
      report: (error) => reportProblem(context, place, error),
    });
  if (isWhole || !asksSeverities({ filter })) return selected();
  return deferredList(async () => {
    // The index answers several severities as the upstream would one after the other, and one by itself.
    if (await pictured()) return filter.severity?.length === 1 ? selected(askNone) : selected();
    return (await context.sources.ofSide('CLOUD', source).client.filtersSeverities(context.scope))
      ? selected()
      : selected(askNone);
  });
};

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

/**
 * The findings of every source that the filter leaves, in source order or in one order over all; within the account `owner` where given.
 * @throws InputError for an unknown source, or an id of another type.
 */
export const findingList = (
  context: RequestContext,
  place: FieldPlace,
  filter: FindingListFilter | null | undefined,
  owner?: RowRef,
  orderBy?: FindingOrderModel | null,
): SlicedList<FindingModel> => {
  const { account, resource } = decodedIds(filter);
  const within = owner ? { type: 'CloudAccount', source: owner.source, id: owner.id } : account;
  const sources = isOther(account, owner)
    ? []
    : narrowSources(context, context.sources.cloud, filter?.source, [within, resource]);
  const of = { accountId: within?.id, resourceId: resource?.id, isWhole: Boolean(orderBy) };
  const report = (error: unknown) => reportProblem(context, place, error);
  const lists = sources.map(({ name }) => findingsOfSource(context, place, name, filter ?? {}, of));
  return orderBy ? orderedList(lists, findingOrder(orderBy), report) : concatLists(lists, report);
};
