import {
  HISTORY_TYPES,
  type HistoryRef,
  type HistoryValue,
  type HistoryVersion,
  type PastReading,
  type ReadingQuery,
  VERSION_KINDS,
  type VersionCut,
  type VersionQuery,
} from '../history-store.ts';
import { type Database, givenNumber, jsonRows, type SqlValue } from './database.ts';
import { visibleSources } from './names.ts';
import { storableId } from './storable.ts';

interface Condition {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

interface VersionRow {
  readonly id: number;
  readonly record: number;
  readonly source: number;
  readonly type: number;
  readonly kind: number;
  readonly at: number;
  readonly since: number | null;
  readonly until: number | null;
  readonly key: string;
}

/** Newest first; of one moment, those that were added last. */
export const readVersions = async (
  database: Database,
  query: VersionQuery,
  { after, before, limit, fromEnd = false }: VersionCut,
): Promise<readonly HistoryVersion[]> => {
  const sources = await wantedSources(database, query);
  if (isOfNothing(query, sources)) return [];
  const place = '(version.at, version.id)';
  const { text, values } = allOf([
    conditionOf(query, sources),
    ...(after ? [{ text: `${place} < (?, ?)`, values: [after.from, after.number] }] : []),
    ...(before ? [{ text: `${place} > (?, ?)`, values: [before.from, before.number] }] : []),
  ]);
  const order = fromEnd ? 'ASC' : 'DESC';
  const found = await database.all<VersionRow>(
    `SELECT version.id, version.record, version.source, version.type, version.kind, version.at, version.since, version.until, record.key
     FROM version ${indexFor(database, query)} JOIN record ON record.id = version.record WHERE ${text}
     ORDER BY version.at ${order}, version.id ${order} LIMIT ?`,
    ...[...values, limit],
  );
  const rows = fromEnd ? found.toReversed() : found;
  const pasts = await pastsOf(database, rows);
  return rows.map(
    (row): HistoryVersion => ({
      ...{ type: HISTORY_TYPES[row.type] ?? 'Resource', source: sources.get(row.source) ?? '', id: row.key },
      ...{ number: row.id, kind: VERSION_KINDS[row.kind] ?? 'FIRST' },
      ...{ from: row.at, since: row.since, until: row.until },
      ...(pasts.get(row.id) ?? { value: null, before: null }),
    }),
  );
};

export const countVersions = async (database: Database, query: VersionQuery): Promise<number> => {
  const sources = await wantedSources(database, query);
  if (isOfNothing(query, sources)) return 0;
  const { text, values } = conditionOf(query, sources);
  // Those of one record are few; of all others, each reading has counted its own.
  const counted = query.record
    ? 'count(*) AS count FROM version'
    : 'CAST(sum(count) AS BIGINT) AS count FROM tally AS version';
  const [row] = await database.all<{ readonly count: number | null }>(`SELECT ${counted} WHERE ${text}`, ...values);
  return row?.count ?? 0;
};

export interface ReadingRow {
  readonly id: number;
  readonly source: number;
  readonly at: number;
  readonly ended_at: number;
  readonly complete: number;
}

export const readReadings = async (
  database: Database,
  query: ReadingQuery,
  limit: number,
  offset: number,
): Promise<readonly PastReading[]> => {
  const sources = await wantedSources(database, query);
  if (sources.size === 0) return [];
  const { text, values } = readingsOf(query, sources);
  const readings = await database.all<ReadingRow>(
    `SELECT id, source, at, ended_at, complete FROM reading WHERE ${text} ORDER BY at DESC, id DESC LIMIT ? OFFSET ?`,
    ...[...values, limit, offset],
  );
  const parts = await database.all<{ readonly reading: number; readonly name: string; readonly whole: number }>(
    `SELECT part_reading.reading, part.name, part_reading.whole
     FROM ${database.dialect.given} JOIN part_reading ON part_reading.reading = ${givenNumber(0)}
     JOIN part ON part.id = part_reading.part WHERE part_reading.fresh = 1 ORDER BY part.id`,
    jsonRows(readings.map(({ id }) => [id])),
  );
  const byReading = Map.groupBy(parts, ({ reading }) => reading);
  return readings.map((row) => ({
    ...{ source: sources.get(row.source) ?? '', at: row.at, endedAt: row.ended_at, isComplete: row.complete === 1 },
    parts: (byReading.get(row.id) ?? []).map(({ name, whole }) => ({ name, isWhole: whole === 1 })),
  }));
};

export const countReadings = async (database: Database, query: ReadingQuery): Promise<number> => {
  const sources = await wantedSources(database, query);
  if (sources.size === 0) return 0;
  const { text, values } = readingsOf(query, sources);
  const sql = `SELECT count(*) AS count FROM reading WHERE ${text}`;
  const [row] = await database.all<{ readonly count: number }>(sql, ...values);
  return row?.count ?? 0;
};

const readingsOf = ({ since, until }: ReadingQuery, sources: ReadonlyMap<number, string>): Condition =>
  allOf([oneOf('source', [...sources.keys()]), ...between('at', since, until)]);

const wantedSources = (database: Database, { visible, source }: ReadingQuery): Promise<ReadonlyMap<number, string>> =>
  visibleSources(database, source === undefined ? visible : visible.filter(({ name }) => name === source));

/** Then SQLite would need none of its indexes, and refuse a hint that names one. */
const isOfNothing = ({ types, kinds }: VersionQuery, { size }: ReadonlyMap<number, string>): boolean =>
  size === 0 || types?.length === 0 || kinds?.length === 0;

const conditionOf = (query: VersionQuery, sources: ReadonlyMap<number, string>): Condition => {
  const { record, types = HISTORY_TYPES, kinds = VERSION_KINDS, since, until } = query;
  return allOf([
    record ? versionsOf(record, sources) : oneOf('version.source', [...sources.keys()]),
    oneOf(
      'version.type',
      types.map((type) => HISTORY_TYPES.indexOf(type)),
    ),
    oneOf(
      'version.kind',
      kinds.map((kind) => VERSION_KINDS.indexOf(kind)),
    ),
    ...(kinds.includes('FIRST') ? [] : [{ text: 'version.kind <> 0', values: [] }]),
    ...between('version.at', since, until),
  ]);
};

const numbersOf = (wanted: string, sources: ReadonlyMap<number, string>): readonly number[] =>
  [...sources].filter(([, name]) => name === wanted).map(([number]) => number);

const versionsOf = ({ type, source, id }: HistoryRef, sources: ReadonlyMap<number, string>): Condition => {
  const { text, values } = oneOf('source', numbersOf(source, sources));
  return {
    text: `version.record IN (SELECT id FROM record WHERE ${text} AND type = ? AND key = ?)`,
    values: [...values, HISTORY_TYPES.indexOf(type), storableId(id)],
  };
};

/** What came, went or changed is found by its time; of a source that was just begun, nearly all versions are first ones. */
const indexFor = ({ dialect }: Database, { record, kinds = VERSION_KINDS }: VersionQuery): string =>
  record || kinds.includes('FIRST') ? '' : dialect.indexedBy('version_change');

const between = (column: string, since: number | undefined, until: number | undefined): Condition[] => [
  ...(since === undefined ? [] : [{ text: `${column} > ?`, values: [since] }]),
  ...(until === undefined ? [] : [{ text: `${column} <= ?`, values: [until] }]),
];

const oneOf = (column: string, numbers: readonly number[]): Condition => ({
  text: numbers.length === 0 ? 'false' : `${column} IN (${numbers.map(() => '?').join(', ')})`,
  values: numbers,
});

const allOf = (conditions: readonly Condition[]): Condition => ({
  text: conditions.map(({ text }) => text).join(' AND '),
  values: conditions.flatMap(({ values }) => values),
});

interface Past {
  readonly value: HistoryValue | null;
  readonly before: HistoryValue | null;
}

/** How each version was, by its number: from the newest of a record back, each is the next one with the fields that it had otherwise. */
const pastsOf = async (database: Database, rows: readonly VersionRow[]): Promise<ReadonlyMap<number, Past>> => {
  // Of each record the last one: newest come first.
  const oldest = new Map(rows.map(({ record, id }) => [record, id]));
  const found = await database.all<{ readonly record: number; readonly id: number; readonly value: string | null }>(
    // One more than is given: what the oldest was before.
    `SELECT version.record, version.id, version.value FROM ${database.dialect.given}
     JOIN version ON version.record = ${givenNumber(0)} AND version.id >= coalesce(
       (SELECT max(id) FROM version AS one WHERE one.record = ${givenNumber(0)} AND one.id < ${givenNumber(1)}), 0)
     ORDER BY version.record, version.id DESC`,
    jsonRows([...oldest]),
  );
  const pasts = new Map<number, Past>();
  for (const versions of Map.groupBy(found, ({ record }) => record).values()) {
    let whole: HistoryValue = {};
    const values = versions.map(({ value }) => {
      if (value === null) return null;
      whole = { ...whole, ...(JSON.parse(value) as HistoryValue) };
      return whole;
    });
    for (const [i, { id }] of versions.entries())
      pasts.set(id, { value: values[i] ?? null, before: values[i + 1] ?? null });
  }
  return pasts;
};
