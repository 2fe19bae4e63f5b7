import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import type { ScanopyDemo } from '#demo/scanopy/server.ts';
import type { NetworkWorld } from '#demo/world/network-world.ts';
import { createWorld } from '#demo/world/world.ts';
import type { IndexStatus } from '#inventory/snapshot/source-index.ts';
import type { GatewayDeps } from '#server/create-gateway.ts';
import { type Harness, type HarnessOptions, startHarness } from '../harness.ts';
import { replaceNetwork } from '../history/gateway-with-history.ts';
import { type SkippingClock, skippingClock } from '../skipping-clock.ts';
import { until } from '../until.ts';

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Every host by its name. */
export const HOSTS = `# Which hosts are there?
query Hosts($search: String) { hosts(first: 200, filter: { search: $search }) { totalCount nodes { id displayName } } }`;

type WatchInput = NonNullable<ConfigInput['watches']>[number];

export interface WatchingGateway {
  readonly harness: Harness;
  readonly clock: SkippingClock;
  readonly directory: string;
  readonly network: NetworkWorld;
  /** Lets the index read its sources again. */
  refresh(): Promise<void>;
  /** Puts another network behind the address of a server, the first one unless told otherwise, and lets the index read it. */
  replace(by: NetworkWorld, at?: number): Promise<ScanopyDemo>;
  /** Of the watch of this name, as `/metrics` shows it. */
  runs(outcome: string, watch?: string): Promise<number>;
}

export const watchOf = (of: Partial<WatchInput> = {}): WatchInput => ({
  name: 'hosts',
  operation: 'hosts',
  condition: 'changed',
  ...of,
});

const temporaryDirectory = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'watches-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
};

/** A gateway over a demo network whose hosts are watched, after the watches were asked for the first time. */
export const startWatching = async (
  watches: readonly WatchInput[],
  { config, deps, ...options }: HarnessOptions & { readonly deps?: GatewayDeps } = {},
): Promise<WatchingGateway> => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'hosts.graphql'), HOSTS);
  const clock = skippingClock();
  const { network } = createWorld({ seed: 1, hosts: 180 });
  const harness = await startHarness({
    scanopy: [{ world: network }],
    ...options,
    config: {
      ...config,
      watches: [...watches],
      questions: { directory },
      index: { enabled: true, directory, refreshSeconds: 60, ...config?.index },
      history: { enabled: false },
    },
    deps: { clock, ...deps },
  });
  onTestFinished(() => harness.close());
  const indexes = harness.gateway.sources.all.all.map(({ index }) => index);
  await until(() => indexes.every((index) => index?.status().complete));
  const runs = async (outcome: string, watch = 'hosts') => {
    const response = await fetch(new URL('/metrics', harness.url));
    if (!response.ok) throw new Error(`Expected /metrics to be open, got ${response.status}.`);
    const page = await response.text();
    const line = `inventory_watch_runs_total{watch="${watch}",outcome="${outcome}"} `;
    return Number(
      page
        .split('\n')
        .find((one) => one.startsWith(line))
        ?.slice(line.length) ?? 0,
    );
  };
  for (const { name } of watches)
    await until(
      async () => (await runs('quiet', name)) + (await runs('fired', name)) + (await runs('failed', name)) > 0,
    );
  const refresh = async () => {
    const from = new Date(clock.now()).toISOString();
    const hasRead = ({ startedAt, completedAt }: IndexStatus) =>
      (startedAt ?? '') >= from && !isReading({ startedAt, completedAt });
    await until(() => {
      const statuses = indexes.flatMap((index) => index?.status() ?? []);
      if (statuses.every(hasRead)) return true;
      // What is asked meanwhile would run out of time.
      if (!statuses.some(isReading)) clock.skip(61_000);
      return false;
    });
  };
  const servers = [...harness.scanopy];
  const replace = async (by: NetworkWorld, at = 0) => {
    const [server] = servers.slice(at) as [ScanopyDemo];
    const later = await replaceNetwork({ ...harness, scanopy: [server] }, by);
    servers[at] = later;
    await refresh();
    return later;
  };
  return { harness, clock, directory, network, refresh, replace, runs };
};

/** A reading is under way, or failed and is soon tried again. */
const isReading = ({ startedAt, completedAt }: Pick<IndexStatus, 'startedAt' | 'completedAt'>): boolean =>
  (startedAt ?? '') > (completedAt ?? '');
