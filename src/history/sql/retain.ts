import { type Databases, inTransaction, type Transaction } from './database.ts';
import { tallyAgain } from './tally.ts';

/** Versions forgotten in one transaction. */
const AT_ONCE = 5_000;
/** Share of the readings that is forgotten at once while the history is too large. */
const SHARE = 0.1;

/** Forgets what ended before `before`, then the oldest readings until the rest takes at most `maxBytes`. What is so now stays. */
export const retain = async (databases: Databases, before: number, maxBytes: number): Promise<void> => {
  await forget(databases, before);
  while (await databases.takesMoreThan(maxBytes)) {
    const oldest = await (await databases.reader()).all<{ readonly at: number }>(
      `SELECT at FROM reading WHERE EXISTS (SELECT 1 FROM reading AS former WHERE former.source = reading.source AND former.at < reading.at)
       ORDER BY at`,
    );
    const from = oldest[Math.floor(oldest.length * SHARE)]?.at;
    if (from === undefined) return;
    await forget(databases, from);
  }
};

interface Floor {
  readonly source: number;
  readonly name: string;
  readonly at: number;
}

/** Of each source the newest reading that is no later than `before` becomes the first: what was so then is still known. */
const forget = async (databases: Databases, before: number): Promise<void> => {
  const floors = await (await databases.reader()).all<Floor>(
    `SELECT source.id AS source, source.name, max(reading.at) AS at FROM reading JOIN source ON source.id = reading.source
     WHERE reading.at <= ? GROUP BY source.id, source.name HAVING count(*) > 1`,
    before,
  );
  for (const floor of floors) await forgetUntil(databases, floor);
};

/** Readings last: when it is cut short, the next call goes on. */
const forgetUntil = async (databases: Databases, { source, name, at }: Floor): Promise<void> => {
  const inTurn = <T>(work: (transaction: Transaction) => Promise<T>) => inTransaction(databases, name, work);
  let forgotten = 0;
  for (const ended of ['until <= ?', 'until IS NULL AND value IS NULL AND at <= ?']) {
    const few = `DELETE FROM version WHERE id IN (SELECT id FROM version WHERE source = ? AND ${ended} LIMIT ${AT_ONCE})`;
    for (let some = -1; some !== 0; forgotten += some)
      some = await inTurn(async (transaction) => transaction.run(few, source, at));
  }
  await inTurn(async (transaction) => {
    const former = 'reading IN (SELECT id FROM reading WHERE source = ? AND at < ?)';
    await transaction.run(`DELETE FROM part_reading WHERE ${former}`, source, at);
    await transaction.run('DELETE FROM reading WHERE source = ? AND at < ?', source, at);
    // The last one before still holds until there is a later one.
    await transaction.run(
      `DELETE FROM row_order WHERE source = ? AND at < ? AND EXISTS (SELECT 1 FROM row_order AS later
         WHERE later.source = row_order.source AND later.type = row_order.type AND later.part = row_order.part
         AND later.at > row_order.at AND later.at <= ?)`,
      ...[source, at, at],
    );
    await tallyAgain(transaction, source, at);
    if (forgotten === 0) return;
    await transaction.run(
      'DELETE FROM record WHERE source = ? AND NOT EXISTS (SELECT 1 FROM version WHERE version.record = record.id)',
      source,
    );
  });
};
