import { mergedCounts } from '#entities/resource/loaders.ts';
import { toError } from '#lib/gateway-error.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import type { RowRef } from '#lib/record-ref.ts';
import { arrayList, concatLists, type SlicedList } from '#lib/sliced-list.ts';
import { cloudSources } from '#loading/cloud-sources.ts';
import type { RequestContext } from '#loading/context.ts';
import { orderedList } from '#loading/ordered-list.ts';
import { planRecords } from '#loading/planner/plan-records.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import { unreadable } from '#loading/report-shortfall.ts';
import type { FindingDetail } from '#sources/cloud-client.ts';
import { type FindingFilterModel, findingPages, findingsOfSource, passes } from './lists.ts';
import type { FindingModel, FindingStatsModel } from './model.ts';
import { type FindingOrderModel, findingOrder } from './order.ts';

export interface FindingListFilter extends FindingFilterModel {
  readonly source?: string | null | undefined;
  /** Global id of an account. */
  readonly account?: string | null | undefined;
  /** Global id of a resource. */
  readonly resource?: string | null | undefined;
}

const decodedIds = (filter: FindingListFilter | null | undefined) => ({
  account: filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null,
  resource: filter?.resource ? decodeGlobalId(filter.resource, 'Resource') : null,
});

const isOther = (named: RowRef | null, owner: RowRef | undefined): boolean =>
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
  const sources = isOther(account, owner) ? [] : cloudSources(context, filter?.source, [within, resource]);
  const of = { accountId: within?.id, resourceId: resource?.id, isWhole: Boolean(orderBy) };
  const report = (error: unknown) => reportProblem(context, place, error);
  const lists = sources.map(({ name }) => findingsOfSource(context, place, name, filter ?? {}, of));
  return orderBy ? orderedList(lists, findingOrder(orderBy), report) : concatLists(lists, report);
};

/** Findings about one resource. */
export const findingListOfResource = (
  context: RequestContext,
  place: FieldPlace,
  filter: FindingListFilter | null | undefined,
  owner: RowRef & { readonly accountId: string },
): SlicedList<FindingModel> => {
  const { account, resource } = decodedIds(filter);
  const isElsewhere = isOther(resource, owner) || isOther(account, { source: owner.source, id: owner.accountId });
  const isLeft = cloudSources(context, filter?.source).some(({ name }) => name === owner.source);
  return arrayList(async () => {
    if (isElsewhere || !isLeft) return [];
    const { rows, invalid } = await findingsByResource(context).load({ source: owner.source, id: owner.id });
    if (invalid > 0) reportProblem(context, place, unreadable(owner.source, invalid));
    return rows.filter(passes(filter ?? {}));
  });
};

interface Findings {
  readonly rows: readonly FindingModel[];
  /** Findings of the same answer that could not be read: some may have been about this resource. */
  readonly invalid: number;
}

/**
 * All findings about a resource, newest first: one call for each resource, or the pages of the whole list, grouped, when those are
 * fewer.
 */
const findingsByResource = recordLoader<'CLOUD', Findings>(
  'findingsByResource',
  'CLOUD',
  async ({ name }, ids, context) => {
    const picture = await findingPages(context).pictured(name);
    if (picture) return grouped({ rows: [...picture.values()], invalid: 0 }, ids);
    if (await isWholeListCheaper(context, name, ids)) return grouped(await findingPages(context).whole(name, {}), ids);
    const answers = await Promise.all(
      ids.map(async (id) => [id, await findingsOf(context, name, id).catch(toError)] as const),
    );
    return new Map(answers);
  },
  () => ({ rows: [], invalid: 0 }),
);

const isWholeListCheaper = async (
  context: RequestContext,
  source: string,
  ids: readonly string[],
): Promise<boolean> => {
  const pages = findingPages(context);
  await pages.recall(source, {});
  const wanted = ids.map((key) => ({ key }));
  const plan = () => planRecords(wanted, { known: new Set(), batchSize: 1, wholeList: pages.shape(source, {}) });
  let { calls, isProbe } = plan();
  if (isProbe) {
    await pages.page(source, {}, 0);
    ({ calls, isProbe } = plan());
  }
  return calls.every((call) => call.kind === 'page');
};

const findingsOf = async (context: RequestContext, source: string, resourceId: string): Promise<Findings> => {
  const pages = findingPages(context);
  const own = await pages.whole(source, { resourceId });
  if (!own.filterIgnored) return own;
  return grouped(await pages.whole(source, {}), [resourceId]).get(resourceId) ?? { rows: [], invalid: own.invalid };
};

const grouped = ({ rows, invalid }: Findings, ids: readonly string[]): ReadonlyMap<string, Findings> => {
  const byResource = Map.groupBy(rows, (row) => row.resourceId);
  return new Map(ids.map((id) => [id, { rows: byResource.get(id) ?? [], invalid }]));
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

/** As a list of this request, the index, or a list that is still fresh tells it. */
const findingInLists = async (context: RequestContext, { source, id }: RowRef): Promise<FindingModel | undefined> => {
  if (context.sources.byName(source)?.side !== 'CLOUD') return undefined;
  const pages = findingPages(context);
  const known = pages.seen(source, id) ?? (await pages.pictured(source))?.get(id);
  if (known) return known;
  await pages.recall(source, {});
  return pages.seen(source, id);
};

/** A finding by its row id; null when unknown. One that a fresh list holds costs nothing. */
export const findingById = async (context: RequestContext, key: RowRef): Promise<FindingModel | null> =>
  (await findingInLists(context, key)) ??
  (await findingDetailById(context).load({ source: key.source, id: key.id }))?.finding ??
  null;

/** Several sources' statistics as one. */
export const mergedFindingStats = (stats: readonly FindingStatsModel[]): FindingStatsModel => ({
  total: stats.reduce((sum, { total }) => sum + total, 0),
  byStatus: mergedCounts(stats.map((of) => of.byStatus)),
  bySeverity: mergedCounts(stats.map((of) => of.bySeverity)),
  byType: mergedCounts(stats.map((of) => of.byType)),
});
