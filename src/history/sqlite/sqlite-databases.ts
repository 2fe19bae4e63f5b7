import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { getOrMake } from '#lib/get-or-make.ts';
import type { Database, Databases, Dialect, SqlValue, Transaction } from '../sql/database.ts';
import { openHistoryFile } from './history-file.ts';

const SQLITE: Dialect = {
  given: 'json_each(?) AS given',
  indexedBy: (name) => `INDEXED BY ${name}`,
};

/** One connection writes, the other reads: so readers never see a part of a reading. Opened when they are needed, and anew after a failure. */
export class SqliteDatabases implements Databases {
  readonly #path: string;
  #opened: { readonly writer: Connection; readonly reader: Connection } | null = null;
  /** Something could not be read while something was being written, which goes on: the file is opened anew afterwards. */
  #isInDoubt = false;

  constructor(path: string) {
    this.#path = path;
  }

  reader(): Database {
    return this.#open().reader;
  }

  begin(): Transaction {
    const { writer } = this.#open();
    writer.exec('BEGIN IMMEDIATE');
    const end = (sql: string) => {
      if (this.#opened?.writer === writer && writer.isInTransaction) writer.exec(sql);
      if (this.#isInDoubt) this.close();
    };
    return {
      dialect: SQLITE,
      all: (sql, ...values) => writer.all(sql, ...values),
      run: (sql, ...values) => writer.run(sql, ...values),
      commit: () => end('COMMIT'),
      rollback: () => end('ROLLBACK'),
    };
  }

  /** Gives back the room of what was forgotten. */
  takesMoreThan(bytes: number): boolean {
    const { writer } = this.#open();
    writer.all('PRAGMA incremental_vacuum');
    const [pages] = writer.all<{ readonly page_count: number }>('PRAGMA page_count');
    const [size] = writer.all<{ readonly page_size: number }>('PRAGMA page_size');
    return (pages?.page_count ?? 0) * (size?.page_size ?? 0) > bytes;
  }

  /** The file may have been replaced. Errors of the file system name paths of this machine. */
  failed(error: NodeJS.ErrnoException): string {
    if (this.#opened?.writer.isInTransaction) this.#isInDoubt = true;
    else this.close();
    const reason = error.path === undefined ? error.message : String(error.code);
    return `Expected the file of the history to be usable, got: ${reason}`;
  }

  close(): void {
    const connections = this.#opened ? Object.values(this.#opened) : [];
    this.#opened = null;
    this.#isInDoubt = false;
    for (const connection of connections) connection.close();
  }

  #open() {
    this.#opened ??= {
      writer: new Connection(openHistoryFile(this.#path)),
      reader: new Connection(openHistoryFile(this.#path)),
    };
    return this.#opened;
  }
}

class Connection implements Database {
  readonly dialect = SQLITE;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): readonly Row[] {
    return this.#prepared(sql).all(...values) as unknown as readonly Row[];
  }

  run(sql: string, ...values: readonly SqlValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  close(): void {
    try {
      this.#database.close();
    } catch {
      // It is let go of all the same; what failed before is reported.
    }
  }

  #prepared(sql: string): StatementSync {
    return getOrMake(this.#statements, sql, () => this.#database.prepare(sql));
  }
}
