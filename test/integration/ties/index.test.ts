import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { snapshotFile } from '#inventory/snapshot/snapshot-file.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';
import { buildNetworkSnapshot } from '#sources/scanopy/snapshot.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { arrange, hostRow, page } from '../../support/transport/scanopy-upstream.ts';

const INDEX = '{ sources { index { complete records missingRows } } }';
interface Told {
  readonly sources: readonly { readonly index: { complete: boolean; records: number; missingRows: number } }[];
}

test('the index of 770 hosts and 1,629 resources under ties holds them all, and says so', async () => {
  const world = createWorld({ seed: 4, hosts: 770, resources: 1_629 });
  const harness = await startIndexed({
    scanopy: [{ world: world.network, ties: 7 }],
    scanorbit: [{ world: world.cloud, ties: 7, movingScans: false }],
  });
  onTestFinished(() => harness.close());
  const { data } = await harness.query<Told>(INDEX);
  const { resources, findings } = world.cloud;
  expect(data.sources.map(({ index }) => index)).toEqual([
    { complete: true, records: resources.length + findings.length, missingRows: 0 },
    { complete: true, records: world.network.hosts.length, missingRows: 0 },
  ]);
});

test('an index that lacks a row is not complete, counts it, goes on so after a restart, and looks for it again', async () => {
  const rows = Array.from({ length: 12 }, (_, n) => hostRow(n));
  let hidden = 1;
  const { client } = await arrange((url) => {
    if (url.pathname === '/api/version')
      return { success: true, data: { server_version: '0.16.0' }, meta: { server_version: '0.16.0' } };
    return url.pathname.endsWith('/hosts') ? page('0.16.0', rows, rows.length + hidden) : page('0.16.0', []);
  });
  const directory = await mkdtemp(join(tmpdir(), 'ties-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = () => snapshotFile<never>(directory, 'net', 'identity');
  const open = (refreshMs: number) =>
    new SourceIndex({ build: buildNetworkSnapshot(client), file: file(), refreshMs } as ConstructorParameters<
      typeof SourceIndex
    >[0]);
  /** Only ends what hangs. */
  const MAX_WAIT = { timeout: 90_000 };
  const short = { complete: false, missingRows: 1, records: 12 };

  const first = open(60_000);
  first.start();
  await vi.waitFor(() => expect(first.status()).toMatchObject(short), MAX_WAIT);
  await first.stop();

  const second = open(1);
  second.start();
  await vi.waitFor(() => expect(second.status()).toMatchObject(short), MAX_WAIT);
  hidden = 0;
  await vi.waitFor(() => {
    second.snapshot();
    expect(second.status()).toMatchObject({ complete: true, missingRows: 0, records: 12 });
  }, MAX_WAIT);
  await second.stop();
});
