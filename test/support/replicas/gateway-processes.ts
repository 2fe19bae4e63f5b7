import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type CliRun, runCli } from '../../integration/cli/run-cli.ts';
import type { TestRedis } from './redis-server.ts';

export interface ProcessesOptions {
  readonly redis: TestRedis;
  readonly count: number;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly index: boolean;
  /** Size of the cloud; default: the company's own. */
  readonly resources?: number;
}

export interface GatewayProcesses {
  readonly upstream: ScanOrbitDemo;
  /** GraphQL endpoints, in starting order. */
  readonly urls: readonly string[];
  readonly runs: readonly CliRun[];
  /** A global id that no other caller of this got lately. */
  nextResource(): string;
  close(): Promise<void>;
}

/** Gateways as processes of their own, running the real program over one ScanOrbit and one Redis. */
export const startGatewayProcesses = async (options: ProcessesOptions): Promise<GatewayProcesses> => {
  const { redis, count, limit, windowSeconds, index, resources } = options;
  const world = createWorld({ seed: 1, ...(resources !== undefined && { resources }) }).cloud;
  const upstream = await startScanOrbitDemo({
    world,
    edition: 'observed',
    rateLimit: { limit, windowMs: windowSeconds * 1000 },
    latencyMs: () => 10 + Math.random() * 60,
    movingScans: false,
  });
  const directory = mkdtempSync(join(tmpdir(), 'inventory-replicas-'));
  const config = join(directory, 'inventory.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      sources: [
        {
          name: 'cloud',
          kind: 'scanorbit',
          url: upstream.url,
          apiKey: upstream.apiKey,
          budget: { limit, windowSeconds },
        },
      ],
      server: { port: 0 },
      index: { enabled: index, directory: null },
    }),
  );
  const runs = Array.from({ length: count }, () => runCli(['serve', '--config', config], { REDIS_URL: redis.url }));
  const urls = await Promise.all(
    runs.map(async (run) => (await run.printed(/"url":"([^"]+)","sources"/))[1] ?? 'nowhere'),
  );
  const ids = world.resources.map(({ id }) => encodeGlobalId({ type: 'Resource', source: 'cloud', id }));
  let next = 0;
  return {
    upstream,
    urls,
    runs,
    nextResource: () => ids[next++ % ids.length] ?? '',
    close: async () => {
      for (const run of runs) run.process.kill('SIGKILL');
      await Promise.all(runs.map((run) => run.exitCode()));
      await upstream.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
