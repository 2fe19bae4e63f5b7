import type { GatewayConfig } from '#config/config.ts';
import { isSame } from '#config/reload-settings.ts';
import { Deriver } from '#inventory/derivation/deriver.ts';
import type { Secret } from '#lib/secret.ts';
import { allowancesOfServers } from './allowances-of-servers.ts';
import type { KeyedSource, SourceConfig, SourceDeps, Spending } from './keyed-source.ts';
import { indexSource, openSource } from './open-source.ts';
import { createPassthroughSources } from './passthrough-sources.ts';
import { PastSources } from './past/past-sources.ts';
import { Retired } from './retired.ts';
import type { AnySourceKind } from './source-kind.ts';
import { type Source, SourceSet } from './source-set.ts';
import { createCacheStore } from './transport/cache/cache-store.ts';
import { systemClock } from './transport/clock.ts';

/** Which sources exist for whom. */
interface SourceViewer {
  /** Names; null: all. */
  readonly sources: readonly string[] | null;
  /** Keys the caller brought, by source name. Then only sources with such a key exist, asked with that key. */
  readonly credentials: ReadonlyMap<string, Secret> | null;
}

/** Sources that are no more, with what is in the place of each; null: nothing is. */
type ReplacedSources = ReadonlyMap<Source, Source | null>;

export interface Sources {
  /** Every source with a key of its own: for health, metrics and the index. */
  readonly all: SourceSet;
  forViewer(viewer: SourceViewer): SourceSet;
  /**
   * Sources and rules as they are configured now. A source that is configured as before stays the same, with all it knows; the others
   * are closed once no operation can use them any more.
   */
  update(config: GatewayConfig): ReplacedSources;
  close(): Promise<void>;
}

/** Opens every source that has a key, in configuration order, and starts its index. */
export const createSources = (
  initial: GatewayConfig,
  kinds: readonly AnySourceKind[],
  deps: SourceDeps = {},
): Sources => {
  const cache = createCacheStore({ maxBytes: Math.max(1, initial.cache.maxBytes) });
  const open = (options: KeyedSource['options'], key: Secret, spending: Spending): Source =>
    openSource(kinds, { options, key, cache, deps, spending });
  const spendingOf = allowancesOfServers(deps.replicas !== undefined);
  const openOwn = ({ apiKey: key, ...options }: SourceConfig, former: Source | null = null): Source[] => {
    if (!key) return [];
    return [
      indexSource(open(options, key, spendingOf(options)), { options, key, config: initial.index, deps, former }),
    ];
  };
  const passthrough = createPassthroughSources(initial.sources, open);
  const retired = new Retired(deps.clock ?? systemClock);
  const sets = new Map<string, SourceSet>();
  let config = initial;
  let opened = config.sources.flatMap((options) => openOwn(options));
  let derivers = openDerivers(config, deps);

  const sourcesIn = (key: string) =>
    key === EVERY ? opened : opened.filter(({ name }) => key.split(',').includes(name));
  const setOf = (key: string): SourceSet => {
    const known = sets.get(key);
    if (known) return known;
    const sources = sourcesIn(key);
    const set = new SourceSet(sources, derivers.now, deps.history?.of(sources) ?? null, derivers.past);
    sets.set(key, set);
    return set;
  };
  const update = (next: GatewayConfig): ReplacedSources => {
    const former = config;
    const before = opened;
    const graceMs = former.limits.operationTimeoutMs;
    const named = (name: string) => before.find((source) => source.name === name);
    opened = next.sources.flatMap((options) => {
      const source = named(options.name);
      const was = former.sources.find(({ name }) => name === options.name);
      if (source && isSame(was, options)) return [source];
      const isSameServer = was?.kind === options.kind && was.url === options.url;
      return openOwn(options, isSameServer ? source : null);
    });
    config = next;
    const gone = before.filter((source) => !opened.includes(source));
    for (const { index } of gone) void index?.stop();
    const callers = passthrough.update(next.sources);
    for (const { client } of [...gone, ...callers]) retired.add(() => client.close(), graceMs);
    if (!isSame(former.correlation, next.correlation)) {
      retired.add(derivers.close, graceMs);
      derivers = openDerivers(next, deps);
      sets.clear();
    }
    for (const [key, { all }] of sets) if (!isEqual(all, sourcesIn(key))) sets.delete(key);
    const inPlaceOf = ({ name, kind }: Source) => opened.find((one) => one.name === name && one.kind === kind) ?? null;
    return new Map<Source, Source | null>([
      ...gone.map((source) => [source, inPlaceOf(source)] as const),
      ...callers.map((source) => [source, null] as const),
    ]);
  };
  return {
    get all() {
      return setOf(EVERY);
    },
    forViewer: ({ sources, credentials }) => {
      if (credentials) return passthrough.with(credentials, sources);
      return setOf(sources ? sources.toSorted().join(',') : EVERY);
    },
    update,
    close: async () => {
      await Promise.allSettled(opened.map((source) => source.index?.stop()));
      await Promise.allSettled([
        ...opened.map((source) => source.client.close()),
        retired.close(),
        passthrough.close(),
        derivers.close(),
      ]);
    },
  };
};

/** No source is called so. */
const EVERY = '*';

const isEqual = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one.length === other.length && one.every((item, i) => item === other[i]);

/** What derives links and relations by one set of rules: as things are now, and as they were. */
const openDerivers = ({ correlation: rules }: GatewayConfig, { onDerivationFailure, clock }: SourceDeps) => {
  const options = { rules, ...(onDerivationFailure && { onFailure: onDerivationFailure }), ...(clock && { clock }) };
  const [now, then] = [new Deriver(options), new Deriver(options)];
  return { now, past: new PastSources(then), close: () => Promise.all([now.close(), then.close()]) };
};
