import { recordDimension } from '#entities/group/loaders/record-dimension.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { oncePerSource } from '#loading/once-per-source.ts';
import { networkToCount } from '#loading/snapshot-to-count.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import { type HostModel, hostDisplayName } from '../model.ts';
import { everyHost, hostById } from './lists.ts';

export interface HostsOfSource extends Shortfall {
  /** By their row ids. */
  readonly rows: ReadonlyMap<string, HostModel>;
}

/** All hosts of a source, for what records that only name them need to know: from the index, else their whole list. */
export const hostsByRowId = oncePerSource(async (source: NetworkSource, context): Promise<HostsOfSource> => {
  const snapshot = networkToCount(context, source);
  if (snapshot && snapshot.missing.hosts === 0) return { rows: snapshot.hosts, invalid: 0, missing: 0 };
  const { rows, ...short } = await everyHost(context, source);
  return { ...short, rows: new Map(rows.map((row) => [row.id, row])) };
});

/** Rows by the host that they belong to, as the index names it, where counts are taken from that; else as the source does. */
export const hostDimension = (context: RequestContext) =>
  recordDimension<{ readonly source: string; readonly hostId: string }, HostModel>({
    type: 'Host',
    idsOf: ({ hostId }) => [hostId],
    find: async (ref) => {
      const snapshot = networkToCount(context, context.sources.ofSide('NETWORK', ref.source));
      return snapshot ? snapshot.hosts.get(ref.id) : hostById(context).load(ref);
    },
    titleOf: hostDisplayName,
  });
