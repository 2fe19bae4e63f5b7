import type { DatabaseSync } from 'node:sqlite';
import type { HistorySource, Reading } from '../history-store.ts';

/**
 * The number of the source. A credential may be replaced: a new one that reads an account or network which the source of that name had
 * before goes on with its past. Any other begins one of its own.
 */
export const sourceOf = (database: DatabaseSync, { source: { name, identity }, parts }: Reading): number => {
  const known = database.prepare('SELECT id FROM source WHERE identity = ?').get(identity);
  if (known) return Number(known.id);
  const sharing = database.prepare(
    `SELECT source.id FROM source JOIN part ON part.source = source.id
     WHERE source.name = ? AND part.name = ? AND part.name NOT LIKE '*%' ORDER BY source.id DESC LIMIT 1`,
  );
  for (const part of parts) {
    const former = sharing.get(name, part.name);
    if (!former) continue;
    database.prepare('UPDATE source SET identity = ? WHERE id = ?').run(identity, Number(former.id));
    return Number(former.id);
  }
  return Number(
    database.prepare('INSERT INTO source (name, identity) VALUES (?, ?)').run(name, identity).lastInsertRowid,
  );
};

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
       WHERE reading.source = ? AND part_reading.part = ? AND part_reading.whole = 1`,
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
