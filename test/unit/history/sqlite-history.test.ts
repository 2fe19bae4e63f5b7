import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { HistoryError } from '#history/history-store.ts';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';
import { describeHistoryStore } from './contract.ts';
import { ACME, part, readingAt, resources, rowsOf } from './readings.ts';

const newPath = async () => join(await mkdtemp(join(tmpdir(), 'history-')), 'below', 'history.sqlite');

describeHistoryStore('the history in a file of SQLite', async () => {
  const path = await newPath();
  const stores = [openSqliteHistory(path)] as const;
  const opened = [...stores];
  return {
    store: stores[0],
    reopen: async () => {
      await opened.at(-1)?.close();
      const again = openSqliteHistory(path);
      opened.push(again);
      return again;
    },
    release: async () => {
      await Promise.all(opened.map((store) => store.close()));
      await rm(join(path, '../..'), { recursive: true });
    },
  };
});

const openNew = async () => {
  const path = await newPath();
  const store = openSqliteHistory(path);
  onTestFinished(async () => {
    await store.close();
    await rm(join(path, '../..'), { recursive: true });
  });
  return { path, store };
};

const query = { visible: [ACME] };

it('is readable for its owner only', async () => {
  const { path, store } = await openNew();
  await store.append(readingAt(100), [resources({ web: { name: 'web' } })]);
  for (const name of [path, `${path}-wal`]) expect((await stat(name)).mode & 0o077).toBe(0);
});

it('answers with an error while another process has the file locked, and goes on afterwards', async () => {
  const { path, store } = await openNew();
  await store.append(readingAt(100), [resources({ web: { name: 'web' } })]);
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  await expect(store.append(readingAt(200), [])).rejects.toThrow(HistoryError);
  expect(await store.count(query)).toBe(1);
  other.exec('ROLLBACK');
  other.close();
  expect(await store.append(readingAt(200), [])).toBe(true);
});

it('answers with an error while the file is none of SQLite, leaves it alone, and goes on once it was removed', async () => {
  const { path, store } = await openNew();
  await store.close();
  await rm(path, { force: true });
  await store.count(query);
  await store.close();
  await Promise.all([path, `${path}-wal`, `${path}-shm`].map((name) => rm(name, { force: true })));
  await writeFile(path, 'not a database, but somebody’s notes'.repeat(50));
  await expect(store.append(readingAt(100), [])).rejects.toThrow(HistoryError);
  await expect(store.versions(query, { limit: 1 })).rejects.toThrow('Expected the file of the history to be usable');
  expect((await stat(path)).size).toBeGreaterThan(1000);
  await rm(path);
  expect(await store.append(readingAt(100), [])).toBe(true);
});

it('leaves a file alone that a later version of the gateway has made', async () => {
  const { path, store } = await openNew();
  await store.count(query);
  await store.close();
  const other = new DatabaseSync(path);
  other.exec('PRAGMA user_version = 99');
  other.close();
  await expect(store.append(readingAt(100), [])).rejects.toThrow('Expected a history of format 3, got format 99.');
});

it('goes on with a file that the first version of the gateway has made', async () => {
  const { path, store } = await openNew();
  await mkdir(join(path, '..'));
  await copyFile(join(import.meta.dirname, 'formats/format-1.sqlite'), path);
  const before = await store.versions(query, { limit: 10 });
  expect(await store.count(query)).toBe(6);
  expect(before.map(({ kind, id, from, value }) => [kind, id, from, value])).toEqual([
    ['REMOVED', 'db', 200, null],
    ['CHANGED', 'web e', 200, { to: 'vpc-1' }],
    ['CHANGED', 'web', 200, { name: 'web', state: 'stopped' }],
    ['FIRST', 'web e', 100, { to: 'db' }],
    ['FIRST', 'db', 100, { name: 'db' }],
    ['FIRST', 'web', 100, { name: 'web', state: 'running' }],
  ]);
  await store.append(readingAt(300), [resources({ mq: { n: 1 } }, 'a', { mq: { seen: 1 } })]);
  expect(await store.versions({ ...query, until: 200 }, { limit: 10 })).toHaveLength(6);
  const rowsAt = async (time: number) => {
    const state = await store.at(ACME, time);
    return [state?.edgeOwners, (await rowsOf(state)).map(({ id, value }) => [id, value])];
  };
  const web = ['web', { name: 'web', state: 'running' }];
  expect(await rowsAt(100)).toEqual([['web'], [web, ['db', { name: 'db' }], ['web e', { to: 'db' }]]]);
  expect(await rowsAt(250)).toEqual([
    ['web'],
    [
      ['web', { name: 'web', state: 'stopped' }],
      ['web e', { to: 'vpc-1' }],
    ],
  ]);
  expect(await rowsAt(300)).toEqual([[], [['mq', { n: 1, seen: 1 }]]]);
});

it('names no path of this machine in its errors', async () => {
  const { path, store } = await openNew();
  await writeFile(join(path, '../..', 'below'), 'a file where a directory should be');
  await expect(store.count(query)).rejects.toThrow(/got: (ENOTDIR|EEXIST)$/);
});

it('reads no more of the past of a record than a page tells', async () => {
  const { path, store } = await openNew();
  for (const n of [1, 2, 3, 4]) await store.append(readingAt(n), [resources({ web: { n } })]);
  const other = new DatabaseSync(path);
  other.exec("UPDATE version SET value = 'unreadable' WHERE at < 3");
  other.close();
  const [newest] = await store.versions(query, { limit: 1 });
  expect([newest?.value, newest?.before]).toEqual([{ n: 4 }, { n: 3 }]);
  await expect(store.versions(query, { limit: 2 })).rejects.toThrow(HistoryError);
});

it('adds a reading although meanwhile something could not be told', async () => {
  const { path, store } = await openNew();
  await store.append(readingAt(1), [resources({ web: { n: 1 }, db: { n: 1 } })]);
  const other = new DatabaseSync(path);
  other.exec("UPDATE version SET value = 'unreadable' WHERE id = 1");
  other.close();
  const answers: Promise<unknown>[] = [];
  const rows = function* () {
    yield resources({ db: { n: 2 } });
    answers.push(store.versions(query, { limit: 10 }).catch((error: unknown) => error));
    yield resources({ mq: { n: 1 } });
  };
  expect(await store.append(readingAt(2, { parts: [part('a', { isWhole: false })] }), rows())).toBe(true);
  expect(await Promise.all(answers)).toEqual([expect.any(HistoryError)]);
  expect((await store.versions({ ...query, since: 1 }, { limit: 10 })).map(({ id }) => id)).toEqual(['mq', 'db']);
});
