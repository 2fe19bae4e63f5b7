import { z } from 'zod';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { ShortfallListener } from '../list-support.ts';
import type { Freshness, UpstreamCall } from '../transport/upstream-call.ts';

/** Turns a row of `source` into its model. @throws ZodError when the row lacks what the model cannot do without. */
export type ReadRow<T> = (source: string, row: unknown) => T;

/** The rows of one answer that could not be read; `reasons` name fields and expectations, never values. */
export interface InvalidRows {
  readonly source: string;
  readonly endpoint: string;
  readonly dropped: number;
  readonly reasons: readonly string[];
}

/** A whole list in one answer, without the rows that could not be read. */
export interface ListAnswer<T> {
  readonly rows: readonly T[];
  /** How many were left out. */
  readonly invalid: number;
}

type Query = UpstreamCall<unknown>['query'];

const listBody = z.object({ data: z.array(z.unknown()) });
const pagedBody = listBody.extend({ pagination: z.object({ total: z.number().int().nonnegative() }) });
const singleBody = z.object({ data: z.unknown() });

/**
 * The calls of one source, each with the way to read its answer. A row that cannot be read is left out and reported, and the others
 * stay; an answer that cannot be read at all is UPSTREAM_INVALID_RESPONSE.
 */
export class Calls {
  readonly #source: string;
  readonly #onInvalidRows: (report: InvalidRows) => void;

  /** @param onInvalidRows called once for each answer with rows that could not be read */
  constructor(source: string, onInvalidRows: (report: InvalidRows) => void) {
    this.#source = source;
    this.#onInvalidRows = onInvalidRows;
  }

  page<T>(path: string, query: Query, read: ReadRow<T>, freshness: Freshness): UpstreamCall<ListPage<T>> {
    const parse = (body: unknown): ListPage<T> => {
      const { data, pagination } = this.#parsed(path, () => pagedBody.parse(body));
      const rows = this.#rows(path, read, data);
      return { rows, total: pagination.total, invalid: invalidOf(rows) };
    };
    return { endpoint: path, path, ...(query && { query }), parse, freshness };
  }

  /** A list that comes whole. */
  list<T>(
    path: string,
    read: ReadRow<T>,
    freshness: Freshness,
    { endpoint = path, query = [] }: { readonly endpoint?: string; readonly query?: Query } = {},
  ): UpstreamCall<ListAnswer<T>> {
    const parse = (body: unknown): ListAnswer<T> => {
      const { data } = this.#parsed(endpoint, () => listBody.parse(body));
      const rows = this.#rows(endpoint, read, data);
      return { rows: rows.filter((row) => row !== null), invalid: invalidOf(rows) };
    };
    return { endpoint, path, query, parse, freshness };
  }

  /** An answer that is one object. */
  single<T>(path: string, read: ReadRow<T>, freshness: Freshness, endpoint = path): UpstreamCall<T> {
    const parse = (body: unknown): T => {
      const { data } = this.#parsed(endpoint, () => singleBody.parse(body));
      return this.#parsed(endpoint, () => read(this.#source, data), 'data');
    };
    return { endpoint, path, parse, freshness };
  }

  /** An object inside another: one that cannot be read costs only itself. */
  nested<T>(endpoint: string, read: ReadRow<T>, row: unknown): T | null {
    return row === null || row === undefined ? null : (this.#rows(endpoint, read, [row])[0] ?? null);
  }

  #rows<T>(endpoint: string, read: ReadRow<T>, rows: readonly unknown[]): readonly (T | null)[] {
    const reasons = new Set<string>();
    const models = rows.map((row) => {
      try {
        return read(this.#source, row);
      } catch (error) {
        for (const issue of issuesOf(error)) reasons.add(`${issue.path.join('.') || 'row'}: ${issue.code}`);
        return null;
      }
    });
    const report = { source: this.#source, endpoint, dropped: invalidOf(models), reasons: [...reasons].slice(0, 10) };
    if (report.dropped > 0) this.#onInvalidRows(report);
    return models;
  }

  #parsed<T>(endpoint: string, read: () => T, ...within: readonly string[]): T {
    try {
      return read();
    } catch (error) {
      const [issue] = issuesOf(error);
      const where = issue ? `${[...within, ...issue.path].join('.') || 'body'}: ${issue.code}` : 'body';
      const message = `The source "${this.#source}" answered ${endpoint} in a shape that is not known (${where}).`;
      throw new UpstreamError('UPSTREAM_INVALID_RESPONSE', this.#source, message, { endpoint });
    }
  }
}

const issuesOf = (error: unknown): readonly z.core.$ZodIssue[] => {
  if (error instanceof z.ZodError) return error.issues;
  throw error;
};

const invalidOf = (rows: readonly unknown[]): number => rows.filter((row) => row === null).length;

/** The rows of an answer; `onShortfall` is called when some could not be read. */
export const rowsOf = async <T>(
  answer: Promise<ListAnswer<T>>,
  onShortfall?: ShortfallListener,
): Promise<readonly T[]> => {
  const { rows, invalid } = await answer;
  if (invalid > 0) onShortfall?.({ invalid, missing: 0 });
  return rows;
};
