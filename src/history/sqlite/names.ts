import type { DatabaseSync } from 'node:sqlite';
import type { HistorySource, Reading } from '../history-store.ts';

/** The number of the source: that of its credential, or of the one which this credential replaces, or a new one. */
export const sourceOf = (database: DatabaseSync, reading: Reading): number => {
  const { name, identity } = reading.source;
  const known = database.prepare('SELECT id FROM source WHERE identity = ?').get(identity);
  if (known) return Number(known.id);
  const former = formerOf(database, reading);
  const { lastInsertRowid } = former
    ? database.prepare('UPDATE source SET identity = ? WHERE id = ?').run(identity, Number(former.id))
    : database.prepare('INSERT INTO source (name, identity) VALUES (?, ?)').run(name, identity);
  return Number(former?.id ?? lastInsertRowid);
};

/**
 * The source of that name whose past a new credential goes on with: it reads an account or network of it, and everything that it holds
 * now. One that may read less would else show what it may not read, and take it for vanished.
 */
const formerOf = (database: DatabaseSync, { source, parts }: Reading) =>
  database
    .prepare(
      `SELECT id FROM source WHERE name = ?1
       AND EXISTS (SELECT 1 FROM part WHERE part.source = source.id AND part.name NOT LIKE '*%'
         AND part.name IN (SELECT value FROM json_each(?2)))
       AND NOT EXISTS (SELECT 1 FROM version JOIN record ON record.id = version.record JOIN part ON part.id = record.part
         WHERE version.source = source.id AND version.until IS NULL AND version.value IS NOT NULL
         AND part.name NOT IN (SELECT value FROM json_each(?2)))
       ORDER BY id DESC LIMIT 1`,
    )
    .get(source.name, JSON.stringify(parts.map(({ name }) => name)));

export const partOf = (
  database: DatabaseSync,
  source: number,
  name: string,
): { readonly id: number; readonly readAt: number | null } => {
  database.prepare('INSERT INTO part (source, name) VALUES (?, ?) ON CONFLICT DO NOTHING').run(source, name);
  const { id } = database.prepare('SELECT id FROM part WHERE source = ? AND name = ?').get(source, name) as {
    id: number;
  };
  const last = database
    .prepare(
      `SELECT max(reading.at) AS at FROM reading JOIN part_reading ON part_reading.reading = reading.id
       WHERE reading.source = ? AND part_reading.part = ? AND part_reading.whole = 1 AND part_reading.fresh = 1`,
    )
    .get(source, id);
  return { id, readAt: last?.at == null ? null : Number(last.at) };
};

/** Numbers of those that the file has, with their names. */
export const visibleSources = (
  database: DatabaseSync,
  visible: readonly HistorySource[],
): ReadonlyMap<number, string> => {
  const find = database.prepare('SELECT id FROM source WHERE identity = ?');
  return new Map(
    visible.flatMap(({ name, identity }) => {
      const found = find.get(identity);
      return found ? [[Number(found.id), name] as const] : [];
    }),
  );
};
