import { z } from 'zod';
import type { ListPage } from '#lib/sliced-list.ts';
import type { WireAdapter } from './api-version.ts';

const meta = z.object({ server_version: z.string().min(1) });

/** What the server says it is, on any of its answers; null on one that has no `meta` (health checks). */
export const serverVersionOf = (body: unknown): string | null => {
  const read = z.object({ meta }).safeParse(body);
  return read.success ? read.data.meta.server_version : null;
};

const page = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ pagination: z.object({ total_count: z.number().int().nonnegative() }) }),
});

/** The rows of a paged list. `has_more` is not read: it is true forever for some limits. @throws ZodError */
export const readPage = (body: unknown): { readonly rows: readonly unknown[]; readonly total: number } => {
  const { data, meta: of } = page.parse(body);
  return { rows: data, total: of.pagination.total_count };
};

const list = z.object({ data: z.array(z.unknown()).nullish() });

/** The rows of a list that is not paged; an empty success is `null`. @throws ZodError */
export const readList = (body: unknown): readonly unknown[] => list.parse(body).data ?? [];

const one = z.object({ data: z.unknown().optional() });

/** @throws ZodError */
export const readOne = (body: unknown): unknown => one.parse(body).data;

const versionAnswer = z.object({ data: z.object({ server_version: z.string().min(1) }) });

/** The answer of `/api/version`. @throws ZodError */
export const readVersionAnswer = (body: unknown): string => versionAnswer.parse(body).data.server_version;

/** Reads one kind of row. @throws when the row lacks what its model cannot do without. */
export type RowReader<T> = (row: unknown, reading: Reading) => T;

/** One answer being read: the form it has, the source it is from, and how many of its rows could not be understood. */
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
