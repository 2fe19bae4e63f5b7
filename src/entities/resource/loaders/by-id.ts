import { toError } from '#lib/gateway-error.ts';
import { type RowRef, refKey } from '#lib/record-ref.ts';
import { activeSpan } from '#lib/trace.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import { decidedSnapshot } from '#loading/once-per-source.ts';
import { type Plan, type PlannedCall, planRecords } from '#loading/planner/plan-records.ts';
import { recordLoader } from '#loading/record-loader.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { ResourceModel } from '../model.ts';
import { resourcePages } from './pages.ts';

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
    if (ids.every((id) => known.has(id))) return known;
    const found: Found = new Map();
    for (let left = ids; left.length > 0; left = left.filter((id) => !found.has(id))) {
      await followPlan(source, left, context, known, found);
    }
    return found;
  },
  () => null,
);

/** What lists of this request have brought, and the index where this request relies on it already. */
const resourceAtHand = (context: RequestContext, { source, id }: RowRef): ResourceModel | undefined =>
  resourcePages(context).seen(source, id) ?? decidedSnapshot(context, source)?.resources.get(id);

/** The same, for someone who knows the account: then that account's list is one of the ways. What is at hand is given at once. */
export const resourceOfAccount = (
  context: RequestContext,
  key: RowRef & { readonly accountId: string },
): ResourceModel | Promise<ResourceModel | null> => {
  const known = resourceAtHand(context, key);
  if (known) return known;
  accountHints(context).set(refKey({ type: 'Resource', ...key }), key.accountId);
  return resourceById(context).load({ source: key.source, id: key.id });
};

const takeSeen = ({ name }: CloudSource, ids: readonly string[], context: RequestContext, found: Found): void => {
  for (const id of ids) {
    const row = resourcePages(context).seen(name, id);
    if (row) found.set(id, row);
  }
};

/** What lists of this request, the index, and answers still fresh contain of these, without a call of its own. */
const knownResources = async (
  source: CloudSource,
  ids: readonly string[],
  context: RequestContext,
): Promise<ReadonlyMap<string, ResourceModel>> => {
  const known: Found = new Map();
  takeSeen(source, ids, context, known);
  const snapshot = known.size < ids.length ? await resourcePages(context).fromIndex(source.name) : null;
  for (const id of ids) {
    const row = known.has(id) ? undefined : snapshot?.get(id);
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
