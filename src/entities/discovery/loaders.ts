import { toError } from '#lib/gateway-error.ts';
import { concatLists, pagedList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldLocation, reportProblem, reportShortfall } from '#loading/report-problem.ts';
import { everySource } from '#loading/several-sources.ts';
import type { DiscoveryModel, DiscoverySessionModel } from './model.ts';

/** A configuration or a run by id, one call each; null when it is unknown or hidden from the key. */
export const discoveryById = recordLoader<'NETWORK', DiscoveryModel | null>(
  'discoveryById',
  'NETWORK',
  async ({ client }, ids, { scope }) => {
    const answers = await Promise.all(ids.map((id) => client.discoveryById(id, scope).catch(toError)));
    const found = new Map<string, DiscoveryModel | Error>();
    for (const [i, id] of ids.entries()) {
      const answer = answers[i];
      if (answer) found.set(id, answer);
    }
    return found;
  },
  () => null,
);

/** Configurations and runs, newest first within each source. */
export const discoveryList = (context: RequestContext, place: FieldLocation): SlicedList<DiscoveryModel> =>
  concatLists(
    context.sources.network.map(({ client, kind, name }) =>
      pagedList(
        kind.limits.pageSize,
        (page) => client.discoveryPage(page, context.scope),
        (short) => reportShortfall(context, place, name, short),
      ),
    ),
    (error) => reportProblem(context, place, error),
  );

/** Sessions under way. */
export const activeSessions = (context: RequestContext, place: FieldLocation): Promise<DiscoverySessionModel[]> =>
  everySource(context, place, context.sources.network, ({ client, name }) =>
    client.activeDiscoveries(context.scope, (short) => reportShortfall(context, place, name, short)),
  );
