import { titlesOfRecords } from '#entities/group/loaders/titles.ts';
import type { RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordSet } from '#loading/record-set.ts';
import { networkToCount } from '#loading/snapshot-to-count.ts';
import type { NetworkModel } from './model.ts';

/** The networks that a key can see. */
export const networks = recordSet('NETWORK', 'networkById', ({ client }) => client.networks);

/** As the index names it, where counts are taken from that; else as the source does. */
const networkToName = async (context: RequestContext, ref: RowRef): Promise<NetworkModel | null> => {
  const snapshot = await networkToCount(context, context.sources.ofSide('NETWORK', ref.source));
  return snapshot ? (snapshot.networks.find(({ id }) => id === ref.id) ?? null) : networks.byId(context).load(ref);
};

/** Names of networks by their global ids. */
export const networkTitles = (context: RequestContext) =>
  titlesOfRecords(
    'Network',
    (ref) => networkToName(context, ref),
    ({ name }: NetworkModel) => name,
  );
