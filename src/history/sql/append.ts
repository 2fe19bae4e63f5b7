import { getOrMake } from '#lib/get-or-make.ts';
import { HISTORY_TYPES, type HistoryRow, type HistoryRows, type HistoryType, type Reading } from '../history-store.ts';
import { compareRow } from './compare-row.ts';
import { type Databases, givenNumber, jsonRows, type Transaction } from './database.ts';
import { GivenRows } from './given-rows.ts';
import { type KnownPart, partOf, sourceOf } from './names.ts';
import { storableReading, storableRows } from './storable.ts';
import { tallyReading } from './tally.ts';
import { addRecords, type Newest, newestOf, Writes } from './write-rows.ts';

/** Rows looked up and written at once. */
const AT_ONCE = 1_000;
/** Records looked through at once for those that vanished. */
const PRESENT_AT_ONCE = 10_000;

/** Adds one reading in one transaction, which others see once it is complete. */
export class Appending {
  readonly #transaction: Transaction;
  readonly #reading: Reading;
  readonly #source: number;
  readonly #parts = new Map<string, Promise<KnownPart>>();
  /** Rows of each type that are not looked up yet. */
  readonly #waiting = new Map<HistoryType, HistoryRow[]>();
  readonly #seen = new Set<number>();
  /** Resources of which all edges were given. */
  readonly #owners = new Set<string>();
  readonly #given = new GivenRows();

  private constructor(transaction: Transaction, reading: Reading, source: number) {
    this.#transaction = transaction;
    this.#reading = reading;
    this.#source = source;
  }

  /** Null when this reading or a later one is there; the transaction is open otherwise. */
  static async begin(databases: Databases, given: Reading): Promise<Appending | null> {
    const reading = storableReading(given);
    const transaction = await databases.begin(reading.source.name);
    try {
      const source = await sourceOf(transaction, reading);
      const [last] = await transaction.all<{ readonly at: number | null }>(
        'SELECT max(at) AS at FROM reading WHERE source = ?',
        source,
      );
      if (last?.at == null || last.at < reading.at) return new Appending(transaction, reading, source);
      await transaction.commit();
      return null;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  async add(given: HistoryRows): Promise<void> {
    const { type, rows, owners } = storableRows(given);
    for (const owner of owners) this.#owners.add(owner);
    const waiting = getOrMake(this.#waiting, type, () => []);
    waiting.push(...rows);
    if (waiting.length >= AT_ONCE) await this.#addWaiting(type);
  }

  /** What was not among the rows has vanished, as far as it was looked for. */
  async commit(): Promise<void> {
    for (const type of this.#waiting.keys()) await this.#addWaiting(type);
    const gone = await this.#endVanished('Resource', () => false);
    for (const type of HISTORY_TYPES) {
      if (type === 'Edge')
        await this.#endVanished(type, (owner) => owner !== null && (gone.has(owner) || this.#owners.has(owner)));
      else if (type !== 'Resource') await this.#endVanished(type, () => false);
    }
    await this.#given.write(this.#transaction, this.#source, this.#reading.at, this.#owners);
    await tallyReading(this.#transaction, this.#source, this.#reading.at);
    await this.#addReading();
    await this.#transaction.commit();
  }

  async rollback(): Promise<void> {
    await this.#transaction.rollback();
  }

  async #addWaiting(type: HistoryType): Promise<void> {
    const rows = this.#waiting.get(type) ?? [];
    this.#waiting.delete(type);
    for (const some of withoutRepeats(rows)) await this.#addRows(type, some);
  }

  async #addRows(of: HistoryType, rows: readonly HistoryRow[]): Promise<void> {
    const type = HISTORY_TYPES.indexOf(of);
    const transaction = this.#transaction;
    const parts = new Map<string, KnownPart>();
    for (const { part } of rows) if (!parts.has(part)) parts.set(part, await this.#part(part));
    const partOfRow = ({ part }: HistoryRow) => parts.get(part) as KnownPart;
    const newest = await newestOf(transaction, this.#source, type, rows);
    const fresh = rows.filter(({ id }) => !newest.has(id));
    const added = await addRecords(transaction, this.#source, type, fresh, partOfRow);
    const writes = new Writes(this.#source, type, this.#reading.at);
    for (const row of rows) {
      const known: Newest | undefined = newest.get(row.id);
      const part = partOfRow(row);
      const record = known?.record ?? (added.get(row.id) as number);
      this.#seen.add(record);
      this.#given.add(type, part.id, record, compareRow(writes, of, row, part, record, known));
    }
    await writes.write(transaction);
  }

  /** @returns the ids of those that were ended */
  async #endVanished(type: HistoryType, isLookedFor: (owner: string | null) => boolean): Promise<ReadonlySet<string>> {
    const code = HISTORY_TYPES.indexOf(type);
    const short = new Set(this.#reading.parts.filter(({ isWhole }) => !isWhole).map(({ name }) => name));
    const gone = new Set<string>();
    const writes = new Writes(this.#source, code, this.#reading.at);
    for (const row of await this.#unseen(code)) {
      const isUnknown = type === 'Edge' || short.has(row.part);
      if (isUnknown && !isLookedFor(row.owner)) continue;
      gone.add(row.id);
      writes.replace(row, await this.#part(row.part), 'REMOVED', null);
    }
    await writes.write(this.#transaction);
    return gone;
  }

  /** What was there in the reading before, and is not among the rows. */
  async #unseen(type: number): Promise<readonly Present[]> {
    const { dialect } = this.#transaction;
    const unseen: [record: number][] = [];
    for (let last = 0; ; ) {
      const present = await this.#transaction.all<Pick<Present, 'record'>>(
        `SELECT record FROM version WHERE source = ? AND type = ? AND until IS NULL AND value IS NOT NULL AND record > ?
         ORDER BY record LIMIT ${PRESENT_AT_ONCE}`,
        ...[this.#source, type, last],
      );
      for (const { record } of present) if (!this.#seen.has(record)) unseen.push([record]);
      const end = present.at(-1);
      if (!end) break;
      last = end.record;
    }
    return this.#transaction.all<Present>(
      `SELECT record.id AS record, record.key AS id, record.owner, part.name AS part, version.id AS version, version.at
       FROM ${dialect.given} JOIN record ON record.id = ${givenNumber(0)} JOIN part ON part.id = record.part
       JOIN version ON version.record = record.id AND version.until IS NULL ORDER BY record.id`,
      jsonRows(unseen),
    );
  }

  async #addReading(): Promise<void> {
    const { id, at, endedAt, isComplete, about, parts } = this.#reading;
    const [added] = await this.#transaction.all<{ readonly id: number }>(
      'INSERT INTO reading (source, name, at, ended_at, complete, about) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
      ...[this.#source, id, at, endedAt, isComplete ? 1 : 0, about],
    );
    for (const { name, readAt, isWhole } of parts) {
      const part = await this.#part(name);
      const isFresh = part.readAt === null || readAt > part.readAt;
      await this.#transaction.run(
        'INSERT INTO part_reading (reading, part, whole, fresh) VALUES (?, ?, ?, ?)',
        ...[added?.id ?? 0, part.id, isWhole ? 1 : 0, isFresh ? 1 : 0],
      );
    }
  }

  #part(name: string): Promise<KnownPart> {
    return getOrMake(this.#parts, name, () => partOf(this.#transaction, this.#source, name));
  }
}

interface Present {
  readonly record: number;
  readonly id: string;
  readonly owner: string | null;
  readonly part: string;
  readonly version: number;
  readonly at: number;
}

/** A row that is given again comes after what the first one has made. */
function* withoutRepeats(rows: readonly HistoryRow[]): Iterable<readonly HistoryRow[]> {
  let some = new Map<string, HistoryRow>();
  for (const row of rows) {
    if (some.has(row.id)) {
      yield [...some.values()];
      some = new Map();
    }
    some.set(row.id, row);
  }
  if (some.size > 0) yield [...some.values()];
}
