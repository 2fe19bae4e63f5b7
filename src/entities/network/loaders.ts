import { recordDimension } from '#entities/group/loaders/record-dimension.ts';
import type { RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordSet } from '#loading/record-set.ts';
import { networkToCount } from '#loading/snapshot-to-count.ts';
import type { NetworkModel } from './model.ts';

/** The networks that a key can see. */
export const networks = recordSet('NETWORK', 'networkById', ({ client }) => client.networks);

/** As the index names it, where counts are taken from that; else as the source does. */
const networkToName = async (context: RequestContext, ref: RowRef): Promise<NetworkModel | null> => {
  const snapshot = networkToCount(context, context.sources.ofSide('NETWORK', ref.source));
  return snapshot ? (snapshot.networks.find(({ id }) => id === ref.id) ?? null) : networks.byId(context).load(ref);
};

/** Rows by the network that they belong to. */
export const networkDimension = (context: RequestContext) =>
  recordDimension<{ readonly source: string; readonly networkId: string }, NetworkModel>({
    type: 'Network',
    idsOf: ({ networkId }) => [networkId],
    find: (ref) => networkToName(context, ref),
    titleOf: ({ name }) => name,
  });
