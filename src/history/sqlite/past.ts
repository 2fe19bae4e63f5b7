import type { DatabaseSync } from 'node:sqlite';
import { HISTORY_TYPES, type HistorySource, type ReadingPart } from '../history-store.ts';
import { type StoredOrder, type StoredState, type StoredValue, typeOf } from '../past-state.ts';
import { packRowOrder } from '../row-order.ts';
import { EDGE_OWNERS, RUNS } from './given-rows.ts';
import { visibleSources } from './names.ts';

export const readState = (
  database: DatabaseSync,
  { name, identity }: HistorySource,
  time: number,
): StoredState | null => {
  const reading = database
    .prepare(
      `SELECT reading.* FROM reading JOIN source ON source.id = reading.source
       WHERE source.identity = ? AND reading.at <= ? ORDER BY reading.at DESC LIMIT 1`,
    )
    .get(identity, time);
  if (!reading) return null;
  const [source, at] = [Number(reading.source), Number(reading.at)];
  const names = partNames(database, source);
  return {
    reading: {
      ...{ source: name, at, endedAt: Number(reading.ended_at), isComplete: reading.complete === 1 },
      about: String(reading.about),
    },
    parts: partsOf(database, Number(reading.id)),
    types: [...HISTORY_TYPES.keys()].map((type) => orderOf(database, source, type, at, names)),
    edgeOwners: contentOf(database, source, EDGE_OWNERS, RUNS, at) ?? edgeOwnersOf(database, source, at),
  };
};

/** Of each part the last reading, up to that one, that had it. */
const partsOf = (database: DatabaseSync, reading: number): readonly ReadingPart[] =>
  database
    .prepare(
      `SELECT part.name, last.at, known.whole FROM part_reading AS given JOIN part ON part.id = given.part
       JOIN reading ON reading.id = given.reading
       JOIN reading AS last ON last.id = (SELECT one.id FROM reading AS one JOIN part_reading AS its ON its.reading = one.id
         WHERE one.source = reading.source AND one.at <= reading.at AND its.part = given.part AND its.fresh = 1
         ORDER BY one.at DESC LIMIT 1)
       JOIN part_reading AS known ON known.reading = last.id AND known.part = given.part
       WHERE given.reading = ? ORDER BY part.id`,
    )
    .all(reading)
    .map((row) => ({ name: String(row.name), readAt: Number(row.at), isWhole: row.whole === 1 }));

const partNames = (database: DatabaseSync, source: number): ReadonlyMap<number, string> =>
  new Map(
    database
      .prepare('SELECT id, name FROM part WHERE source = ?')
      .all(source)
      .map(({ id, name }) => [Number(id), String(name)]),
  );

const orderOf = (
  database: DatabaseSync,
  source: number,
  type: number,
  at: number,
  names: ReadonlyMap<number, string>,
): StoredOrder => {
  const content = contentOf(database, source, type, RUNS, at);
  if (!content) return orderByNumber(database, source, type, at);
  const runs = JSON.parse(Buffer.from(content).toString()) as [part: number, count: number][];
  const nameOf = (part: number) => names.get(part) ?? '';
  return {
    type: typeOf(type),
    runs: runs.map(([part, count]) => [nameOf(part), count]),
    parts: new Map(
      [...new Set(runs.map(([part]) => part))].map((part) => [
        nameOf(part),
        contentOf(database, source, type, part, at) ?? packRowOrder({ records: [], sightings: [] }),
      ]),
    ),
  };
};

/** As the newest reading gave it that is no later; null: none of them kept it. */
const contentOf = (database: DatabaseSync, source: number, type: number, part: number, at: number) =>
  database
    .prepare(
      'SELECT content FROM row_order WHERE source = ? AND type = ? AND part = ? AND at <= ? ORDER BY at DESC LIMIT 1',
    )
    .get(source, type, part, at)?.content as Uint8Array | undefined;

/** For readings that kept no order: what is not known to be gone. */
const orderByNumber = (database: DatabaseSync, source: number, type: number, at: number): StoredOrder => {
  const rows = database
    .prepare(
      `SELECT record.id, part.name FROM version JOIN record ON record.id = version.record JOIN part ON part.id = record.part
       WHERE version.source = ? AND version.type = ? AND ${IS_SO} ORDER BY record.id`,
    )
    .all(source, type, at, at);
  const byPart = Map.groupBy(rows, ({ name }) => String(name));
  return {
    type: typeOf(type),
    runs: [...byPart].map(([part, { length }]) => [part, length]),
    parts: new Map(
      [...byPart].map(([part, of]) => [part, packRowOrder({ records: of.map(({ id }) => Number(id)), sightings: [] })]),
    ),
  };
};

const edgeOwnersOf = (database: DatabaseSync, source: number, at: number): Uint8Array => {
  const rows = database
    .prepare(
      `SELECT DISTINCT owner.id FROM version JOIN record ON record.id = version.record
       JOIN record AS owner ON owner.source = record.source AND owner.type = 0 AND owner.key = record.owner
       WHERE version.source = ? AND version.type = ? AND ${IS_SO} ORDER BY owner.id`,
    )
    .all(source, HISTORY_TYPES.indexOf('Edge'), at, at);
  return packRowOrder({ records: rows.map(({ id }) => Number(id)), sightings: [] });
};

const IS_SO = 'version.at <= ? AND (version.until IS NULL OR version.until > ?) AND version.value IS NOT NULL';

/** Records in the order of their numbers, each with how it was then. */
export const readValues = (database: DatabaseSync, records: readonly number[], at: number): readonly StoredValue[] => {
  const rows = database
    .prepare(
      `SELECT record.id AS record, record.key AS id, record.owner, version.at, version.value
       FROM json_each(?) AS wanted CROSS JOIN record ON record.id = wanted.value CROSS JOIN version ON version.record = record.id
       WHERE (version.until IS NULL OR version.until > ?) AND version.value IS NOT NULL ORDER BY wanted.id, version.id DESC`,
    )
    .all(JSON.stringify(records), at) as unknown as readonly (Omit<StoredValue, 'values'> & ValueAt)[];
  const found: (StoredValue & { readonly values: string[]; from: number })[] = [];
  for (const { record, id, owner, at: from, value } of rows) {
    const last = found.at(-1);
    if (last?.record !== record) found.push({ record, id, owner, values: [value], from });
    else {
      last.values.push(value);
      last.from = from;
    }
  }
  // The oldest that had not ended yet may have begun later.
  return found.filter(({ from }) => from <= at);
};

interface ValueAt {
  readonly at: number;
  readonly value: string;
}

export const readIds = (database: DatabaseSync, records: readonly number[]): readonly string[] =>
  database
    .prepare(
      'SELECT record.key FROM json_each(?) AS wanted CROSS JOIN record ON record.id = wanted.value ORDER BY wanted.id',
    )
    .all(JSON.stringify(records))
    .map(({ key }) => String(key));

export const readEarliest = (
  database: DatabaseSync,
  visible: readonly HistorySource[],
): ReadonlyMap<string, number> => {
  const first = database.prepare('SELECT min(at) AS at FROM reading WHERE source = ?');
  return new Map(
    [...visibleSources(database, visible)].flatMap(([source, name]) => {
      const at = first.get(source)?.at;
      return at == null ? [] : [[name, Number(at)] as const];
    }),
  );
};
