import { HISTORY_TYPES, type HistorySource, type ReadingPart } from '../history-store.ts';
import { type Database, givenNumber, jsonRows } from './database.ts';
import { EDGE_OWNERS, RUNS } from './given-rows.ts';
import { visibleSources } from './names.ts';
import type { StoredOrder, StoredState, StoredValue } from './past-state.ts';
import type { ReadingRow } from './read.ts';
import { packRowOrder } from './row-order.ts';

export const readState = async (
  database: Database,
  { name, identity }: HistorySource,
  time: number,
): Promise<StoredState | null> => {
  const [reading] = await database.all<ReadingRow & { readonly about: string }>(
    `SELECT reading.id, reading.source, reading.at, reading.ended_at, reading.complete, reading.about
     FROM reading JOIN source ON source.id = reading.source
     WHERE source.identity = ? AND reading.at <= ? ORDER BY reading.at DESC LIMIT 1`,
    ...[identity, time],
  );
  if (!reading) return null;
  const { source, at, about } = reading;
  const kept = await keptOrders(database, source, at);
  const types: StoredOrder[] = [];
  for (const [code, type] of HISTORY_TYPES.entries())
    types.push({ type, ...(kept.get(code) ?? (await orderByNumber(database, source, code, at))) });
  return {
    reading: { source: name, at, endedAt: reading.ended_at, isComplete: reading.complete === 1, about },
    parts: await partsOf(database, reading),
    types,
    edgeOwners: kept.get(EDGE_OWNERS)?.parts.get('') ?? (await edgeOwnersOf(database, source, at)),
  };
};

/** Of each part of a reading the last one, up to that, that had it. */
const partsOf = async (database: Database, { id, source, at }: ReadingRow): Promise<readonly ReadingPart[]> => {
  const rows = await database.all<{ readonly name: string; readonly at: number; readonly whole: number }>(
    `SELECT part.name, one.at, its.whole FROM part_reading AS given JOIN part ON part.id = given.part
     JOIN part_reading AS its ON its.part = given.part AND its.fresh = 1 JOIN reading AS one ON one.id = its.reading
     WHERE given.reading = ? AND one.source = ? AND one.at <= ? ORDER BY part.id, one.at`,
    ...[id, source, at],
  );
  return [...Map.groupBy(rows, ({ name }) => name).values()].flatMap((of) => {
    const last = of.at(-1);
    return last ? [{ name: last.name, readAt: last.at, isWhole: last.whole === 1 }] : [];
  });
};

type Order = Omit<StoredOrder, 'type'>;

/** By type what the newest reading gave that is no later. */
const keptOrders = async (database: Database, source: number, at: number): Promise<ReadonlyMap<number, Order>> => {
  const rows = await database.all<{
    readonly type: number;
    readonly part: number;
    readonly name: string | null;
    readonly content: Uint8Array;
  }>(
    `SELECT row_order.type, row_order.part, part.name, row_order.content
     FROM (SELECT type, part, max(at) AS at FROM row_order WHERE source = ? AND at <= ? GROUP BY type, part) AS newest
     JOIN row_order ON row_order.source = ? AND row_order.type = newest.type AND row_order.part = newest.part AND row_order.at = newest.at
     LEFT JOIN part ON part.id = row_order.part`,
    ...[source, at, source],
  );
  const names = new Map(rows.map(({ part, name }) => [part, name ?? '']));
  return new Map(
    [...Map.groupBy(rows, ({ type }) => type)].map(([type, of]) => {
      const runs = type === EDGE_OWNERS ? [] : runsOf(of.find(({ part }) => part === RUNS)?.content);
      const orders = of.filter(({ part }) => type === EDGE_OWNERS || part !== RUNS);
      const parts = new Map(orders.map(({ name, content }) => [name ?? '', content]));
      return [type, { runs: runs.map(([part, count]) => [names.get(part) ?? '', count] as const), parts }];
    }),
  );
};

const runsOf = (content: Uint8Array | undefined): readonly (readonly [part: number, count: number])[] =>
  content ? JSON.parse(Buffer.from(content).toString()) : [];

const IS_SO = 'version.at <= ? AND (version.until IS NULL OR version.until > ?) AND version.value IS NOT NULL';

/** For readings that kept no order: what is not known to be gone. */
const orderByNumber = async (database: Database, source: number, type: number, at: number): Promise<Order> => {
  const rows = await database.all<{ readonly id: number; readonly name: string }>(
    `SELECT record.id, part.name FROM version JOIN record ON record.id = version.record JOIN part ON part.id = record.part
     WHERE version.source = ? AND version.type = ? AND ${IS_SO} ORDER BY record.id`,
    ...[source, type, at, at],
  );
  const byPart = [...Map.groupBy(rows, ({ name }) => name)];
  return {
    runs: byPart.map(([part, { length }]) => [part, length]),
    parts: new Map(byPart.map(([part, of]) => [part, numbersOf(of)])),
  };
};

const edgeOwnersOf = async (database: Database, source: number, at: number): Promise<Uint8Array> =>
  numbersOf(
    await database.all<{ readonly id: number }>(
      `SELECT DISTINCT owner.id FROM version JOIN record ON record.id = version.record
       JOIN record AS owner ON owner.source = record.source AND owner.type = ? AND owner.key = record.owner
       WHERE version.source = ? AND version.type = ? AND ${IS_SO} ORDER BY owner.id`,
      ...[HISTORY_TYPES.indexOf('Resource'), source, HISTORY_TYPES.indexOf('Edge'), at, at],
    ),
  );

const numbersOf = (rows: readonly { readonly id: number }[]): Uint8Array =>
  packRowOrder(rows.map(({ id }) => ({ record: id, sighting: null })));

interface ValueRow extends Omit<StoredValue, 'values'> {
  readonly at: number;
  readonly value: string;
}

/** Each record with how it was then. */
export const readValues = async (
  database: Database,
  records: readonly number[],
  at: number,
): Promise<readonly StoredValue[]> => {
  const rows = await database.all<ValueRow>(
    `SELECT record.id AS record, record.key AS id, record.owner, version.at, version.value
     FROM ${database.dialect.given} JOIN record ON record.id = ${givenNumber(0)} JOIN version ON version.record = record.id
     WHERE (version.until IS NULL OR version.until > ?) AND version.value IS NOT NULL ORDER BY given.key, version.id DESC`,
    ...[jsonRows(records.map((record) => [record])), at],
  );
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

/** Ids of records, in the same order. */
export const readIds = async (database: Database, records: readonly number[]): Promise<readonly string[]> => {
  const rows = await database.all<{ readonly id: string }>(
    `SELECT record.key AS id FROM ${database.dialect.given} JOIN record ON record.id = ${givenNumber(0)} ORDER BY given.key`,
    jsonRows(records.map((record) => [record])),
  );
  return rows.map(({ id }) => id);
};

export const readEarliest = async (
  database: Database,
  visible: readonly HistorySource[],
): Promise<ReadonlyMap<string, number>> => {
  const sources = await visibleSources(database, visible);
  const rows = await database.all<{ readonly source: number; readonly at: number }>(
    'SELECT source, min(at) AS at FROM reading GROUP BY source',
  );
  return new Map(
    rows.flatMap(({ source, at }) => {
      const name = sources.get(source);
      return name === undefined ? [] : [[name, at] as const];
    }),
  );
};
