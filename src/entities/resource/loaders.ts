import { toError } from '#lib/gateway-error.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { type RowRef, refKey } from '#lib/record-ref.ts';
import { concatLists, type SlicedList } from '#lib/sliced-list.ts';
import { activeSpan } from '#lib/trace.ts';
import { cloudSources } from '#loading/cloud-sources.ts';
import type { RequestContext } from '#loading/context.ts';
import { orderedList } from '#loading/ordered-list.ts';
import { perRequest } from '#loading/per-request.ts';
import type { Plan, PlannedCall } from '#loading/planner/plan.ts';
import { planRecords } from '#loading/planner/plan-records.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import { unshown } from '#loading/report-shortfall.ts';
import { isOnlyListed } from '#sources/scanorbit/identifiers.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { type ResourceFilterModel, resourcePages, resourcesOfSource } from './lists.ts';
import type { CountModel, ResourceModel, ResourceStatsModel } from './model.ts';
import { type ResourceOrderModel, resourceOrder } from './order.ts';

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
  const sources = isElsewhere ? [] : cloudSources(context, filter?.source, [within]);
  const report = (error: unknown) => reportProblem(context, place, error);
  const lists = sources.map(({ name }) =>
    resourcesOfSource(context, place, name, filter ?? {}, { accountId: within?.id, isWhole: Boolean(orderBy) }),
  );
  return orderBy ? orderedList(lists, resourceOrder(orderBy), report) : concatLists(lists, report);
};

type Found = Map<string, ResourceModel | null | Error>;

/** Accounts of resources, as far as those who refer to them know. */
const accountHints = perRequest(() => new Map<string, string>());

/**
 * A resource by its row id; null when unknown. What was seen costs nothing; the rest takes whatever calls are fewest: by id, by
 * the pages of an account's list, or by the pages of the whole list.
 */
export const resourceById = recordLoader<'CLOUD', ResourceModel | null>(
  'resourceById',
  'CLOUD',
  async (source, ids, context) => {
    const known = await knownResources(source, ids, context);
    const found: Found = new Map();
    for (let left = ids; left.length > 0; left = left.filter((id) => !found.has(id))) {
      await followPlan(source, left, context, known, found);
    }
    return found;
  },
  () => null,
);

/** The same, for someone who knows the account: then that account's list is one of the ways. */
export const resourceOfAccount = (
  context: RequestContext,
  key: RowRef & { readonly accountId: string },
): Promise<ResourceModel | null> => {
  accountHints(context).set(refKey({ type: 'Resource', ...key }), key.accountId);
  return resourceById(context).load({ source: key.source, id: key.id });
};

const takeSeen = ({ name }: CloudSource, ids: readonly string[], context: RequestContext, found: Found): void => {
  for (const id of ids) {
    const row = resourcePages(context).seen(name, id);
    if (row) found.set(id, row);
  }
};

/** What lists of this request, the index, and answers still fresh tell of these, without a call of its own. */
const knownResources = async (
  source: CloudSource,
  ids: readonly string[],
  context: RequestContext,
): Promise<ReadonlyMap<string, ResourceModel>> => {
  const known: Found = new Map();
  takeSeen(source, ids, context, known);
  const picture = known.size < ids.length ? await resourcePages(context).pictured(source.name) : null;
  for (const id of ids) {
    const row = known.has(id) ? undefined : picture?.get(id);
    if (row) known.set(id, row);
  }
  const unseen = ids.filter((id) => !known.has(id));
  const cached = unseen.length > 0 ? await source.client.resourcesSeen(unseen, context.scope) : [];
  return new Map([...(known as Map<string, ResourceModel>), ...cached]);
};

/** One round of calls. Each answers some of `left`, or teaches the next plan. */
const followPlan = async (
  source: CloudSource,
  left: readonly string[],
  context: RequestContext,
  known: ReadonlyMap<string, ResourceModel>,
  found: Found,
): Promise<void> => {
  const plan = planFor(source, left, context, known);
  activeSpan()?.addEvent('plan', { keys: left.length, missing: plan.missing.length, calls: plan.calls.length });
  for (const id of plan.missing) found.set(id, null);
  for (const id of plan.known) found.set(id, known.get(id) ?? null);
  const failures = await Promise.all(plan.calls.map((call) => makeCall(source, call, context, found)));
  takeSeen(source, plan.listed, context, found);
  const failure = failures.find((failed) => failed !== null);
  if (failure) for (const id of plan.listed) if (!found.has(id)) found.set(id, failure);
};

const planFor = (
  { name }: CloudSource,
  ids: readonly string[],
  context: RequestContext,
  known: ReadonlyMap<string, ResourceModel>,
): Plan => {
  const pages = resourcePages(context);
  const hints = accountHints(context);
  const wanted = ids.map((id) => ({ key: id, hint: hints.get(refKey({ type: 'Resource', source: name, id })) }));
  const accounts = new Set(wanted.map(({ hint }) => hint).filter((hint) => hint !== undefined));
  return planRecords(wanted, {
    known: new Set(known.keys()),
    batchSize: 1,
    wholeList: pages.shape(name, {}),
    filteredLists: new Map([...accounts].map((accountId) => [accountId, pages.shape(name, { accountId })])),
  });
};

/** @returns why a page could not be read; a failed call by id fails its id only. */
const makeCall = async (
  { name, client }: CloudSource,
  call: PlannedCall,
  context: RequestContext,
  found: Found,
): Promise<Error | null> => {
  if (call.kind === 'keys') {
    for (const id of call.keys) found.set(id, await client.resourceById(id, context.scope).catch(toError));
    return null;
  }
  const query = call.hint === null ? {} : { accountId: call.hint };
  return resourcePages(context)
    .page(name, query, call.page)
    .then(() => null, toError);
};

/**
 * By ARN or provider id, in the first source that has it, whichever of the two the server stores; null when none has. A form that
 * the server does not store is known where the index has read it, and only when it can mean one resource.
 */
export const resourceByIdentifier = async (
  context: RequestContext,
  place: FieldPlace,
  identifier: string,
): Promise<ResourceModel | null> => {
  const answers = await Promise.allSettled(
    context.sources.cloud.map((source) => identifierIn(context, source, identifier)),
  );
  const failures = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason);
  const found = answers.find((answer) => answer.status === 'fulfilled' && answer.value !== null);
  if (found?.status !== 'fulfilled') {
    const alias = resourceByAlias(context, identifier);
    if (!alias && failures.length > 0) throw failures[0];
    return alias;
  }
  for (const failure of failures) reportProblem(context, place, failure);
  return found.value;
};

const IDENTIFIERS: ReadonlySet<string> = new Set(['ARN', 'RESOURCE_ID', 'INSTANCE_ID']);

const resourceByAlias = (context: RequestContext, identifier: string): ResourceModel | null => {
  const { cloud, aliases } = context.sources.inventory.read();
  if (cloud.length === 0) return null;
  const hits = aliases.lookup(identifier).filter(({ matchedOn }) => IDENTIFIERS.has(matchedOn));
  const rows = hits.flatMap(({ owner }) => (owner.type === 'Resource' ? [owner] : []));
  return rows.length === 1 ? (rows[0] ?? null) : null;
};

/**
 * What cannot be asked for by identifier (too long, or the name of another route) is found in the index or in the whole list.
 * @throws UpstreamError when it is not there and the list is short.
 */
export const identifierIn = async (
  context: RequestContext,
  { name, client }: CloudSource,
  identifier: string,
): Promise<ResourceModel | null> => {
  if (!isOnlyListed(identifier)) return client.resourceByIdentifier(identifier, context.scope);
  const pages = resourcePages(context);
  const picture = await pages.pictured(name);
  const { rows, missing } = picture ? { rows: [...picture.values()], missing: 0 } : await pages.whole(name, {});
  const found = rows.find((row) => row.resourceId === identifier);
  if (!found && missing > 0) throw unshown(name, missing);
  return found ?? null;
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
