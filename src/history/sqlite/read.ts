import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { getOrMake } from '#lib/get-or-make.ts';
import {
  HISTORY_TYPES,
  type HistoryRef,
  type HistoryValue,
  type HistoryVersion,
  type PastReading,
  VERSION_KINDS,
  type VersionQuery,
} from '../history-store.ts';
import { visibleSources } from './names.ts';

interface Condition {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
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
export const readVersions = (
  database: DatabaseSync,
  query: VersionQuery,
  offset: number,
  limit: number,
): readonly HistoryVersion[] => {
  const sources = wantedSources(database, query);
  if (isOfNothing(query, sources)) return [];
  const { text, values } = conditionOf(query, sources);
  const rows = database
    .prepare(
      `SELECT version.id, version.record, version.source, version.type, version.kind, version.at, version.since, version.until, record.key
       FROM version ${indexFor(query)} JOIN record ON record.id = version.record WHERE ${text}
       ORDER BY version.at DESC, version.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset) as unknown as VersionRow[];
  // Of each record the last one: newest come first.
  const oldest = new Map(rows.map(({ record, id }) => [record, id]));
  const pasts = new Map<number, Past>();
  return rows.map((row): HistoryVersion => {
    const past = getOrMake(pasts, row.record, () => pastOf(database, row.record, oldest.get(row.record) ?? row.id));
    return {
      ...{ type: HISTORY_TYPES[row.type] ?? 'Resource', source: sources.get(row.source) ?? '', id: row.key },
      ...{ number: row.id, kind: VERSION_KINDS[row.kind] ?? 'FIRST' },
      ...{ from: row.at, since: row.since, until: row.until },
      ...(past.get(row.id) ?? { value: null, before: null }),
    };
  });
};

export const countVersions = (database: DatabaseSync, query: VersionQuery): number => {
  const sources = wantedSources(database, query);
  if (isOfNothing(query, sources)) return 0;
  const { text, values } = conditionOf(query, sources);
  const sql = `SELECT count(*) AS count FROM version ${indexFor(query)} WHERE ${text}`;
  return Number(database.prepare(sql).get(...values)?.count);
};

export const readReadings = (
  database: DatabaseSync,
  { visible, since, until }: Pick<VersionQuery, 'visible' | 'since' | 'until'>,
  limit: number,
): readonly PastReading[] => {
  const sources = visibleSources(database, visible);
  const { text, values } = allOf([oneOf('source', [...sources.keys()]), ...between('at', since, until)]);
  const parts = database.prepare(
    'SELECT part.name, part_reading.whole FROM part_reading JOIN part ON part.id = part_reading.part WHERE reading = ? AND fresh = 1 ORDER BY part.id',
  );
  return database
    .prepare(`SELECT * FROM reading WHERE ${text} ORDER BY at DESC, id DESC LIMIT ?`)
    .all(...values, limit)
    .map((row) => ({
      source: sources.get(Number(row.source)) ?? '',
      at: Number(row.at),
      endedAt: Number(row.ended_at),
      isComplete: row.complete === 1,
      parts: parts.all(Number(row.id)).map(({ name, whole }) => ({ name: String(name), isWhole: whole === 1 })),
    }));
};

const wantedSources = (database: DatabaseSync, { visible, source }: VersionQuery): ReadonlyMap<number, string> =>
  visibleSources(database, source === undefined ? visible : visible.filter(({ name }) => name === source));

/** Then SQLite would need none of its indexes, and refuse to be told one. */
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
    values: [...values, HISTORY_TYPES.indexOf(type), id],
  };
};

/** What came, went or changed is found by its time; of a source that was just begun, nearly all versions are first ones. */
const indexFor = ({ record, kinds = VERSION_KINDS }: VersionQuery): string =>
  record || kinds.includes('FIRST') ? '' : 'INDEXED BY version_change';

const between = (column: string, since: number | undefined, until: number | undefined): Condition[] => [
  ...(since === undefined ? [] : [{ text: `${column} > ?`, values: [since] }]),
  ...(until === undefined ? [] : [{ text: `${column} <= ?`, values: [until] }]),
];

const oneOf = (column: string, numbers: readonly number[]): Condition => ({
  text: `${column} IN (${numbers.map(() => '?').join(', ')})`,
  values: numbers,
});

const allOf = (conditions: readonly Condition[]): Condition => ({
  text: conditions.map(({ text }) => text).join(' AND '),
  values: conditions.flatMap(({ values }) => values),
});

type Past = ReadonlyMap<number, { readonly value: HistoryValue | null; readonly before: HistoryValue | null }>;

/** The versions of a record down to `oldest`, by number: from the newest back, each is the next one with the fields that it had otherwise. */
const pastOf = (database: DatabaseSync, record: number, oldest: number): Past => {
  const values: { id: number; value: HistoryValue | null }[] = [];
  let whole: HistoryValue = {};
  for (const { id, value } of database
    .prepare('SELECT id, value FROM version WHERE record = ? ORDER BY id DESC')
    .iterate(record)) {
    if (value !== null) whole = { ...whole, ...(JSON.parse(String(value)) as HistoryValue) };
    values.push({ id: Number(id), value: value === null ? null : whole });
    // One more than is told: what the oldest was before.
    if (Number(id) < oldest) break;
  }
  return new Map(values.map(({ id, value }, i) => [id, { value, before: values[i + 1]?.value ?? null }]));
};
