import type { GatewayConfig } from '#config/config.ts';
import { createCacheStore } from '#upstreams/transport/cache-store.ts';
import { openSource, type SourceDeps } from './open-source.ts';
import { type Source, SourceSet } from './source-set.ts';

/** Which sources exist for whom. `sources` null: all. */
export interface SourceViewer {
  readonly sources: readonly string[] | null;
}

export interface Sources {
  /** Every configured source, whoever asks: for health, metrics and the index. */
  readonly all: SourceSet;
  forViewer(viewer: SourceViewer): SourceSet;
  close(): Promise<void>;
}

/** Opens every configured source, in configuration order. Nothing is asked of an upstream yet. */
export const createSources = (config: GatewayConfig, deps: SourceDeps = {}): Sources => {
  const cache = createCacheStore({ maxBytes: config.cache.maxBytes });
  const opened = config.sources.flatMap((options): Source[] =>
    options.apiKey ? [openSource({ options, key: options.apiKey, cache, deps })] : [],
  );
  const all = new SourceSet(opened);
  const sets = new Map<string, SourceSet>();
  return {
    all,
    forViewer: ({ sources: names }) => {
      if (names === null) return all;
      const key = names.join(',');
      const set = sets.get(key) ?? new SourceSet(all.all.filter((source) => names.includes(source.name)));
      sets.set(key, set);
      return set;
    },
    close: async () => {
      await Promise.allSettled(all.all.map((source) => source.client.close()));
    },
  };
};
