import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { HistoryRecorder } from '#history/history-recorder.ts';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';
import { emptyNetworkSnapshot } from '#inventory/snapshot/empty-snapshot.ts';
import type { NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const DAY_MS = 24 * 60 * 60_000;
const visible = [{ name: 'net', identity: 'net' }];

const snapshotAt = (at: number, dependencies: readonly string[] = []): NetworkSnapshot => ({
  ...emptyNetworkSnapshot('net', new Date(at).toISOString()),
  serviceDependencies: dependencies.map((id) => ({
    ...{ type: 'ServiceDependency', source: 'net', id, networkId: 'n', name: id, description: null },
    ...{ dependencyType: 'UNKNOWN', members: { by: 'SERVICE', ids: [] } },
  })),
});

const start = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  const path = join(directory, 'history.sqlite');
  const clock = new FakeClock();
  const failures: string[] = [];
  const store = openSqliteHistory(path);
  const recorder = new HistoryRecorder(store, {
    ...{ retentionDays: 10, maxBytes: 10_000_000, clock },
    onFailure: ({ message }) => failures.push(message),
  });
  onTestFinished(async () => {
    await recorder.stop();
    await store.close();
    await rm(directory, { recursive: true });
  });
  const times = async () => (await store.readings({ visible }, 100)).map(({ at }) => at);
  return { path, clock, failures, store, recorder, times };
};

it('tells a failure once, and adds the newest reading when the store can be written again', async () => {
  const { path, clock, failures, store, recorder, times } = await start();
  await store.count({ visible });
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const now = clock.now();
  recorder.note(snapshotAt(now), 'net');
  await vi.waitFor(() => expect(failures).toHaveLength(1), { timeout: 30_000 });
  recorder.note(snapshotAt(now + 1), 'net');
  await clock.advance(30_000);
  // Answered after the second attempt, since the thread does one thing after the other.
  await store.count({ visible });
  other.exec('ROLLBACK');
  other.close();
  await vi.waitFor(
    async () => {
      await clock.advance(30_000);
      expect(await times()).toEqual([now + 1]);
    },
    { timeout: 30_000 },
  );
  expect(failures).toEqual([expect.stringContaining('database is locked')]);
});

it('adds what was noted before it is stopped', async () => {
  const { clock, recorder, times } = await start();
  recorder.note(snapshotAt(clock.now()), 'net');
  await recorder.stop();
  expect(await times()).toEqual([clock.now()]);
});

it('forgets what ended longer ago than it is to be kept', async () => {
  const { clock, store, recorder, times } = await start();
  const begun = clock.now();
  for (const [day, names] of [
    [0, ['a', 'b']],
    [8, ['a']],
    [16, ['a']],
    [19, ['a']],
  ] as const) {
    await clock.advance(begun + day * DAY_MS - clock.now());
    recorder.note(snapshotAt(clock.now(), names), 'net');
    await vi.waitFor(async () => expect((await times())[0]).toBe(clock.now()), { timeout: 30_000 });
  }
  await recorder.stop();
  expect(await times()).toEqual([19, 16, 8].map((day) => begun + day * DAY_MS));
  const left = await store.versions({ visible }, { limit: 10 });
  expect(left.map(({ id, kind, value }) => [id, kind, value?.name])).toEqual([['a', 'FIRST', 'a']]);
});
