import { sourceOptions } from '#config/source-options.ts';
import type { ScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { Secret } from '#lib/secret.ts';
import { openScanOrbit } from '#sources/scanorbit/open-scanorbit.ts';
import type { ScanOrbitSource } from '#sources/source-set.ts';
import { createCacheStore } from '#sources/transport/cache/cache-store.ts';

/** A source over a demo server, with a cache of its own and no budget in the way. */
export const openTestCloud = ({ url, apiKey }: Pick<ScanOrbitDemo, 'url' | 'apiKey'>): ScanOrbitSource =>
  openScanOrbit({
    options: sourceOptions.parse({
      name: 'cloud',
      kind: 'scanorbit',
      url,
      budget: { ratePerSecond: 10_000, burst: 10_000, reserve: 0 },
    }),
    key: new Secret(apiKey),
    cache: createCacheStore({ maxBytes: 64 * 1024 * 1024 }),
    deps: {},
  });
