export type SqlValue = string | number | Uint8Array | null;

/** What the SQL of one database has otherwise than that of another. */
export interface Dialect {
  /**
   * A table `given` of the rows of {@link jsonRows}: `value` holds a row, `key` its place. Where records are looked for by
   * {@link IS_GIVEN_RECORD}, it is joined by `CROSS JOIN`: SQLite would begin with the records else.
   */
  readonly given: string;
  /** Where the planner does not find the index that serves. */
  indexedBy(name: string): string;
}

/** Answers SQL with `?` for each value. Whole numbers come as numbers. */
export interface Database {
  readonly dialect: Dialect;
  all<Row>(sql: string, ...values: readonly SqlValue[]): Promise<readonly Row[]> | readonly Row[];
  /** @returns how many rows it has written or removed */
  run(sql: string, ...values: readonly SqlValue[]): Promise<number> | number;
}

/** Everything in it is written at once, or nothing. */
export interface Transaction extends Database {
  commit(): Promise<void> | void;
  /** Nothing happens where it has ended. */
  rollback(): Promise<void> | void;
}

/** Where a history is kept. */
export interface Databases {
  reader(): Promise<Database> | Database;
  /** Begins when nobody else writes to a source of that name. */
  begin(sourceName: string): Promise<Transaction> | Transaction;
  /** Whether what is kept takes more room. */
  takesMoreThan(bytes: number): Promise<boolean> | boolean;
  /** To be called after every failure. @returns what may be said of it */
  failed(error: Error): string;
  close(): Promise<void> | void;
}

/** Many rows as one value, for {@link Dialect.given}. */
export const jsonRows = (rows: readonly (readonly (string | number | null)[])[]): string => JSON.stringify(rows);

/** A number of a given row. */
export const givenNumber = (column: number): string => `CAST(given.value ->> ${column} AS BIGINT)`;

/** A text of a given row. */
export const givenText = (column: number): string => `(given.value ->> ${column})`;

/**
 * The record of a given row of source, type and id. All three are given in each row: were two of them values of their own, PostgreSQL
 * without statistics would take them for enough, and read every record of them.
 */
export const IS_GIVEN_RECORD = `record.source = ${givenNumber(0)} AND record.type = ${givenNumber(1)} AND record.key = ${givenText(2)}`;

/** All of it or nothing. */
export const inTransaction = async <T>(
  databases: Databases,
  sourceName: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => {
  const transaction = await databases.begin(sourceName);
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};
