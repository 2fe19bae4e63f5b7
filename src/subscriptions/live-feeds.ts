import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import type { CloudSource, NetworkSource, Source } from '#sources/source-set.ts';
import { createFeed, type Feed, type Watch } from './feed.ts';
import type { WatchPace } from './polling.ts';
import { watchDiscoveries } from './watch-discoveries.ts';
import { NO_MEMORY, type WatchMemory } from './watch-memory.ts';
import { watchScans } from './watch-scans.ts';

/** The feeds of all sources. Each source and credential has one watch, whatever the number of subscribers. */
export interface LiveFeeds {
  scans(source: CloudSource): Feed<ScanModel>;
  discoveries(source: NetworkSource): Feed<DiscoverySessionModel>;
  /** Listeners to a source that was replaced go on with the one in its place, and hear what has changed in between; null ends them. */
  update(pace: WatchPace, replaced: ReadonlyMap<Source, Source | null>): void;
  /** Ends every listener. */
  close(): void;
}

/** Lets several processes share one watch. `identity` stands for source and credential. */
export type ShareWatch = <E>(identity: string, make: (memory: WatchMemory) => Watch<E>) => Watch<E>;

const unshared: ShareWatch = (_, make) => make(NO_MEMORY);

type WatchSource<S, E> = (source: S, pace: WatchPace, memory: WatchMemory) => Watch<E>;

export const createLiveFeeds = (given: WatchPace, share: ShareWatch = unshared): LiveFeeds => {
  // Read by every watch before each of its pauses.
  const pace = { ...given };
  const scans = new FeedsOfSources(pace, share, (source: CloudSource, ...rest) => watchScans(source.client, ...rest));
  const discoveries = new FeedsOfSources(pace, share, (source: NetworkSource, ...rest) =>
    watchDiscoveries(source.client, ...rest),
  );
  return {
    scans: (source) => scans.of(source),
    discoveries: (source) => discoveries.of(source),
    update: (next, replaced) => {
      Object.assign(pace, next);
      for (const [source, by] of replaced) {
        if (source.side === 'CLOUD') scans.replace(source, by?.side === 'CLOUD' ? by : null);
        else discoveries.replace(source, by?.side === 'NETWORK' ? by : null);
      }
    },
    close: () => {
      scans.close();
      discoveries.close();
    },
  };
};

interface OpenFeed<S, E> {
  readonly feed: Feed<E>;
  moveTo(source: S): void;
}

/** The feeds of one kind of event. One for each client, which stands for one source and one credential: events never cross from one credential to another. */
class FeedsOfSources<S extends CloudSource | NetworkSource, E> {
  readonly #pace: WatchPace;
  readonly #share: ShareWatch;
  readonly #watch: WatchSource<S, E>;
  readonly #byClient = new WeakMap<object, OpenFeed<S, E>>();
  /** Those that somebody listens to. */
  readonly #watched = new Set<Feed<E>>();

  constructor(pace: WatchPace, share: ShareWatch, watch: WatchSource<S, E>) {
    this.#pace = pace;
    this.#share = share;
    this.#watch = watch;
  }

  of(source: S): Feed<E> {
    const known = this.#byClient.get(source.client);
    if (known) return known.feed;
    const made = this.#make(source);
    this.#byClient.set(source.client, made);
    return made.feed;
  }

  replace(source: S, by: S | null): void {
    if (!by) {
      this.of(source).close();
      return;
    }
    const open = this.#byClient.get(source.client) ?? this.#make(by);
    open.moveTo(by);
    // Operations that began before may still ask for the former one.
    for (const { client } of [source, by]) this.#byClient.set(client, open);
  }

  close(): void {
    for (const feed of this.#watched) feed.close();
  }

  #make(source: S): OpenFeed<S, E> {
    let known: ReadonlyMap<string, string> | null = null;
    const watchOf = (of: S, before: ReadonlyMap<string, string> | null): Watch<E> => {
      let from = before;
      const remembering = (memory: WatchMemory): WatchMemory => ({
        load: async () => {
          const former = from;
          // Only the watch that is there now goes on from it: one that begins later, for others, begins with nothing.
          from = null;
          known = former;
          return former ?? memory.load();
        },
        save: (now) => {
          known = now;
          memory.save(now);
        },
      });
      const watch = this.#share(of.identity, (memory) => this.#watch(of, this.#pace, remembering(memory)));
      return keepingOpen(of.keepOpen, (emit, signal) => {
        this.#watched.add(feed);
        signal.addEventListener('abort', () => void (feed.isWatched() || this.#watched.delete(feed)));
        return watch(emit, signal);
      });
    };
    const feed = createFeed(watchOf(source, null));
    return { feed, moveTo: (next) => feed.follow(watchOf(next, feed.isWatched() ? known : null)) };
  }
}

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
