import type { ScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { Secret } from '#lib/secret.ts';
import { defineConfig } from '#sources/kinds.ts';
import { openSource } from '#sources/open-source.ts';
import { scanorbit } from '#sources/scanorbit/index.ts';
import { type CloudSource, SourceSet } from '#sources/source-set.ts';
import { createCacheStore } from '#sources/transport/cache/cache-store.ts';

/** A source over a demo server, with a cache of its own and no budget in the way. */
export const openTestCloud = ({ url, apiKey }: Pick<ScanOrbitDemo, 'url' | 'apiKey'>): CloudSource => {
  const budget = { ratePerSecond: 10_000, burst: 10_000, reserve: 0 };
  const { sources } = defineConfig({ sources: [{ name: 'cloud', kind: 'scanorbit', url, apiKey, budget }] });
  const [options] = sources;
  if (!options) throw new Error('expected the configured source');
  const cache = createCacheStore({ maxBytes: 64 * 1024 * 1024 });
  const source = openSource([scanorbit], { options, key: new Secret(apiKey), cache, deps: {} });
  return new SourceSet([source]).ofSide('CLOUD', 'cloud');
};
