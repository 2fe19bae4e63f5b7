import { toError } from '#lib/gateway-error.ts';
import type { RowRef } from '#lib/record-ref.ts';
import { arrayList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { narrowSources } from '#loading/narrow-sources.ts';
import { planRecords } from '#loading/planner/plan-records.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import { unreadable } from '#loading/report-shortfall.ts';
import type { FindingModel } from '../model.ts';
import { decodedIds, type FindingListFilter, findingPages, isOther, passes } from './lists.ts';

/** Findings about one resource. */
export const findingListOfResource = (
  context: RequestContext,
  place: FieldPlace,
  filter: FindingListFilter | null | undefined,
  owner: RowRef & { readonly accountId: string },
): SlicedList<FindingModel> => {
  const { account, resource } = decodedIds(filter);
  const isElsewhere = isOther(resource, owner) || isOther(account, { source: owner.source, id: owner.accountId });
  const isLeft = narrowSources(context, context.sources.cloud, filter?.source).some(
    ({ name }) => name === owner.source,
  );
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
