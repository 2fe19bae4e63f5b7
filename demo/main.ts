import { randomBytes } from 'node:crypto';
import { startScanopyDemo } from './scanopy/server.ts';
import { startScanOrbitDemo } from './scanorbit/server.ts';
import { createWorld } from './world/world.ts';

export interface DemoUpstreamOptions {
  readonly edition: 'observed' | 'documented';
  readonly scanopyVersion: string;
  readonly rateLimit: boolean;
  readonly seed: number;
  readonly resources?: number;
  readonly hosts?: number;
  readonly latency: number;
  /** How many rows have the same time. A list that is sorted by time then has no fixed order. */
  readonly ties?: number;
}

interface DemoSource {
  readonly name: string;
  readonly kind: string;
  readonly url: string;
  readonly apiKey: string;
  readonly budget: { readonly ratePerSecond?: number; readonly burst?: number; readonly reserve?: number };
}

export interface DemoUpstreams {
  /** As a configuration lists them. */
  readonly sources: readonly DemoSource[];
  readonly urls: { readonly scanorbit: string; readonly scanopy: string };
  close(): Promise<void>;
}

/** Starts the two demo servers, with the cloud and the network of one invented company, each on a free port. */
export const startDemoUpstreams = async (options: DemoUpstreamOptions): Promise<DemoUpstreams> => {
  const { seed, resources, hosts, rateLimit, latency: latencyMs, ties } = options;
  const world = createWorld({
    seed,
    ...(resources !== undefined && { resources }),
    ...(hosts !== undefined && { hosts }),
  });
  const scanorbit = await startScanOrbitDemo({
    world: world.cloud,
    edition: options.edition,
    latencyMs,
    ...(ties !== undefined && { ties }),
    ...(!rateLimit && { rateLimit: false as const }),
  });
  const scanopy = await startScanopyDemo({
    world: world.network,
    version: options.scanopyVersion,
    apiKey: `scp_u_${randomBytes(16).toString('hex')}`,
    latencyMs,
    ...(ties !== undefined && { ties }),
    rateLimit,
  });
  // A second of refill is kept back, so the burst is several.
  const budget = rateLimit ? {} : { ratePerSecond: 1_000, burst: 10_000, reserve: 0 };
  const sources: DemoUpstreams['sources'] = [
    { name: 'scanorbit', kind: 'scanorbit', url: scanorbit.url, apiKey: scanorbit.apiKey, budget },
    { name: 'scanopy', kind: 'scanopy', url: scanopy.url, apiKey: scanopy.apiKey, budget },
  ];
  return {
    sources,
    urls: { scanorbit: scanorbit.url, scanopy: scanopy.url },
    close: async () => {
      await Promise.all([scanorbit.close(), scanopy.close()]);
    },
  };
};
