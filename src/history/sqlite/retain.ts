import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './history-file.ts';

/** Versions forgotten in one transaction. */
const AT_ONCE = 5_000;
/** Share of the readings that is forgotten at once while the file is too large. */
const SHARE = 0.1;

/** Forgets what ended before `before`, then the oldest readings until the file takes at most `maxBytes`. What is so now stays. */
export const retain = (database: DatabaseSync, before: number, maxBytes: number): void => {
  forget(database, before);
  while (bytesOf(database) > maxBytes) {
    const oldest = database
      .prepare(
        `SELECT at FROM reading WHERE EXISTS (SELECT 1 FROM reading AS former WHERE former.source = reading.source AND former.at < reading.at)
         ORDER BY at`,
      )
      .all();
    const from = oldest[Math.floor(oldest.length * SHARE)]?.at;
    if (from === undefined) return;
    forget(database, Number(from));
  }
};

/** What the file takes once the room of what was forgotten is given back, which this does. */
const bytesOf = (database: DatabaseSync): number => {
  database.prepare('PRAGMA incremental_vacuum').all();
  const pages = database.prepare('PRAGMA page_count').get()?.page_count;
  return Number(pages) * Number(database.prepare('PRAGMA page_size').get()?.page_size);
};

/** Of each source the newest reading that is no later than `before` becomes the first: what was so then is still known. */
const forget = (database: DatabaseSync, before: number): void => {
  const floors = database
    .prepare('SELECT source, max(at) AS at FROM reading WHERE at <= ? GROUP BY source HAVING count(*) > 1')
    .all(before);
  for (const { source, at } of floors) forgetUntil(database, Number(source), Number(at));
};

/** Readings last: when it is cut short, the next call goes on. */
const forgetUntil = (database: DatabaseSync, source: number, at: number): void => {
  for (const ended of ['until <= ?', 'until IS NULL AND value IS NULL AND at <= ?']) {
    const few = database.prepare(
      `DELETE FROM version WHERE id IN (SELECT id FROM version WHERE source = ? AND ${ended} LIMIT ${AT_ONCE})`,
    );
    while (inTransaction(database, () => few.run(source, at)).changes !== 0);
  }
  inTransaction(database, () => {
    database
      .prepare('DELETE FROM part_reading WHERE reading IN (SELECT id FROM reading WHERE source = ? AND at < ?)')
      .run(source, at);
    database.prepare('DELETE FROM reading WHERE source = ? AND at < ?').run(source, at);
    // The last one before still holds until there is a later one.
    database
      .prepare(
        `DELETE FROM row_order WHERE source = ?1 AND at < ?2 AND EXISTS (SELECT 1 FROM row_order AS later
           WHERE later.source = ?1 AND later.type = row_order.type AND later.part = row_order.part
           AND later.at > row_order.at AND later.at <= ?2)`,
      )
      .run(source, at);
    database
      .prepare('DELETE FROM record WHERE source = ? AND NOT EXISTS (SELECT 1 FROM version WHERE record = record.id)')
      .run(source);
  });
};
