import type { DatabaseSync } from 'node:sqlite';
import { getOrMake } from '#lib/get-or-make.ts';
import {
  HISTORY_TYPES,
  type HistoryRow,
  type HistoryRows,
  type HistoryType,
  type HistoryValue,
  type Reading,
  VERSION_KINDS,
  type VersionKind,
} from '../history-store.ts';
import { formerFields } from './differences.ts';
import { GivenRows } from './given-rows.ts';
import { partOf, sourceOf } from './names.ts';

interface Part {
  readonly id: number;
  /** The last reading before this one in which it was whole. */
  readonly readAt: number | null;
}

interface Newest {
  readonly record: number;
  readonly version: number;
  readonly at: number;
  /** Null: it was not there. */
  readonly value: string | null;
}

const prepared = (database: DatabaseSync) => ({
  newest: database.prepare(`
    SELECT record.id AS record, version.id AS version, version.at, version.value
    FROM record JOIN version ON version.record = record.id AND version.until IS NULL
    WHERE record.source = ? AND record.type = ? AND record.key = ?`),
  lastValue: database.prepare(
    'SELECT id, value FROM version WHERE record = ? AND value IS NOT NULL ORDER BY id DESC LIMIT 1',
  ),
  addRecord: database.prepare('INSERT INTO record (source, type, key, part, owner) VALUES (?, ?, ?, ?, ?)'),
  place: database.prepare('UPDATE record SET part = ?, owner = ? WHERE id = ? AND (part <> ? OR owner IS NOT ?)'),
  end: database.prepare('UPDATE version SET until = ? WHERE id = ?'),
  reduce: database.prepare('UPDATE version SET value = ? WHERE id = ?'),
  add: database.prepare(
    'INSERT INTO version (record, source, type, kind, at, since, value) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ),
  present: database.prepare(`
    SELECT record.id AS record, record.key, record.owner, part.name AS part, version.id AS version, version.at
    FROM version JOIN record ON record.id = version.record JOIN part ON part.id = record.part
    WHERE version.source = ? AND version.type = ? AND version.until IS NULL AND version.value IS NOT NULL`),
});

/** Adds one reading in one transaction, which others see once it is complete. */
export class Appending {
  readonly #database: DatabaseSync;
  readonly #reading: Reading;
  readonly #source: number;
  readonly #parts = new Map<string, Part>();
  readonly #seen = new Set<number>();
  /** Resources of which all edges were given. */
  readonly #owners = new Set<string>();
  readonly #given = new GivenRows();
  readonly #sql: ReturnType<typeof prepared>;

  private constructor(database: DatabaseSync, reading: Reading, source: number) {
    this.#database = database;
    this.#reading = reading;
    this.#source = source;
    this.#sql = prepared(database);
  }

  /** Null when this reading or a later one is there; the transaction is open otherwise. */
  static begin(database: DatabaseSync, reading: Reading): Appending | null {
    database.exec('BEGIN IMMEDIATE');
    try {
      const source = sourceOf(database, reading);
      const last = database.prepare('SELECT max(at) AS at FROM reading WHERE source = ?').get(source)?.at ?? null;
      if (last === null || Number(last) < reading.at) return new Appending(database, reading, source);
      database.exec('COMMIT');
      return null;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  add({ type, rows, owners = [] }: HistoryRows): void {
    for (const owner of owners) this.#owners.add(owner);
    const code = HISTORY_TYPES.indexOf(type);
    for (const row of rows) this.#given.add(code, this.#part(row.part).id, this.#addRow(code, row), row.sighting);
  }

  /** What was not among the rows has vanished, as far as it was looked for. */
  commit(): void {
    const gone = this.#endVanished('Resource', () => false);
    for (const type of HISTORY_TYPES) {
      if (type === 'Edge')
        this.#endVanished(type, (owner) => owner !== null && (gone.has(owner) || this.#owners.has(owner)));
      else if (type !== 'Resource') this.#endVanished(type, () => false);
    }
    this.#given.write(this.#database, this.#source, this.#reading.at, this.#owners);
    this.#addReading();
    this.#database.exec('COMMIT');
  }

  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }

  /** @returns the number of its record */
  #addRow(type: number, row: HistoryRow): number {
    const part = this.#part(row.part);
    const newest = this.#sql.newest.get(this.#source, type, row.id) as unknown as Newest | undefined;
    if (!newest) {
      const added = this.#sql.addRecord.run(this.#source, type, row.id, part.id, row.owner);
      const record = Number(added.lastInsertRowid);
      this.#seen.add(record);
      this.#put(type, record, part.readAt === null ? 'FIRST' : 'ADDED', part.readAt, row.value);
      return record;
    }
    this.#seen.add(newest.record);
    if (newest.value === row.value) return newest.record;
    this.#sql.place.run(part.id, row.owner, newest.record, part.id, row.owner);
    const last = this.#sql.lastValue.get(newest.record) as { id: number; value: string } | undefined;
    const former = last ? formerFields(parsed(last.value), parsed(row.value)) : {};
    if (newest.value !== null && former === null) return newest.record;
    if (last) this.#sql.reduce.run(JSON.stringify(former ?? {}), last.id);
    this.#sql.end.run(this.#reading.at, newest.version);
    if (newest.value === null) this.#put(type, newest.record, 'ADDED', part.readAt ?? newest.at, row.value);
    else this.#put(type, newest.record, 'CHANGED', sinceOf(newest, part), row.value);
    return newest.record;
  }

  /** @returns the ids of those that were ended */
  #endVanished(type: HistoryType, isLookedFor: (owner: string | null) => boolean): ReadonlySet<string> {
    const code = HISTORY_TYPES.indexOf(type);
    const short = new Set(this.#reading.parts.filter(({ isWhole }) => !isWhole).map(({ name }) => name));
    const gone = new Set<string>();
    // All are read before any is written: a statement must not meet its own changes.
    const unseen = [];
    for (const row of this.#sql.present.iterate(this.#source, code) as unknown as Iterable<Present>)
      if (!this.#seen.has(row.record)) unseen.push(row);
    for (const row of unseen) {
      const isUnknown = type === 'Edge' || short.has(row.part);
      if (isUnknown && !isLookedFor(row.owner)) continue;
      gone.add(row.key);
      this.#sql.end.run(this.#reading.at, row.version);
      this.#put(code, row.record, 'REMOVED', sinceOf(row, this.#part(row.part)), null);
    }
    return gone;
  }

  #put(type: number, record: number, kind: VersionKind, since: number | null, value: string | null): void {
    this.#sql.add.run(record, this.#source, type, VERSION_KINDS.indexOf(kind), this.#reading.at, since, value);
  }

  #addReading(): void {
    const { id, at, endedAt, isComplete, about, parts } = this.#reading;
    const added = this.#database
      .prepare('INSERT INTO reading (source, name, at, ended_at, complete, about) VALUES (?, ?, ?, ?, ?, ?)')
      .run(this.#source, id, at, endedAt, isComplete ? 1 : 0, about);
    const addPart = this.#database.prepare(
      'INSERT INTO part_reading (reading, part, whole, fresh) VALUES (?, ?, ?, ?)',
    );
    for (const { name, readAt, isWhole } of parts) {
      const part = this.#part(name);
      const isFresh = part.readAt === null || readAt > part.readAt;
      addPart.run(added.lastInsertRowid, part.id, isWhole ? 1 : 0, isFresh ? 1 : 0);
    }
  }

  #part(name: string): Part {
    return getOrMake(this.#parts, name, () => partOf(this.#database, this.#source, name));
  }
}

interface Present {
  readonly record: number;
  readonly key: string;
  readonly owner: string | null;
  readonly part: string;
  readonly version: number;
  readonly at: number;
}

/** It was still so in that reading. */
const sinceOf = ({ at }: { readonly at: number }, { readAt }: Part): number => Math.max(at, readAt ?? at);

const parsed = (text: string): HistoryValue => JSON.parse(text) as HistoryValue;
