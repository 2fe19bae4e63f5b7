import type { HistoryStore } from '../history-store.ts';
import { openHistoryStore } from '../thread/open-history-store.ts';

/** A history in a database of PostgreSQL, for any number of processes. */
export const openPostgresHistory = (url: string): HistoryStore => openHistoryStore({ kind: 'POSTGRES', url });
