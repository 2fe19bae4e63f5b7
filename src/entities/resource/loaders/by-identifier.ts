import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportProblem, unshown } from '#loading/report-problem.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { ResourceModel } from '../model.ts';
import { resourcePages } from './lists.ts';

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
