import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import { snapshotFile } from '#inventory/snapshot/snapshot-file.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';
import { mayHaveEdges } from '#sources/scanorbit/edge-reader.ts';
import { buildCloudSnapshot } from '#sources/scanorbit/snapshot.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { openTestCloud } from '../../../support/open-test-source.ts';

const world = createCloudWorld({ seed: 7 });

describe('the index of a ScanOrbit organization', () => {
  let demo: ScanOrbitDemo;
  let source: CloudSource;
  let directory: string;
  const running: SourceIndex<CloudSnapshot>[] = [];

  const startIndex = (identity: string | null = null, refreshMs = 60_000) => {
    const file = identity === null ? null : snapshotFile<CloudSnapshot>(directory, source.name, identity);
    const index = new SourceIndex<CloudSnapshot>({ build: buildCloudSnapshot(source.client), file, refreshMs });
    running.push(index);
    index.start();
    return index;
  };
  const complete = (index: SourceIndex<CloudSnapshot>) =>
    vi.waitFor(() => expect(index.status().complete).toBe(true), { timeout: 90_000, interval: 20 });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'index-'));
    demo = await startScanOrbitDemo({ world, edition: 'observed', rateLimit: false, movingScans: false });
    source = openTestCloud(demo);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((index) => index.stop()));
    await source.client.close();
    await demo.close();
    await rm(directory, { recursive: true });
  });

  it('holds every resource and finding, and requests edges only of services that can have any', async () => {
    const index = startIndex();
    await complete(index);
    const snapshot = index.snapshot();
    expect(snapshot?.resources.size).toBe(world.resources.length);
    expect(snapshot?.findings.size).toBe(world.findings.length);
    expect(index.status()).toMatchObject({ coverage: 1, records: world.resources.length + world.findings.length });
    const withEdges = [...(snapshot?.resources.values() ?? [])].filter(mayHaveEdges).length;
    expect(demo.countOf('/resources/{id}/dependencies')).toBe(withEdges);
    expect(demo.countOf('/resources')).toBe(Math.ceil(world.resources.length / 100));
    expect(demo.countOf('/findings')).toBe(Math.ceil(world.findings.length / 100));
  });

  it('shows all records while edges are still being read', async () => {
    demo.faults.add({ match: /\/dependencies$/, kind: 'timeout-before-headers' });
    const index = startIndex();
    await vi.waitFor(() => expect(index.snapshot()?.resources.size).toBe(world.resources.length), { timeout: 90_000 });
    expect(index.snapshot()?.edgesComplete).toBe(false);
    expect(index.status().complete).toBe(false);
  });

  it('reads one account again, and no other, when a scan of it completes', async () => {
    const index = startIndex(null, 5);
    await complete(index);
    const before = index.snapshot();
    const account = world.accounts.find(({ status }) => status === 'ok');
    if (!account || !before) throw new Error('expected an account and a picture');
    demo.resetCalls();
    demo.completeScan(account.id);
    source = openTestCloud(demo);
    const later = new SourceIndex<CloudSnapshot>({
      build: async (input) => buildCloudSnapshot(source.client)({ ...input, former: before }),
      file: null,
      refreshMs: 60_000,
    });
    running.push(later);
    later.start();
    await complete(later);
    const pages = demo.calls.filter(({ endpoint }) => endpoint === '/resources');
    expect(pages.length).toBeGreaterThan(0);
    expect(new Set(pages.map(({ query }) => query.awsAccountId))).toEqual(new Set([account.id]));
    const owned = [...before.resources.values()].filter(
      (resource) => resource.accountId === account.id && mayHaveEdges(resource),
    );
    expect(demo.countOf('/resources/{id}/dependencies')).toBe(owned.length);
    expect(later.snapshot()?.resources.size).toBe(world.resources.length);
  });

  it('costs no call after a restart while no query reads what changed', async () => {
    const index = startIndex('server|key');
    await complete(index);
    await index.stop();
    demo.resetCalls();
    const again = startIndex('server|key');
    await complete(again);
    expect(again.snapshot()?.resources).toEqual(index.snapshot()?.resources);
    expect(demo.countOf()).toBe(0);
  });

  it('discards a kept snapshot of another credential, and a corrupt one', async () => {
    const index = startIndex('one');
    await complete(index);
    await index.stop();
    expect(await snapshotFile(directory, source.name, 'one').load()).not.toBeNull();
    expect(await snapshotFile(directory, source.name, 'other').load()).toBeNull();
    const [name = ''] = await readdir(directory);
    const path = join(directory, name);
    expect(gunzipSync(await readFile(path)).toString()).not.toContain(demo.apiKey);
    await writeFile(path, (await readFile(path)).subarray(0, 500));
    expect(await snapshotFile(directory, source.name, 'one').load()).toBeNull();
  });

  it('keeps trying when the source fails, and reports it', async () => {
    demo.faults.add({ match: /\/accounts/, kind: 'wrong-shape', times: 1 });
    const failures: Error[] = [];
    const index = new SourceIndex<CloudSnapshot>({
      build: buildCloudSnapshot(source.client),
      file: null,
      refreshMs: 60_000,
      onFailure: (error) => failures.push(error),
    });
    running.push(index);
    index.start();
    await complete(index);
    expect(failures).toHaveLength(1);
  });
});
