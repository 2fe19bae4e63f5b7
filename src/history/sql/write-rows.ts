import { type HistoryRow, type HistoryValue, VERSION_KINDS, type VersionKind } from '../history-store.ts';
import { type Database, givenNumber, givenText, IS_GIVEN_RECORD, jsonRows } from './database.ts';
import type { KnownPart } from './names.ts';

interface Begun {
  readonly record: number;
  readonly version: number;
  readonly at: number;
}

/** What is to be written of some records of one type, each at most once. */
export class Writes {
  readonly #source: number;
  readonly #type: number;
  readonly #at: number;
  readonly #placed: [record: number, part: number, owner: string | null][] = [];
  readonly #ended: [version: number][] = [];
  readonly #reduced: [version: number, value: string][] = [];
  readonly #added: [record: number, kind: number, since: number | null, value: string | null][] = [];

  constructor(source: number, type: number, at: number) {
    this.#source = source;
    this.#type = type;
    this.#at = at;
  }

  place(record: number, part: number, owner: string | null): void {
    this.#placed.push([record, part, owner]);
  }

  /** Leaves of a version what it had otherwise than the next one. */
  reduce(version: number, former: HistoryValue): void {
    this.#reduced.push([version, JSON.stringify(former)]);
  }

  /** It was still so in the last reading of its part. */
  replace(begun: Begun, { readAt }: KnownPart, kind: VersionKind, value: string | null): void {
    this.end(begun);
    this.add(begun.record, kind, Math.max(begun.at, readAt ?? begun.at), value);
  }

  end({ version }: Pick<Begun, 'version'>): void {
    this.#ended.push([version]);
  }

  add(record: number, kind: VersionKind, since: number | null, value: string | null): void {
    this.#added.push([record, VERSION_KINDS.indexOf(kind), since, value]);
  }

  /** A record has one version that has not ended, so those are ended first. */
  async write(database: Database): Promise<void> {
    const { given } = database.dialect;
    const many = async (rows: readonly (readonly (string | number | null)[])[], sql: string, ...first: number[]) => {
      if (rows.length > 0) await database.run(sql, ...first, jsonRows(rows));
    };
    await many(
      this.#placed,
      `UPDATE record SET part = ${givenNumber(1)}, owner = ${givenText(2)} FROM ${given} WHERE record.id = ${givenNumber(0)}`,
    );
    await many(
      this.#reduced,
      `UPDATE version SET value = ${givenText(1)} FROM ${given} WHERE version.id = ${givenNumber(0)}`,
    );
    await many(
      this.#ended,
      `UPDATE version SET until = CAST(? AS BIGINT) FROM ${given} WHERE version.id = ${givenNumber(0)}`,
      this.#at,
    );
    await many(
      this.#added,
      `INSERT INTO version (record, source, type, kind, at, since, value)
       SELECT ${givenNumber(0)}, CAST(? AS BIGINT), CAST(? AS BIGINT), ${givenNumber(1)}, CAST(? AS BIGINT), ${givenNumber(2)}, ${givenText(3)}
       FROM ${given} ORDER BY given.key`,
      ...[this.#source, this.#type, this.#at],
    );
  }
}

/** The newest version of a record. */
export interface Newest {
  readonly record: number;
  readonly version: number;
  readonly at: number;
  /** Null: it was not there. */
  readonly value: string | null;
  /** The part and owner that it had. */
  readonly part: number;
  readonly owner: string | null;
  /** The newest version that says how it was; null where that was forgotten. */
  readonly last: { readonly version: number; readonly value: string } | null;
}

/** The newest versions of those rows that are known, by id. */
export const newestOf = async (
  database: Database,
  source: number,
  type: number,
  rows: readonly HistoryRow[],
): Promise<ReadonlyMap<string, Newest>> => {
  const found = await database.all<Omit<Newest, 'last'> & { readonly id: string }>(
    `SELECT record.key AS id, record.id AS record, record.part, record.owner, version.id AS version, version.at, version.value
     FROM ${database.dialect.given} CROSS JOIN record JOIN version ON version.record = record.id AND version.until IS NULL
     WHERE ${IS_GIVEN_RECORD}`,
    jsonRows(rows.map(({ id }) => [source, type, id])),
  );
  const gone = found.filter(({ value }) => value === null).map(({ record }) => record);
  const former = gone.length === 0 ? new Map() : await lastValues(database, gone);
  return new Map(
    found.map(({ id, ...newest }) => {
      const { version, value, record } = newest;
      return [id, { ...newest, last: value === null ? (former.get(record) ?? null) : { version, value } }];
    }),
  );
};

/** How records that are gone were before, by record. */
const lastValues = async (database: Database, records: readonly number[]) => {
  const found = await database.all<{ readonly record: number; readonly version: number; readonly value: string }>(
    `SELECT version.record, version.id AS version, version.value FROM ${database.dialect.given} JOIN version ON version.id =
       (SELECT max(id) FROM version AS one WHERE one.record = ${givenNumber(0)} AND one.value IS NOT NULL)`,
    jsonRows(records.map((record) => [record])),
  );
  return new Map(found.map(({ record, version, value }) => [record, { version, value }]));
};

/** Numbers of new records, by id. One whose versions were forgotten is there already. */
export const addRecords = async (
  database: Database,
  source: number,
  type: number,
  rows: readonly HistoryRow[],
  partOf: (row: HistoryRow) => KnownPart,
): Promise<ReadonlyMap<string, number>> => {
  if (rows.length === 0) return new Map();
  const added = await database.all<{ readonly id: number; readonly key: string }>(
    `INSERT INTO record (source, type, key, part, owner)
     SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), ${givenText(0)}, ${givenNumber(1)}, ${givenText(2)} FROM ${database.dialect.given}
     WHERE true ORDER BY given.key
     ON CONFLICT (source, type, key) DO UPDATE SET part = excluded.part, owner = excluded.owner RETURNING id, key`,
    ...[source, type, jsonRows(rows.map((row) => [row.id, partOf(row).id, row.owner]))],
  );
  return new Map(added.map(({ id, key }) => [key, id]));
};
