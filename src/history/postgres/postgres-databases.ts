import { Pool, type PoolClient } from 'pg';
import { getOrMake } from '#lib/get-or-make.ts';
import type { Database, Databases, Dialect, SqlValue, Transaction } from '../sql/database.ts';
import type { HistoryNotice } from '../thread/messages.ts';
import { ChangesOfOthers } from './changes-of-others.ts';
import { connectionOf } from './connection.ts';
import { migrate } from './migrate.ts';
import { takesMoreThan } from './size.ts';

const POSTGRES: Dialect = {
  given: 'json_array_elements(?::json) WITH ORDINALITY AS given(value, key)',
  indexedBy: () => '',
};

/** One that writes, and some that read. */
const CONNECTIONS = 4;
/** With the hash of a source’s name the number of its lock. */
const LOCK_SEED = 7_021_962;

/** A PostgreSQL that several processes share. */
export class PostgresDatabases implements Databases {
  readonly #pool: Pool;
  readonly #changes: ChangesOfOthers;
  #migrated: Promise<void> | null = null;

  constructor(url: string, send: (notice: HistoryNotice) => void) {
    this.#pool = new Pool({ ...connectionOf(url), max: CONNECTIONS, allowExitOnIdle: true });
    // Of a connection that nobody uses: it is replaced, and whoever needs one that cannot be made gets the error.
    this.#pool.on('error', () => {});
    // Of one that is lost between two statements: the next one says so.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    this.#changes = new ChangesOfOthers(url, send);
  }

  async reader(): Promise<Database> {
    await this.#ready();
    return databaseOver(this.#pool);
  }

  async begin(sourceName: string): Promise<Transaction> {
    await this.#ready();
    const client = await this.#pool.connect();
    const transaction = transactionOf(client, this.#changes.notifying);
    try {
      await client.query('BEGIN');
      await transaction.all('SELECT pg_advisory_xact_lock(hashtextextended(?, ?))', sourceName, LOCK_SEED);
      return transaction;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  async takesMoreThan(bytes: number): Promise<boolean> {
    return takesMoreThan(await this.reader(), bytes);
  }

  /** A message may name users, databases and hosts; a code names what went wrong. */
  failed(error: Error & { readonly code?: string }): string {
    return `Expected the database of the history to be usable, got: ${error.code ?? error.message}`;
  }

  async close(): Promise<void> {
    await this.#changes.close();
    await this.#pool.end();
  }

  #ready(): Promise<void> {
    this.#migrated ??= migrate(this.#pool).catch((error: unknown) => {
      this.#migrated = null;
      throw error;
    });
    return this.#migrated;
  }
}

const databaseOver = (client: Pool | PoolClient): Database => ({
  dialect: POSTGRES,
  all: async <Row>(sql: string, ...values: readonly SqlValue[]) =>
    (await client.query(numbered(sql), [...values])).rows as readonly Row[],
  run: async (sql, ...values) => (await client.query(numbered(sql), [...values])).rowCount ?? 0,
});

const transactionOf = (client: PoolClient, notifying: string): Transaction => {
  let hasEnded = false;
  const end = async (sql: string) => {
    if (hasEnded) return;
    hasEnded = true;
    try {
      await client.query(sql);
      client.release();
    } catch (error) {
      // Whatever became of it, the connection is not used again.
      client.release(true);
      throw error;
    }
  };
  return {
    ...databaseOver(client),
    commit: async () => {
      if (!hasEnded) await client.query(notifying);
      await end('COMMIT');
    },
    // A connection that is lost rolls back, too.
    rollback: () => end('ROLLBACK').catch(() => {}),
  };
};

const texts = new Map<string, string>();

/** With `$1`, `$2` and so on for each `?`. */
const numbered = (sql: string): string =>
  getOrMake(texts, sql, () => {
    let number = 0;
    return sql.replaceAll('?', () => `$${++number}`);
  });
