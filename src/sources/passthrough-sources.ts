import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '#config/config.ts';
import { isSame } from '#config/reload-settings.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import type { Secret } from '#lib/secret.ts';
import { type Spending, sourceIdentity } from './keyed-source.ts';
import { PassthroughAllowances } from './passthrough-allowances.ts';
import { type Source, SourceSet } from './source-set.ts';
import { createLocalAllowance } from './transport/budget/local-allowance.ts';
import { systemClock } from './transport/clock.ts';

type SourceConfig = GatewayConfig['sources'][number];

/** The most clients that are kept open at once; the one unused for longest is closed first. */
const MAX_OPEN = 500;
const IDLE_MS = 15 * 60_000;

export interface PassthroughSources {
  /** The sources for which `credentials` has a key; `names` narrows them further, null does not. */
  with(credentials: ReadonlyMap<string, Secret>, names: readonly string[] | null): SourceSet;
  /** Clients of a source that is there as before stay. @returns those that are to be closed once they are not used any more */
  update(configured: readonly SourceConfig[]): readonly Source[];
  close(): Promise<void>;
}

/**
 * The sources of auth mode `passthrough`, in which callers send their own upstream keys. Each key has a client of its own, so keys
 * never share a cache or a call in flight, and share a budget only where the server has shown that it counts keys together. A client
 * that is unused for a while is closed; its calls in flight finish.
 */
export const createPassthroughSources = (
  given: readonly SourceConfig[],
  open: (options: SourceConfig, key: Secret, spending: Spending) => Source,
  perf: { now(): number } = performance,
): PassthroughSources => {
  let configured = given;
  const clients = new LRUCache<string, Source>({
    max: MAX_OPEN,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf,
    // One that is deleted may still be used.
    dispose: (source, _, reason) => void (reason === 'delete' || source.client.close().catch(() => {})),
  });
  const allowances = new Map<string, PassthroughAllowances>();
  const spendingOf = (options: SourceConfig, key: Secret): Spending => ({
    identity: sourceIdentity({ options, key }),
    allowanceOf: (own, budget) =>
      getOrMake(
        allowances,
        options.name,
        () => new PassthroughAllowances(createLocalAllowance(budget, systemClock), systemClock),
      ).forKey(own),
  });
  const sourceWith = (options: SourceConfig, key: Secret): Source => {
    const id = `${options.name}:${key.fingerprint}`;
    const known = clients.get(id);
    if (known) return known;
    const source = { ...open(options, key, spendingOf(options, key)), keepOpen: () => void clients.get(id) };
    clients.set(id, source);
    return source;
  };
  return {
    with: (credentials, names) =>
      new SourceSet(
        configured.flatMap((options) => {
          const key = credentials.get(options.name);
          return key && (names === null || names.includes(options.name)) ? [sourceWith(options, key)] : [];
        }),
      ),
    update: (next) => {
      const stays = ({ name }: { readonly name: string }) =>
        isSame(ofName(configured, name), ofName(next, name)) && ofName(next, name) !== undefined;
      const removed = [...clients].filter(([, source]) => !stays(source));
      for (const [id] of removed) clients.delete(id);
      for (const name of allowances.keys()) if (!stays({ name })) allowances.delete(name);
      configured = next;
      return removed.map(([, source]) => source);
    },
    close: async () => {
      const open = [...clients.values()];
      await Promise.allSettled(open.map((source) => source.client.close()));
    },
  };
};

const ofName = (configured: readonly SourceConfig[], name: string): SourceConfig | undefined =>
  configured.find((options) => options.name === name);
