import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long to wait for another process that is writing. */
const BUSY_MS = 1_000;

/**
 * `version` holds how a record was, from one reading until another (null: still). The newest version that is no removal has all fields of
 * the record, every older one only those in which it differs from the next: so the newest is read at once, and the oldest can be forgotten.
 */
const FORMAT_1 = `
  CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL, identity TEXT NOT NULL UNIQUE);
  CREATE TABLE reading (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
    complete INTEGER NOT NULL, UNIQUE (source, name));
  CREATE INDEX reading_at ON reading (source, at);
  CREATE TABLE part (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (source, name));
  CREATE TABLE part_reading (
    reading INTEGER NOT NULL, part INTEGER NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY (reading, part)) WITHOUT ROWID;
  CREATE TABLE record (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, type INTEGER NOT NULL, key TEXT NOT NULL, part INTEGER NOT NULL, owner TEXT,
    UNIQUE (source, type, key));
  CREATE TABLE version (
    id INTEGER PRIMARY KEY, record INTEGER NOT NULL, source INTEGER NOT NULL, type INTEGER NOT NULL, kind INTEGER NOT NULL,
    at INTEGER NOT NULL, since INTEGER, until INTEGER, value TEXT);
  CREATE INDEX version_of ON version (record, id);
  CREATE INDEX version_at ON version (source, type, at);
  CREATE INDEX version_change ON version (at, id, source, type, kind) WHERE kind <> 0;
  CREATE INDEX version_until ON version (source, until);
  CREATE UNIQUE INDEX version_now ON version (record) WHERE until IS NULL;
`;

/**
 * `row_order` holds what a reading gave of a type and part, in its order, unless the reading before gave the same; of the part 0, which
 * parts came one after the other. A reading is `about` something that the store does not read. A part that is not `fresh` was repeated.
 */
const FORMAT_2 = `
  CREATE TABLE row_order (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, type INTEGER NOT NULL, part INTEGER NOT NULL, at INTEGER NOT NULL,
    content BLOB NOT NULL, UNIQUE (source, type, part, at));
  CREATE INDEX version_present ON version (source, type, record) WHERE until IS NULL AND value IS NOT NULL;
  ALTER TABLE reading ADD COLUMN about TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE part_reading ADD COLUMN fresh INTEGER NOT NULL DEFAULT 1;
`;

/** `tally` holds how many versions of each kind a reading began, so that many can be counted. */
const FORMAT_3 = `
  CREATE TABLE tally (
    source INTEGER NOT NULL, type INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (source, type, kind, at)) WITHOUT ROWID;
  INSERT INTO tally SELECT source, type, kind, at, count(*) FROM version GROUP BY source, type, kind, at;
`;

/** What makes each format of the one before. */
const STEPS = [FORMAT_1, FORMAT_2, FORMAT_3];

/** Opens the file, makes it where there is none, and brings one of an earlier format up to date. @throws Error for one of a later format. */
export const openHistoryFile = (path: string): DatabaseSync => {
  mkdirSync(dirname(path), { recursive: true });
  // SQLite would let everybody read what it makes.
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    // A reading is confirmed once it is on the disk.
    database.exec('PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16000000;');
    // Only who makes the tables needs to write: others must be able to open it while somebody does.
    if (formatOf(database) === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;');
    if (formatOf(database) < STEPS.length) inTransaction(database, () => bringUpToDate(database));
    const format = formatOf(database);
    if (format !== STEPS.length) throw new Error(`Expected a history of format ${STEPS.length}, got format ${format}.`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Others may have done it meanwhile. */
const bringUpToDate = (database: DatabaseSync): void => {
  for (const step of STEPS.slice(formatOf(database))) database.exec(step);
  database.exec(`PRAGMA user_version = ${STEPS.length}`);
};

const formatOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version);

/** All of it or nothing; others wait. */
const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
