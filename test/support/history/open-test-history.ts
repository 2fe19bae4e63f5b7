import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryStore } from '#history/history-store.ts';
import { openSqliteHistory } from '#history/sqlite/open-sqlite-history.ts';

/** An empty store in a directory of its own. */
export const openTestHistory = async (): Promise<{ readonly store: HistoryStore; close(): Promise<void> }> => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  const store = openSqliteHistory(join(directory, 'history.sqlite'));
  return {
    store,
    close: async () => {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
};
