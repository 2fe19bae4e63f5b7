import { HISTORY_TYPES } from '../history-store.ts';
import type { Database } from './database.ts';

/** Every type, so that versions of a source are found by their time. */
const TYPES = [...HISTORY_TYPES.keys()].join(', ');

/** Counts the versions that a reading began. */
export const tallyReading = (database: Database, source: number, at: number): Promise<void> =>
  tally(database, source, 'at = ?', at);

/** Counts anew what is left of those that began up to then. */
export const tallyAgain = async (database: Database, source: number, at: number): Promise<void> => {
  await database.run('DELETE FROM tally WHERE source = ? AND at <= ?', source, at);
  await tally(database, source, 'at <= ?', at);
};

const tally = async (database: Database, source: number, condition: string, at: number): Promise<void> => {
  await database.run(
    `INSERT INTO tally (source, type, kind, at, count)
     SELECT source, type, kind, at, count(*) FROM version WHERE source = ? AND type IN (${TYPES}) AND ${condition}
     GROUP BY source, type, kind, at`,
    ...[source, at],
  );
};
