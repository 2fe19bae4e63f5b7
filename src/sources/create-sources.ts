import type { GatewayConfig } from '#config/config.ts';
import { Deriver } from '#inventory/derivation/deriver.ts';
import type { Secret } from '#lib/secret.ts';
import type { AllowanceOfKey, KeyedSource, SourceDeps } from './keyed-source.ts';
import { indexSource, openSource } from './open-source.ts';
import { createPassthroughSources } from './passthrough-sources.ts';
import { PastSources } from './past/past-sources.ts';
import type { AnySourceKind } from './source-kind.ts';
import { type Source, SourceSet } from './source-set.ts';
import { createCacheStore } from './transport/cache/cache-store.ts';

/** Which sources exist for whom. */
interface SourceViewer {
  /** Names; null: all. */
  readonly sources: readonly string[] | null;
  /** Keys the caller brought, by source name. Then only sources with such a key exist, asked with that key. */
  readonly credentials: ReadonlyMap<string, Secret> | null;
}

export interface Sources {
  /** Every source with a key of its own: for health, metrics and the index. */
  readonly all: SourceSet;
  forViewer(viewer: SourceViewer): SourceSet;
  close(): Promise<void>;
}

/** Opens every source that has a key, in configuration order, and starts its index. */
export const createSources = (
  config: GatewayConfig,
  kinds: readonly AnySourceKind[],
  deps: SourceDeps = {},
): Sources => {
  const cache = createCacheStore({ maxBytes: Math.max(1, config.cache.maxBytes) });
  const open = (options: KeyedSource['options'], key: Secret, allowanceOfKey?: AllowanceOfKey): Source =>
    openSource(kinds, { options, key, cache, deps, ...(allowanceOfKey && { allowanceOfKey }) });
  const opened = config.sources.flatMap(({ apiKey, ...options }) =>
    apiKey ? [indexSource(open(options, apiKey), { options, key: apiKey, config: config.index, deps })] : [],
  );
  const [deriver, pastDeriver] = [newDeriver(config, deps), newDeriver(config, deps)];
  const past = new PastSources(pastDeriver);
  const setOf = (sources: readonly Source[]) =>
    new SourceSet(sources, deriver, deps.history?.of(sources) ?? null, past);
  const all = setOf(opened);
  const passthrough = createPassthroughSources(config.sources, open);
  const subsets = new Map<string, SourceSet>();
  const subset = (names: readonly string[]): SourceSet => {
    const key = names.toSorted().join(',');
    const known = subsets.get(key) ?? setOf(all.all.filter((source) => names.includes(source.name)));
    subsets.set(key, known);
    return known;
  };
  return {
    all,
    forViewer: ({ sources, credentials }) => {
      if (credentials) return passthrough.with(credentials, sources);
      return sources ? subset(sources) : all;
    },
    close: async () => {
      await Promise.allSettled(all.all.map((source) => source.index?.stop()));
      await Promise.allSettled([
        ...all.all.map((source) => source.client.close()),
        passthrough.close(),
        deriver.close(),
        pastDeriver.close(),
      ]);
    },
  };
};

const newDeriver = ({ correlation }: GatewayConfig, { onDerivationFailure, clock }: SourceDeps): Deriver =>
  new Deriver({
    rules: correlation,
    ...(onDerivationFailure && { onFailure: onDerivationFailure }),
    ...(clock && { clock }),
  });
