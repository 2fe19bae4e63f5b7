import type { HistoryStore } from '../history-store.ts';
import { openHistoryStore } from '../thread/open-history-store.ts';

/** A history in one file of SQLite, for one process. */
export const openSqliteHistory = (path: string): HistoryStore => openHistoryStore({ kind: 'SQLITE', path });
