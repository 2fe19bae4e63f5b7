import { toError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import { naturalKeyLoader } from '#loading/natural-key-loader.ts';
import { type PlannedCall, planRecords } from '#loading/planner/plan-records.ts';
import { type FieldLocation, reportProblem, unshown } from '#loading/report-problem.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { ResourceModel } from '../model.ts';
import { resourcePages } from './pages.ts';

/** An ARN that names its account. */
const NAMES_ITS_ACCOUNT = /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/;
/** An ARN, or an id that AWS made (`i-0123456789abcdef0`): nobody chose it, so nobody else has it. */
const MADE_BY_AWS = /^arn:|^[a-z]+(-[a-z]+)*-[0-9a-f]{8,}$/;

type Found = Map<string, readonly ResourceModel[] | Error>;

/**
 * A resource by its ARN or provider id, as the upstream gives it: asked for one by one, or looked for in the pages of the whole
 * list, whichever takes fewer calls. A call by identifier answers any one record that has it, so bare names, which several
 * accounts may use, always take the list.
 */
export const resourceByResourceId = naturalKeyLoader({
  name: 'resourceId',
  sources: (context) => context.sources.cloud,
  find: (context, source, keys) =>
    keys.every((key) => MADE_BY_AWS.test(key)) ? planned(context, source, keys) : inWholeList(context, source, keys),
  provesItself: (key) => NAMES_ITS_ACCOUNT.test(key),
});

const planned = async (context: RequestContext, source: CloudSource, keys: readonly string[]): Promise<Found> => {
  const found: Found = new Map();
  for (let left = keys; left.length > 0; left = left.filter((key) => !found.has(key))) {
    const { missing, calls } = planRecords(
      left.map((key) => ({ key })),
      { known: new Set(), batchSize: 1, wholeList: resourcePages(context).shape(source.name, {}) },
    );
    for (const key of missing) found.set(key, []);
    await Promise.all(calls.map((call) => makeCall(context, source, call, new Set(left), found)));
  }
  return found;
};

/** A failed page fails all that are still looked for, a failed call by identifier only its own. */
const makeCall = async (
  context: RequestContext,
  source: CloudSource,
  call: PlannedCall,
  left: ReadonlySet<string>,
  found: Found,
): Promise<void> => {
  if (call.kind === 'keys') {
    for (const key of call.keys) found.set(key, await identifierIn(context, source, key).then(listOf, toError));
    return;
  }
  const answer = await resourcePages(context).page(source.name, {}, call.page).catch(toError);
  if (answer instanceof Error) {
    for (const key of left) if (!found.has(key)) found.set(key, answer);
    return;
  }
  for (const row of answer.rows) if (row && left.has(row.resourceId)) addTo(found, row);
};

const listOf = (row: ResourceModel | null): readonly ResourceModel[] => (row ? [row] : []);

const addTo = (found: Found, row: ResourceModel): void => {
  const known = found.get(row.resourceId);
  const others = known instanceof Error ? [] : (known ?? []).filter(({ id }) => id !== row.id);
  found.set(row.resourceId, [...others, row]);
};

/** A key that an incomplete list does not show is asked for by itself. Such a list does not prove that a bare name is of one resource only. */
const inWholeList = async (context: RequestContext, source: CloudSource, keys: readonly string[]): Promise<Found> => {
  const { rows, missing } = await resourcePages(context).whole(source.name, {});
  const shown = Map.groupBy(rows, (row) => row.resourceId);
  if (missing === 0) return shown;
  const found: Found = new Map(shown);
  const [own, bare] = [keys.filter((key) => MADE_BY_AWS.test(key)), keys.filter((key) => !MADE_BY_AWS.test(key))];
  for (const key of bare) if ((shown.get(key)?.length ?? 0) < 2) found.set(key, unshown(source.name, missing));
  const hidden = own.filter((key) => !found.has(key));
  await Promise.all(
    hidden.map(async (key) => found.set(key, await identifierIn(context, source, key).then(listOf, toError))),
  );
  return found;
};

/**
 * By ARN or provider id, in the first source that has it, whichever of the two the server stores; null when none has. A form that
 * the server does not store is known where the index has read it, and only when it can mean one resource.
 */
export const resourceByIdentifier = async (
  context: RequestContext,
  place: FieldLocation,
  identifier: string,
): Promise<ResourceModel | null> => {
  const answers = await Promise.allSettled(
    context.sources.cloud.map((source) => identifierIn(context, source, identifier)),
  );
  const failures = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason);
  const found = answers.find((answer) => answer.status === 'fulfilled' && answer.value !== null);
  if (found?.status !== 'fulfilled') {
    const alias = await resourceByAlias(context, identifier);
    if (!alias && failures.length > 0) throw failures[0];
    return alias;
  }
  for (const failure of failures) reportProblem(context, place, failure);
  return found.value;
};

const IDENTIFIERS: ReadonlySet<string> = new Set(['ARN', 'RESOURCE_ID', 'INSTANCE_ID']);

const resourceByAlias = async (context: RequestContext, identifier: string): Promise<ResourceModel | null> => {
  const { inventory } = context.sources;
  if (inventory.read().cloud.length === 0) return null;
  const { aliases } = await inventory.derived();
  const hits = aliases.lookup(identifier).filter(({ matchedOn }) => IDENTIFIERS.has(matchedOn));
  const rows = hits.flatMap(({ owner }) => (owner.type === 'Resource' ? [owner] : []));
  return rows.length === 1 ? (rows[0] ?? null) : null;
};

/**
 * What cannot be asked for by identifier (too long, or the name of another route) is found in the index or in the whole list.
 * @throws UpstreamError when it is not there and the list is short.
 */
const identifierIn = async (
  context: RequestContext,
  { name, client, kind }: CloudSource,
  identifier: string,
): Promise<ResourceModel | null> => {
  if (kind.supports.lookUp(identifier) !== 'LIST') return client.resourceByIdentifier(identifier, context.scope);
  const pages = resourcePages(context);
  const snapshot = await pages.fromIndex(name);
  const { rows, missing } = snapshot ? { rows: [...snapshot.values()], missing: 0 } : await pages.whole(name, {});
  const found = rows.find((row) => row.resourceId === identifier);
  if (!found && missing > 0) throw unshown(name, missing);
  return found ?? null;
};
