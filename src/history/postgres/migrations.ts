/**
 * The tables are those of the file of SQLite, which says what is in them. Only ever added to: each is applied once, in this order, and a
 * database that knows more of them was made by a later version of the gateway.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE source (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT NOT NULL, identity TEXT NOT NULL UNIQUE);
  CREATE TABLE reading (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source BIGINT NOT NULL, name TEXT NOT NULL, at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL, complete SMALLINT NOT NULL, about TEXT NOT NULL, UNIQUE (source, name));
  CREATE INDEX reading_at ON reading (source, at);
  CREATE TABLE part (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source BIGINT NOT NULL, name TEXT NOT NULL, UNIQUE (source, name));
  CREATE TABLE part_reading (
    reading BIGINT NOT NULL, part BIGINT NOT NULL, whole SMALLINT NOT NULL, fresh SMALLINT NOT NULL, PRIMARY KEY (reading, part));
  CREATE TABLE record (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source BIGINT NOT NULL, type SMALLINT NOT NULL, key TEXT NOT NULL,
    part BIGINT NOT NULL, owner TEXT, UNIQUE (source, type, key));
  CREATE TABLE version (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, record BIGINT NOT NULL, source BIGINT NOT NULL, type SMALLINT NOT NULL,
    kind SMALLINT NOT NULL, at BIGINT NOT NULL, since BIGINT, until BIGINT, value TEXT);
  CREATE INDEX version_of ON version (record, id);
  CREATE INDEX version_at ON version (source, type, at);
  CREATE INDEX version_change ON version (at, id, source, type, kind) WHERE kind <> 0;
  CREATE INDEX version_until ON version (source, until);
  CREATE UNIQUE INDEX version_now ON version (record) WHERE until IS NULL;
  CREATE INDEX version_present ON version (source, type, record) WHERE until IS NULL AND value IS NOT NULL;
  CREATE TABLE row_order (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source BIGINT NOT NULL, type SMALLINT NOT NULL, part BIGINT NOT NULL,
    at BIGINT NOT NULL, content BYTEA NOT NULL, UNIQUE (source, type, part, at));
  ALTER TABLE row_order ALTER COLUMN content SET STORAGE EXTERNAL`,
  `CREATE TABLE tally (
    source BIGINT NOT NULL, type SMALLINT NOT NULL, kind SMALLINT NOT NULL, at BIGINT NOT NULL, count BIGINT NOT NULL,
    PRIMARY KEY (source, type, kind, at));
  INSERT INTO tally SELECT source, type, kind, at, count(*) FROM version GROUP BY source, type, kind, at`,
];
