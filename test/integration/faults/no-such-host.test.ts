import { expect, it } from 'vitest';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { createGateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';
import { HALVES } from './two-halves.ts';

const KEY = 'k'.repeat(40);
const QUERY = '{ scanorbit: resources(first: 1) { totalCount } scanopy: hosts(first: 1) { totalCount } }';

interface Counted {
  readonly data: Readonly<Record<string, { totalCount: number } | null>>;
  readonly errors: readonly { message: string; path: string[]; extensions: Record<string, unknown> }[];
}

it.for(HALVES)(
  '%s under a name that DNS does not know: UPSTREAM_UNAVAILABLE, and the other half answers',
  async (half) => {
    const world = createWorld({ seed: 11, hosts: 200 });
    const cloud = await startScanOrbitDemo({ world: world.cloud, edition: 'observed', rateLimit: false });
    const network = await startScanopyDemo({ world: world.network, version: '0.16.0', apiKey: KEY, rateLimit: false });
    const nowhere = 'http://no-such-host.invalid';
    const gateway = await createGateway(
      defineConfig({
        sources: [
          {
            name: 'scanorbit',
            kind: 'scanorbit',
            url: half === 'scanorbit' ? nowhere : cloud.url,
            apiKey: cloud.apiKey,
          },
          { name: 'scanopy', kind: 'scanopy', url: half === 'scanopy' ? nowhere : network.url, apiKey: KEY },
        ],
        server: { port: 0 },
        index: { enabled: false },
        log: { level: 'silent' },
      }),
    );
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    });
    const { data, errors } = (await response.json()) as Counted;
    await Promise.all([gateway.close(), cloud.close(), network.close()]);

    const other = half === 'scanorbit' ? 'scanopy' : 'scanorbit';
    expect(errors.map(({ path, extensions }) => [path[0], extensions.code, extensions.source])).toEqual([
      [half, 'UPSTREAM_UNAVAILABLE', half],
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/ENOTFOUND|EAI_AGAIN|no-such-host/);
    expect(data[half]).toBeNull();
    expect(data[other]?.totalCount).toBeGreaterThan(0);
  },
);
