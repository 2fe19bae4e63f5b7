import type { FindingModel } from '#entities/finding/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { Progress } from '#inventory/snapshot/build-snapshot.ts';
import { inTurns } from '#inventory/snapshot/read-whole-list.ts';
import type { CloudClient } from '../cloud-client.ts';
import type { Scope } from '../transport/scope.ts';

/** Calls of one build; most of what findings name and lists lack is gone. */
const MOST_CALLS = 20;
const AT_ONCE = 4;

/** Resources that findings name and lists do not show, each asked for by its id. One that cannot be read goes on missing. */
export const namedByFindings = async (
  client: Pick<CloudClient, 'resourceById'>,
  findings: Iterable<FindingModel>,
  known: ReadonlyMap<string, ResourceModel>,
  progress: Progress,
  scope: () => Scope,
): Promise<readonly ResourceModel[]> => {
  const named = new Set([...findings].flatMap(({ resourceId }) => (resourceId === null ? [] : [resourceId])));
  const unknown = [...named].filter((id) => !known.has(id)).slice(0, MOST_CALLS);
  const found: ResourceModel[] = [];
  progress.plan(unknown.length);
  await inTurns(unknown, AT_ONCE, async (id) => {
    const row = await client.resourceById(id, scope()).catch(() => null);
    progress.did();
    if (row) found.push(row);
  });
  return found;
};
