import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '#config/config.ts';
import type { Secret } from '#lib/secret.ts';
import type { AllowanceOfKey } from './keyed-source.ts';
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
  close(): Promise<void>;
}

/**
 * The sources of auth mode `passthrough`, in which callers send their own upstream keys. Each key has a client of its own, so keys
 * never share a cache or a call in flight, and share a budget only where the server has shown that it counts keys together. A client
 * that is unused for a while is closed; its calls in flight finish.
 */
export const createPassthroughSources = (
  configured: readonly SourceConfig[],
  open: (options: SourceConfig, key: Secret, allowanceOfKey: AllowanceOfKey) => Source,
  perf: { now(): number } = performance,
): PassthroughSources => {
  const clients = new LRUCache<string, Source>({
    max: MAX_OPEN,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf,
    dispose: (source) => void source.client.close().catch(() => {}),
  });
  const allowances = new Map<string, PassthroughAllowances>();
  const allowanceOfKey =
    ({ name }: SourceConfig): AllowanceOfKey =>
    (own, budget) => {
      const known =
        allowances.get(name) ?? new PassthroughAllowances(createLocalAllowance(budget, systemClock), systemClock);
      allowances.set(name, known);
      return known.forKey(own);
    };
  const sourceWith = (options: SourceConfig, key: Secret): Source => {
    const id = `${options.name}:${key.fingerprint}`;
    const known = clients.get(id);
    if (known) return known;
    const source = { ...open(options, key, allowanceOfKey(options)), keepOpen: () => void clients.get(id) };
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
    close: async () => {
      const open = [...clients.values()];
      await Promise.allSettled(open.map((source) => source.client.close()));
    },
  };
};
