import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { HistoryStore } from '#history/history-store.ts';
import { readingOf, rowsOfSnapshot } from '#history/rows-of-snapshot.ts';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';
import { emptyCloudSnapshot } from '#inventory/snapshot/empty-snapshot.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';

const visible = [{ name: 'cloud', identity: 'cloud' }];
const time = (ms: number) => new Date(ms).toISOString();

const resource = (id: string, state: string): ResourceModel => ({
  ...{ type: 'Resource', source: 'cloud', id, accountId: 'a', resourceId: id, service: 'EC2', region: null },
  ...{ name: id, state, tags: [], costEstimateMonthly: null },
  ...{ lastSeenAt: time(0), createdAt: time(0), updatedAt: time(0) },
});

const snapshotAt = (
  at: number,
  states: Readonly<Record<string, string>>,
  over: Partial<CloudSnapshot> = {},
): CloudSnapshot => ({
  ...emptyCloudSnapshot('cloud', time(at)),
  accounts: [{ id: 'a' } as CloudSnapshot['accounts'][number]],
  accountReadAt: new Map([['a', time(at)]]),
  resources: new Map(Object.entries(states).map(([id, state]) => [id, resource(id, state)])),
  edgesComplete: true,
  ...over,
});

let store: HistoryStore;
beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  store = openSqliteHistory(join(directory, 'history.sqlite'));
  onTestFinished(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });
});

const append = (snapshot: CloudSnapshot) => store.append(readingOf(snapshot, 'cloud', 0), rowsOfSnapshot(snapshot));
const told = async (id: string) =>
  (await store.versions({ visible, record: { type: 'Resource', source: 'cloud', id } }, { limit: 10 })).map(
    ({ kind, from, since }) => [kind, since, from],
  );

it('one resource that a caller read live tells nothing of when the others were read', async () => {
  await append(snapshotAt(100, { web: 'running', db: 'running' }));
  const noticed = { type: 'Resource', source: 'cloud', id: 'web', kind: 'CHANGED', title: 'web', fields: [] } as const;
  const changes = [{ ...noticed, noticedAt: time(150), since: time(100) }];
  await append({ ...snapshotAt(100, { web: 'stopped', db: 'running' }), changes });
  await append(snapshotAt(200, { web: 'running' }));
  expect(await told('web')).toEqual([
    ['CHANGED', 150, 200],
    ['CHANGED', 100, 150],
    ['FIRST', null, 100],
  ]);
  expect(await told('db')).toEqual([
    ['REMOVED', 100, 200],
    ['FIRST', null, 100],
  ]);
});

it('what comes to an account is "added" also where the first reading kept had the account from an earlier one', async () => {
  await append(snapshotAt(100, { web: 'running' }, { accountReadAt: new Map([['a', time(50)]]) }));
  await append(snapshotAt(200, { web: 'running', db: 'running' }));
  expect(await told('db')).toEqual([['ADDED', 100, 200]]);
});
