import { byValue, inTurn } from '#lib/compare.ts';
import {
  arrayList,
  concatLists,
  deferredList,
  type ListPage,
  pagedList,
  type Shortfall,
  type SlicedList,
} from '#lib/sliced-list.ts';
import type { Pushdown } from '#sources/list-support.ts';
import type { ListReader } from './list-reader.ts';

type Row = { readonly id: string };

/** A list of one source, and the query whose rows of it are wanted. */
interface Wanted<Q, T> {
  readonly source: string;
  readonly reader: Pick<
    ListReader<Q, T>,
    'rules' | 'support' | 'isAble' | 'fromIndex' | 'pageSize' | 'page' | 'mended' | 'beginning' | 'whole'
  >;
  readonly query: Q;
  /** Called with the number of rows that are missing from the answer. */
  readonly onShortfall: (short: Shortfall) => void;
}

/**
 * The wanted rows of one source, complete, counted and in their order. Where the upstream filters and orders by itself, each page costs
 * one call. Otherwise the rows are selected here, from the index or from the narrowest upstream list that contains them. Upstreams ignore
 * filters that they do not know: a page with a row that does not match shows this, and the rows are then selected here as well.
 */
export const filteredList = <Q extends object, T extends Row>(wanted: Wanted<Q, T>): SlicedList<T> =>
  matchesNothing(wanted.query) ? arrayList(async () => []) : deferredList(() => open(wanted));

/** The wanted rows of one source, in no order, from the narrowest list that holds them all. The index is left aside. */
export const everyMatching = async <Q extends object, T extends Row>(
  wanted: Omit<Wanted<Q, T>, 'onShortfall'>,
): Promise<Rows<T>> => {
  const { source, reader, query } = wanted;
  if (matchesNothing(query)) return { rows: [], invalid: 0, missing: 0 };
  const { pushdown, dependsOnSource } = reader.support(source);
  const isAble = !dependsOnSource(query) || (await reader.isAble(source));
  const found = await narrowest(wanted, pushdown(query, isAble));
  return { ...found, rows: found.rows.filter(reader.rules.matches(query)) };
};

const matchesNothing = (query: object): boolean =>
  Object.values(query).some((value) => Array.isArray(value) && value.length === 0);

const open = async <Q extends object, T extends Row>(wanted: Wanted<Q, T>): Promise<SlicedList<T>> => {
  const { source, reader, query } = wanted;
  const { pushdown, dependsOnSource } = reader.support(source);
  const best = pushdown(query, true);
  // The index answers in the order of parts as the upstream does, so a cursor means the same place in both answers.
  const isDearer = !best.complete || best.parts.length > 0 || dependsOnSource(query);
  if (isDearer && (await reader.fromIndex(source, query))) return selected(wanted, best);
  const asked = dependsOnSource(query) && !(await reader.isAble(source)) ? pushdown(query, false) : best;
  return asked.complete ? askedOrSelected(wanted, asked) : selected(wanted, asked);
};

/** The upstream sent a page of the unfiltered list: its total and the positions of its rows are not those of the filtered one. */
class FilterIgnored extends Error {}

const askedOrSelected = <Q extends object, T extends Row>(
  wanted: Wanted<Q, T>,
  pushdown: Pushdown<Q>,
): SlicedList<T> => {
  const asked = concatLists(
    listsOf(pushdown).map((query) => pages(wanted, query)),
    (error) => {
      throw error;
    },
  );
  const local = selected(wanted, pushdown);
  let isIgnored = false;
  const attempt = async <R>(run: (list: SlicedList<T>) => Promise<R>): Promise<R> => {
    if (isIgnored) return run(local);
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

const listsOf = <Q>({ query, parts }: Pushdown<Q>): readonly Q[] => (parts.length > 0 ? parts : [query]);

const pages = <Q extends object, T extends Row>(
  { source, reader, onShortfall }: Wanted<Q, T>,
  query: Q,
): SlicedList<T> => {
  const read = async (index: number): Promise<ListPage<T>> => {
    const page = await reader.mended(source, query, index);
    if (isIgnored(reader, query, page)) throw new FilterIgnored();
    return page;
  };
  const whole = pagedList(reader.pageSize(source), read, onShortfall);
  let begun: ListPage<T> | null = null;
  return {
    count: async () => begun?.total ?? whole.count(),
    slice: async (offset, limit) => {
      const beginning = offset === 0 && limit > 0 ? await reader.beginning(source, query, limit) : null;
      if (!beginning) return whole.slice(offset, limit);
      if (isIgnored(reader, query, beginning)) throw new FilterIgnored();
      if (!begun) onShortfall({ invalid: beginning.invalid ?? 0, missing: 0 });
      begun = beginning;
      return beginning.rows.slice(0, limit);
    },
  };
};

const isIgnored = <Q extends object, T>(
  { rules }: Wanted<Q, T>['reader'],
  query: Q,
  { rows }: ListPage<T>,
): boolean => {
  if (Object.keys(query).length === 0) return false;
  const matches = rules.matches(query);
  return rows.some((row) => row !== null && !matches(row));
};

const selected = <Q extends object, T extends Row>(wanted: Wanted<Q, T>, pushdown: Pushdown<Q>): SlicedList<T> =>
  arrayList(async () => {
    const { source, reader, query, onShortfall } = wanted;
    const snapshot = await reader.fromIndex(source, query);
    const { rows, invalid, missing } = snapshot
      ? { rows: [...snapshot.values()], invalid: 0, missing: 0 }
      : await narrowest(wanted, pushdown);
    onShortfall({ invalid, missing });
    const matching = rows.filter(reader.rules.matches(query));
    const compare = reader.rules.compare(query);
    return compare ? matching.toSorted(inTurn(byValue(partOf(wanted, pushdown), 'ASC'), compare)) : matching;
  });

/** The upstream answers part by part; rows that are selected here are put in the same order. */
const partOf = <Q, T>({ reader }: Wanted<Q, T>, { parts, complete }: Pushdown<Q>): ((row: T) => number) => {
  const matches = complete ? parts.map((part) => reader.rules.matches(part)) : [];
  return (row) => matches.findIndex((of) => of(row));
};

interface Rows<T> extends Shortfall {
  readonly rows: readonly T[];
}

/**
 * Reads the whole list or all of its parts, whichever takes fewer pages. The first page of the list shows how long it is; the parts are
 * requested only if they may need fewer pages than the rest of the list.
 */
const narrowest = async <Q extends object, T extends Row>(
  { source, reader }: Pick<Wanted<Q, T>, 'source' | 'reader'>,
  { query, parts }: Pushdown<Q>,
): Promise<Rows<T>> => {
  const whole = () => reader.whole(source, query);
  if (parts.length === 0) return whole();
  const head = await reader.page(source, query, 0);
  const pagesIn = (total: number) => Math.ceil(total / reader.pageSize(source));
  const remaining = pagesIn(head.total) - 1;
  if (parts.length >= remaining || isIgnored(reader, query, head)) return whole();
  const heads = await Promise.all(parts.map((part) => reader.page(source, part, 0)));
  const inParts = heads.reduce((sum, { total }) => sum + Math.max(0, pagesIn(total) - 1), 0);
  if (inParts >= remaining) return whole();
  return union(await Promise.all(parts.map((part) => reader.whole(source, part))));
};

const union = <T extends Row>(lists: readonly Rows<T>[]): Rows<T> => ({
  rows: [...new Map(lists.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const))).values()],
  invalid: lists.reduce((sum, list) => sum + list.invalid, 0),
  missing: lists.reduce((sum, list) => sum + list.missing, 0),
});
