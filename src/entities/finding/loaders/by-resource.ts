import type { ResourceModel } from '#entities/resource/model.ts';
import { toError } from '#lib/gateway-error.ts';
import type { RowRef } from '#lib/record-ref.ts';
import { arrayList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { planRecords } from '#loading/planner/plan-records.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldLocation, reportShortfall } from '#loading/report-problem.ts';
import { narrowSources } from '#loading/several-sources.ts';
import { findingRules } from '#sources/cloud-queries.ts';
import type { FindingModel } from '../model.ts';
import { decodedIds, type FindingListFilter, isAboutResource, isOther } from './lists.ts';
import { findingPages, passes } from './pages.ts';

/** Findings about one resource. */
export const findingListOfResource = (
  context: RequestContext,
  place: FieldLocation,
  filter: FindingListFilter | null | undefined,
  owner: RowRef & Pick<ResourceModel, 'accountId' | 'service' | 'region'>,
): SlicedList<FindingModel> => {
  const { account, resource } = decodedIds(filter);
  const isElsewhere =
    isOther(resource, owner) ||
    isOther(account, { source: owner.source, id: owner.accountId }) ||
    !isAboutResource(filter ?? {})(owner);
  const isLeft = narrowSources(context, context.sources.cloud, filter?.source).some(
    ({ name }) => name === owner.source,
  );
  return arrayList(async () => {
    if (isElsewhere || !isLeft) return [];
    const { rows, ...short } = await findingsByResource(context).load({ source: owner.source, id: owner.id });
    reportShortfall(context, place, owner.source, short);
    return rows.filter(passes(filter ?? {}));
  });
};

interface Findings {
  readonly rows: readonly FindingModel[];
  /** Findings that the answer lacks: some may have been about this resource. */
  readonly invalid: number;
  readonly missing: number;
}

const NOTHING_LACKS = { invalid: 0, missing: 0 };

/**
 * All findings about a resource, newest first: one call for each resource, or the pages of the whole list, grouped, when those are
 * fewer.
 */
const findingsByResource = recordLoader<'CLOUD', Findings>(
  'findingsByResource',
  'CLOUD',
  async ({ name }, ids, context) => {
    const snapshot = await findingPages(context).fromIndex(name);
    if (snapshot) return grouped({ rows: [...snapshot.values()], ...NOTHING_LACKS }, ids);
    if (await isWholeListCheaper(context, name, ids)) return grouped(await findingPages(context).whole(name, {}), ids);
    const answers = await Promise.all(
      ids.map(async (id) => [id, await findingsOf(context, name, id).catch(toError)] as const),
    );
    return new Map(answers);
  },
  () => ({ rows: [], ...NOTHING_LACKS }),
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
  return { ...own, rows: own.rows.filter(findingRules.matches({ resourceId })) };
};

const grouped = ({ rows, invalid, missing }: Findings, ids: readonly string[]): ReadonlyMap<string, Findings> => {
  const byResource = Map.groupBy(rows, (row) => row.resourceId);
  return new Map(ids.map((id) => [id, { rows: byResource.get(id) ?? [], invalid, missing }]));
};
