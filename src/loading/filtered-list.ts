import type { UpstreamError } from '#lib/gateway-error.ts';
import { arrayList, concatLists, type ListPage, pagedList, type SlicedList } from '#lib/sliced-list.ts';
import type { ListReader } from './list-reader.ts';
import { byValue, inTurn } from './ordered-list.ts';
import { shortfallErrors } from './report-shortfall.ts';

/** Which rows of an upstream list are wanted, sorted by what the upstream can be asked for. All parts must hold. */
export interface Selection<Q, T> {
  /** Sent to the upstream as it is. */
  readonly exact: Q;
  /** Several values of a parameter of which the upstream takes one: any of the values holds. */
  readonly anyOf: readonly AnyOf<Q, T>[];
  /** What the upstream cannot be asked. */
  readonly local: readonly ((row: T) => boolean)[];
}

export interface AnyOf<Q, T> {
  readonly values: readonly Partial<Q>[];
  readonly holds: (row: T) => boolean;
}

export interface FilteredListOptions<Q, T> {
  readonly source: string;
  readonly pageSize: number;
  readonly reader: Pick<ListReader<Q, T>, 'page' | 'mended' | 'whole'>;
  readonly selection: Selection<Q, T>;
  /** Whether a row is one the query asks for. */
  readonly belongs: (query: Q) => (row: T) => boolean;
  /** What the upstream does not take back, when the filter is applied here instead: a query without verifiable filters. */
  readonly widest: (query: Q) => Q;
  /** Everything the source holds, at no cost, where that is known as it is now and can be filtered here; else null. */
  readonly pictured?: () => Promise<ReadonlyMap<string, T> | null>;
  /** Read completely, even where the upstream could filter: for a caller that puts the rows in another order. */
  readonly isWhole?: boolean;
  /** The upstream's own order, newest first. */
  readonly newestFirst: (row: T) => string;
  /** Told of rows that are missing from the answer. */
  readonly report: (error: UpstreamError) => void;
}

/** How many values of a selection may be asked apart before the whole list is read; null when the upstream answers it alone. */
export const apartIn = <Q, T>({ anyOf, local }: Selection<Q, T>): number | null =>
  anyOf.length + local.length === 0 ? null : Math.max(0, ...anyOf.map(({ values }) => values.length));

/** More values than this are cheaper, or no dearer, to find in the whole list. */
export const MOST_VALUES_ASKED_APART = 8;

/**
 * The wanted rows of one source, complete and counted: by the upstream's own filter where it has one for all of it, one value
 * after the other for several values of one parameter, else by reading the narrowest list that holds the answer.
 */
export const filteredList = <Q extends object, T extends { readonly id: string }>(
  options: FilteredListOptions<Q, T>,
): SlicedList<T> => {
  const asked = askedOf(options);
  const local = arrayList(() => selectLocally(options));
  if (asked === null) return local;
  let isIgnored = false;
  const attempt = async <R>(run: (list: SlicedList<T>) => Promise<R>): Promise<R> => {
    if (isIgnored || (options.selection.anyOf.length > 0 && (await options.pictured?.()))) return run(local);
    try {
      return await run(asked);
    } catch (error) {
      if (!(error instanceof FilterIgnored)) throw error;
      isIgnored = true;
      return run(local);
    }
  };
  return {
    count: () => attempt((list) => list.count()),
    slice: (offset, limit) => attempt((list) => list.slice(offset, limit)),
  };
};

/** A page of an unfiltered list came instead: its total and its places mean nothing for the filtered one. */
class FilterIgnored extends Error {}

/** The list as the upstream filters it; null when it cannot. */
const askedOf = <Q extends object, T extends { readonly id: string }>(
  options: FilteredListOptions<Q, T>,
): SlicedList<T> | null => {
  const { exact, anyOf, local } = options.selection;
  const [several, ...more] = anyOf;
  if (options.isWhole) return null;
  if (local.length > 0 || more.length > 0) return null;
  if (!several) return pages(options, exact);
  if (several.values.length > MOST_VALUES_ASKED_APART) return null;
  const parts = several.values.map((value) => pages(options, { ...exact, ...value }));
  return concatLists(parts, (error) => {
    throw error;
  });
};

const pages = <Q extends object, T extends { readonly id: string }>(
  { source, pageSize, reader, report }: FilteredListOptions<Q, T>,
  query: Q,
): SlicedList<T> => {
  const read = async (index: number): Promise<ListPage<T>> => {
    const page = await reader.mended(source, query, index);
    if (page.filterIgnored) throw new FilterIgnored();
    return page;
  };
  return pagedList(pageSize, read, (short) => shortfallErrors(source, short).forEach(report));
};

const selectLocally = async <Q extends object, T extends { readonly id: string }>(
  options: FilteredListOptions<Q, T>,
): Promise<readonly T[]> => {
  const { source, selection, belongs, newestFirst, report, pictured } = options;
  const { exact, anyOf, local } = selection;
  const picture = await pictured?.();
  const { rows, invalid, missing } = picture
    ? { rows: [...picture.values()], invalid: 0, missing: 0 }
    : await narrowest(options);
  shortfallErrors(source, { invalid, missing }).forEach(report);
  const holds = [belongs(exact), ...anyOf.map((any) => any.holds), ...local];
  const wanted = rows.filter((row) => holds.every((hold) => hold(row)));
  return wanted.toSorted(
    inTurn(
      byValue(placeWhenAskedApart(options), 'ASC'),
      byValue(newestFirst, 'DESC'),
      byValue(({ id }) => id, 'DESC'),
    ),
  );
};

/** Values asked apart come one after the other: who answers from elsewhere keeps that order, so that cursors go on meaning the same. */
const placeWhenAskedApart = <Q extends object, T extends { readonly id: string }>(
  options: FilteredListOptions<Q, T>,
): ((row: T) => number) => {
  const { exact, anyOf } = options.selection;
  const [several] = anyOf;
  if (!several || askedOf(options) === null) return () => 0;
  const groups = several.values.map((value) => options.belongs({ ...exact, ...value }));
  return (row) => groups.findIndex((belongs) => belongs(row));
};

interface Rows<T> {
  readonly rows: readonly T[];
  readonly invalid: number;
  readonly missing: number;
}

/**
 * The first page of the list that one value each leaves tells its length. Values of one parameter are asked apart only when that
 * may need fewer pages than the rest of that list.
 */
const narrowest = async <Q extends object, T extends { readonly id: string }>(
  options: FilteredListOptions<Q, T>,
): Promise<Rows<T>> => {
  const { source, pageSize, reader, selection } = options;
  const { exact } = selection;
  const head = await reader.page(source, exact, 0);
  if (head.filterIgnored) return reader.whole(source, options.widest(exact));
  const remaining = pagesIn(head.total, pageSize) - 1;
  const fewest = selection.anyOf.toSorted((a, b) => a.values.length - b.values.length)[0];
  if (!fewest || fewest.values.length >= remaining) return wholeOrWidest(options, exact);
  const queries = fewest.values.map((value): Q => ({ ...exact, ...value }));
  const heads = await Promise.all(queries.map((query) => reader.page(source, query, 0)));
  const apart = heads.reduce((sum, { total }) => sum + Math.max(0, pagesIn(total, pageSize) - 1), 0);
  if (apart >= remaining) return wholeOrWidest(options, exact);
  return union(await Promise.all(queries.map((query) => wholeOrWidest(options, query))));
};

const wholeOrWidest = async <Q extends object, T extends { readonly id: string }>(
  { source, reader, widest }: FilteredListOptions<Q, T>,
  query: Q,
): Promise<Rows<T>> => {
  const whole = await reader.whole(source, query);
  return whole.filterIgnored ? reader.whole(source, widest(query)) : whole;
};

const union = <T extends { readonly id: string }>(lists: readonly Rows<T>[]): Rows<T> => ({
  rows: [...new Map(lists.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const))).values()],
  invalid: lists.reduce((sum, list) => sum + list.invalid, 0),
  missing: lists.reduce((sum, list) => sum + list.missing, 0),
});

const pagesIn = (total: number, pageSize: number): number => Math.ceil(total / pageSize);

/** Everything: narrowed by {@link chosen}. */
export const NO_SELECTION = { exact: {}, anyOf: [], local: [] } as const;

/**
 * Narrows to rows with one of `values`: sent to the upstream when every value can be, else applied here.
 * @param ask the query for one value; null when the upstream cannot be asked for it.
 */
export const chosen = <Q, T, V>(
  selection: Selection<Q, T>,
  values: readonly V[] | null | undefined,
  of: (row: T) => V | null,
  ask: (value: V) => Partial<Q> | null,
): Selection<Q, T> => {
  if (!values) return selection;
  const wanted = new Set<V | null>(values);
  const holds = (row: T): boolean => wanted.has(of(row));
  const queries = [...new Set(values)].map(ask);
  const asked = queries.filter((query) => query !== null);
  if (asked.length < queries.length) return { ...selection, local: [...selection.local, holds] };
  const [only] = asked;
  if (asked.length === 1) return { ...selection, exact: { ...selection.exact, ...only } };
  return { ...selection, anyOf: [...selection.anyOf, { values: asked, holds }] };
};
