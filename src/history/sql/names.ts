import type { HistorySource, Reading } from '../history-store.ts';
import { type Database, givenText, jsonRows } from './database.ts';

interface Numbered {
  readonly id: number;
}

/** The number of the source: that of its credential, or of the one which this credential replaces, or a new one. */
export const sourceOf = async (database: Database, reading: Reading): Promise<number> => {
  const { name, identity } = reading.source;
  const [known] = await database.all<Numbered>('SELECT id FROM source WHERE identity = ?', identity);
  if (known) return known.id;
  const former = await formerOf(database, reading);
  if (former) {
    await database.run('UPDATE source SET identity = ? WHERE id = ?', identity, former.id);
    return former.id;
  }
  return added(database, 'INSERT INTO source (name, identity) VALUES (?, ?) RETURNING id', name, identity);
};

/**
 * The source of that name whose past a new credential goes on with: it reads an account or network of it, and everything that it holds
 * now. One that may read less would else show what it may not read, and take it for vanished.
 */
const formerOf = async (database: Database, { source, parts }: Reading): Promise<Numbered | undefined> => {
  const names = jsonRows(parts.map(({ name }) => [name]));
  const given = `(SELECT ${givenText(0)} FROM ${database.dialect.given})`;
  const [former] = await database.all<Numbered>(
    `SELECT id FROM source WHERE name = ?
     AND EXISTS (SELECT 1 FROM part WHERE part.source = source.id AND part.name NOT LIKE '*%' AND part.name IN ${given})
     AND NOT EXISTS (SELECT 1 FROM version JOIN record ON record.id = version.record JOIN part ON part.id = record.part
       WHERE version.source = source.id AND version.until IS NULL AND version.value IS NOT NULL AND part.name NOT IN ${given})
     ORDER BY id DESC LIMIT 1`,
    ...[source.name, names, names],
  );
  return former;
};

const added = async (database: Database, sql: string, ...values: readonly (string | number)[]): Promise<number> => {
  const [row] = await database.all<Numbered>(sql, ...values);
  if (!row) throw new Error('Expected the number of what was added, got none.');
  return row.id;
};

/** An account, a network or a list that the history knows. */
export interface KnownPart extends Numbered {
  /** The last reading in which it was whole. */
  readonly readAt: number | null;
}

export const partOf = async (database: Database, source: number, name: string): Promise<KnownPart> => {
  const [known] = await database.all<Numbered>('SELECT id FROM part WHERE source = ? AND name = ?', source, name);
  if (!known)
    return {
      id: await added(database, 'INSERT INTO part (source, name) VALUES (?, ?) RETURNING id', source, name),
      readAt: null,
    };
  const [last] = await database.all<{ readonly at: number | null }>(
    `SELECT max(reading.at) AS at FROM reading JOIN part_reading ON part_reading.reading = reading.id
     WHERE reading.source = ? AND part_reading.part = ? AND part_reading.whole = 1 AND part_reading.fresh = 1`,
    ...[source, known.id],
  );
  return { id: known.id, readAt: last?.at ?? null };
};

/** Numbers of those that the history has, with their names. */
export const visibleSources = async (
  database: Database,
  visible: readonly HistorySource[],
): Promise<ReadonlyMap<number, string>> => {
  const names = new Map(visible.map(({ name, identity }) => [identity, name]));
  const known = await database.all<Numbered & { readonly identity: string }>(
    `SELECT id, identity FROM source WHERE identity IN (SELECT ${givenText(0)} FROM ${database.dialect.given})`,
    jsonRows([...names.keys()].map((identity) => [identity])),
  );
  return new Map(known.map(({ id, identity }) => [id, names.get(identity) ?? '']));
};
