import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import type { CloudSource, NetworkSource } from '#sources/source-set.ts';
import { createFeed, type Feed, type Watch } from './feed.ts';
import type { WatchPace } from './polling.ts';
import { watchDiscoveries } from './watch-discoveries.ts';
import { NO_MEMORY, type WatchMemory } from './watch-memory.ts';
import { watchScans } from './watch-scans.ts';

/** The feeds of all sources. Each source and credential has one watch, whatever the number of subscribers. */
export interface LiveFeeds {
  scans(source: CloudSource): Feed<ScanModel>;
  discoveries(source: NetworkSource): Feed<DiscoverySessionModel>;
  /** Ends every listener. */
  close(): void;
}

/** Lets several processes share one watch. `identity` stands for source and credential. */
export type ShareWatch = <E>(identity: string, make: (memory: WatchMemory) => Watch<E>) => Watch<E>;

const unshared: ShareWatch = (_, make) => make(NO_MEMORY);

export const createLiveFeeds = (pace: WatchPace, share: ShareWatch = unshared): LiveFeeds => {
  const open = new Set<Feed<unknown>>();
  // One feed for each client, which stands for one source and one credential: events never cross from one credential to another.
  const once = <S extends { readonly client: object }, E>(make: (source: S) => Feed<E>) => {
    const known = new WeakMap<object, Feed<E>>();
    return (source: S): Feed<E> => {
      const feed = getOrMake(known, source.client, () => make(source));
      open.add(feed);
      return feed;
    };
  };
  const feedOf = <E>({ identity, keepOpen }: CloudSource | NetworkSource, make: (memory: WatchMemory) => Watch<E>) =>
    createFeed(keepingOpen(keepOpen, share(identity, make)));
  return {
    scans: once((source: CloudSource) => feedOf(source, (memory) => watchScans(source.client, pace, memory))),
    discoveries: once((source: NetworkSource) =>
      feedOf(source, (memory) => watchDiscoveries(source.client, pace, memory)),
    ),
    close: () => {
      for (const feed of open) feed.close();
    },
  };
};

const KEEP_OPEN_MS = 60_000;

/** The source of a passthrough key is closed after a while without requests. A watch must keep it open, too. */
const keepingOpen =
  <E>(keepOpen: (() => void) | undefined, watch: Watch<E>): Watch<E> =>
  async (emit, signal) => {
    const timer = keepOpen && setInterval(keepOpen, KEEP_OPEN_MS).unref();
    try {
      await watch(emit, signal);
    } finally {
      clearInterval(timer);
    }
  };
