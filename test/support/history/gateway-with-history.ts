import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ScanopyDemo, startScanopyDemo } from '#demo/scanopy/server.ts';
import { createWorld } from '#demo/world/world.ts';
import type { HistorySource } from '#history/history-store.ts';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';
import { type Harness, startHarness } from '../harness.ts';
import { untilIndexed } from '../indexed-gateway.ts';

/** A gateway that has read everything, and the store that it writes; it reads again after so long. Released when the test is finished. */
export const startWithHistory = async (refreshSeconds = 5) => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const world = createWorld({ seed: 5, resources: 200, hosts: 150 });
  const harness = await startHarness({
    ...{ scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => world },
    config: { index: { enabled: true, directory, refreshSeconds } },
  });
  onTestFinished(() => harness.close());
  await untilIndexed(harness);
  const visible: readonly HistorySource[] = harness.gateway.sources.all.all.map(({ name, identity }) => ({
    name,
    identity,
  }));
  const store = openSqliteHistory(join(directory, 'history.sqlite'));
  onTestFinished(() => store.close());
  return { directory, world, harness, visible, store };
};

/** Another network behind the address of the harness's server. */
export const replaceNetwork = async (harness: Harness, world: Parameters<typeof startScanopyDemo>[0]['world']) => {
  const [server] = harness.scanopy as readonly [ScanopyDemo];
  await server.close();
  const port = Number(new URL(server.url).port);
  const later = await startScanopyDemo({ world, version: '0.16.0', apiKey: server.apiKey, port, rateLimit: false });
  onTestFinished(() => later.close());
  return later;
};
