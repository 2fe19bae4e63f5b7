import type { Compare } from '#lib/compare.ts';
import { windowsByOffset } from '#lib/lists/list-calls.ts';
import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { ListSupport, QueryRules } from '../list-support.ts';

/** Rows as a reading has them, in their order. */
export interface PastRows<T> {
  readonly rows: readonly T[];
  /** Rows that it is known to lack; any of them may be what a query asks for. */
  readonly missing: number;
}

/** Rows in memory as the list of a server, always in the same order. What the reading lacks, the list has lost, at its end. */
export const pastList = <T extends { readonly id: string }>(
  { rows, missing }: PastRows<T>,
  pageSize: number,
): UpstreamList<T> => ({
  pageSize,
  read: async ({ offset, limit }): Promise<ListPage<T>> => ({
    rows: rows.slice(offset, offset + limit),
    total: rows.length + missing,
  }),
  windows: windowsByOffset(Number.MAX_SAFE_INTEGER),
  tieOf: ({ id }) => id,
  ways: [],
});

/** A list of which nothing is known. */
export const failedList = <T extends { readonly id: string }>(error: Error, pageSize: number): UpstreamList<T> => ({
  ...pastList<T>({ rows: [], missing: 0 }, pageSize),
  read: async () => {
    throw error;
  },
});

interface Selection<Q, T> {
  readonly rows: () => readonly T[];
  readonly missing: number;
  readonly matches: QueryRules<Q, T>['matches'];
  /** The order that a query asks for; null where it asks for none. */
  readonly compare: QueryRules<Q, T>['compare'];
  /** The order of rows that are asked for in none. @default as they were read */
  readonly usual?: Compare<T>;
}

/** Gives those rows that a query asks for, in their order. */
export const selectionOf = <Q extends object, T>({ rows, missing, matches, compare, usual }: Selection<Q, T>) => {
  /** All of them, put in order when they are first asked for. */
  let ordered: readonly T[] | null = null;
  return (query: Q): PastRows<T> => {
    ordered ??= usual ? rows().toSorted(usual) : rows();
    const asked = Object.keys(query).length === 0 ? ordered : ordered.filter(matches(query));
    const order = compare(query);
    return { rows: order ? asked.toSorted(order) : asked, missing };
  };
};

/** As the product does it, which decides the order of what it does not order; nobody has to be asked for that. */
export const askedNobody = <C, Q>(support: ListSupport<C, Q>): ListSupport<C, Q> => ({
  ...support,
  isAble: async () => true,
});
