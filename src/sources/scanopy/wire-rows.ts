import type { ListPage } from '#lib/sliced-list.ts';
import type { WireAdapter } from './wire-adapter.ts';

/** Reads one kind of row. @throws when the row lacks what its model cannot do without. */
export type RowReader<T> = (row: unknown, reading: Reading) => T;

/** One answer being read: in whose words, from which source, and how many rows of it could not be understood. */
export class Reading {
  readonly source: string;
  readonly adapter: WireAdapter;
  invalid = 0;

  constructor(source: string, adapter: WireAdapter) {
    this.source = source;
    this.adapter = adapter;
  }

  /** Every row in its place, null where it could not be understood. */
  rows<T>(rows: readonly unknown[], read: RowReader<T>): (T | null)[] {
    return rows.map((row) => this.#attempt(row, read));
  }

  /** Rows embedded in another: those that could not be understood are left out, and counted. */
  children<T>(rows: readonly unknown[], read: RowReader<T>): T[] {
    return this.rows(rows, read).filter((row) => row !== null);
  }

  page<T>(rows: readonly unknown[], total: number, read: RowReader<T>): ListPage<T> {
    return { rows: this.rows(rows, read), total, invalid: this.invalid };
  }

  #attempt<T>(row: unknown, read: RowReader<T>): T | null {
    try {
      return read(row, this);
    } catch {
      this.invalid += 1;
      return null;
    }
  }
}
