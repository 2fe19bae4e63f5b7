import { toError } from '#lib/gateway-error.ts';
import type { GlobalId } from '#lib/global-id.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { concatLists, type SlicedList } from '#lib/sliced-list.ts';
import { cloudSources } from '#request/cloud-sources.ts';
import type { RequestContext } from '#request/context.ts';
import { recordLoader } from '#request/record-loader.ts';
import { type FieldPlace, reportProblem } from '#request/report-problem.ts';
import type { ScanOrbitSource } from '#sources/source-set.ts';
import { SCANORBIT_PAGE_SIZE } from '#upstreams/scanorbit/client.ts';
import { MAX_IDENTIFIER_LENGTH } from '#upstreams/scanorbit/identifiers.ts';
import { type ResourceFilterModel, resourcePages, resourcesOfSource } from './lists.ts';
import type { CountModel, ResourceModel, ResourceStatsModel } from './model.ts';

export interface ResourceListFilter extends ResourceFilterModel {
  readonly source?: string | null | undefined;
  /** Global id of an account. */
  readonly account?: string | null | undefined;
}

/**
 * The resources of every source that the filter leaves, in source order; within `owner` where given.
 * @throws InputError for an unknown source, or an id that is no account's.
 */
export const resourceList = (
  context: RequestContext,
  place: FieldPlace,
  filter: ResourceListFilter | null | undefined,
  owner?: Pick<GlobalId, 'source' | 'id'>,
): SlicedList<ResourceModel> => {
  const account = filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null;
  const isElsewhere = owner && account && (owner.source !== account.source || owner.id !== account.id);
  const within = owner ? { type: 'CloudAccount', ...owner } : account;
  const sources = isElsewhere ? [] : cloudSources(context, filter?.source, [within]);
  return concatLists(
    sources.map(({ name }) => resourcesOfSource(context, place, name, filter ?? {}, within?.id)),
    (error) => reportProblem(context, place, error),
  );
};

/** Up to this many are asked for one by one without first looking at how long the list is. */
const FEW = 5;

/**
 * A resource by its row id; null when unknown. What was seen costs nothing; of the rest, few are asked for one by one, many by the
 * pages of the whole list when those are fewer.
 */
export const resourceById = recordLoader<'SCANORBIT', ResourceModel | null>(
  'resourceById',
  'SCANORBIT',
  async (source, ids, context) => {
    const found = new Map<string, ResourceModel | null | Error>();
    const missing = (): readonly string[] => ids.filter((id) => !found.has(id));
    takeSeen(source, ids, context, found);
    if (missing().length > 0) {
      const known = await source.client.resourcesSeen(missing(), context.scope);
      for (const [id, row] of known) found.set(id, row);
    }
    if (missing().length > FEW) await readPages(source, missing().length, context);
    takeSeen(source, missing(), context, found);
    await Promise.all(
      missing().map(async (id) => {
        found.set(id, await source.client.resourceById(id, context.scope).catch(toError));
      }),
    );
    return found;
  },
  () => null,
);

const takeSeen = (
  { name }: ScanOrbitSource,
  ids: readonly string[],
  context: RequestContext,
  found: Map<string, ResourceModel | null | Error>,
): void => {
  for (const id of ids) {
    const row = resourcePages(context).seen(name, id);
    if (row) found.set(id, row);
  }
};

/** The pages of the whole list, when they are fewer than `wanted`. A page that fails leaves its rows to the calls by id. */
const readPages = async ({ name }: ScanOrbitSource, wanted: number, context: RequestContext): Promise<void> => {
  const pages = resourcePages(context);
  const { total } = await pages.page(name, {}, 0);
  const rest = Math.ceil(total / SCANORBIT_PAGE_SIZE) - 1;
  if (rest > wanted) return;
  await Promise.allSettled(Array.from({ length: rest }, (_, i) => pages.page(name, {}, i + 1)));
};

/** By ARN or provider id, in the first source that has it; null when none has. */
export const resourceByIdentifier = async (
  context: RequestContext,
  place: FieldPlace,
  identifier: string,
): Promise<ResourceModel | null> => {
  const answers = await Promise.allSettled(
    context.sources.scanorbit.map((source) => identifierIn(context, source, identifier)),
  );
  const failures = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason);
  const found = answers.find((answer) => answer.status === 'fulfilled' && answer.value !== null);
  if (found?.status !== 'fulfilled') {
    if (failures.length > 0) throw failures[0];
    return null;
  }
  for (const failure of failures) reportProblem(context, place, failure);
  return found.value;
};

/** The server looks up no identifier that is longer than its limit, though it lists some: those are found in the list. */
export const identifierIn = async (
  context: RequestContext,
  { name, client }: ScanOrbitSource,
  identifier: string,
): Promise<ResourceModel | null> => {
  if (identifier.length <= MAX_IDENTIFIER_LENGTH) return client.resourceByIdentifier(identifier, context.scope);
  const { rows } = await resourcePages(context).whole(name, {});
  return rows.find((row) => row.resourceId === identifier) ?? null;
};

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
