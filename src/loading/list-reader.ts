import type { ListPage } from '#lib/sliced-list.ts';
import type { RequestContext } from './context.ts';
import { pageWindow, type Window } from './lists/list-calls.ts';
import { mendedPage } from './lists/mended-page.ts';
import { readWholeList, type UpstreamList, type WholeList } from './lists/whole-list.ts';
import { perRequest } from './per-request.ts';

export interface ListReader<Q, T> {
  /** Aligned pages from 0, as they come. A page is read once per request, so all cuts of a list agree. */
  page(source: string, query: Q, index: number): Promise<ListPage<T>>;
  /** The same, with the rows that page boundaries have lost: for whoever shows pages. */
  mended(source: string, query: Q, index: number): Promise<ListPage<T>>;
  whole(source: string, query: Q): Promise<WholeList<T>>;
  /** A row of any page that this request has read. */
  seen(source: string, id: string): T | undefined;
  /**
   * Reads the pages that the cache still answers, so that {@link ListReader.seen} and {@link ListReader.shape} know of them. Asks
   * nothing anew.
   */
  recall(source: string, query: Q): Promise<void>;
  /** Every row of the whole list as the index holds it, where that is what the source holds now; else null. */
  pictured(source: string): Promise<ReadonlyMap<string, T> | null>;
  /** How much of a list this request has read, and how long it is as far as anybody knows. */
  shape(source: string, query: Q): ReadShape;
}

/** For a planner: see its `ListShape`. */
export interface ReadShape {
  readonly total: number | null;
  readonly pageSize: number;
  readonly cachedPages: ReadonlySet<number>;
  readonly isExhaustive: boolean;
}

export interface ListSource<Q, T> {
  readonly pageSize: number;
  readonly list: (context: RequestContext, source: string, query: Q) => UpstreamList<T>;
  /** The page, where the cache still answers it. */
  readonly peek: (context: RequestContext, source: string, query: Q, index: number) => ListPage<T> | undefined;
  /** Rows of the list as last seen by anybody. */
  readonly size: (context: RequestContext, source: string, query: Q) => number | undefined;
  readonly pictured: (context: RequestContext, source: string) => Promise<ReadonlyMap<string, T> | null>;
}

const shapeOf = (
  pageSize: number,
  pages: ReadonlyMap<number, ListPage<unknown>>,
  ids: ReadonlySet<string>,
  size: number | undefined,
): ReadShape => {
  const read = [...pages.values()];
  const total = read.length > 0 ? Math.max(...read.map((page) => page.total)) : (size ?? null);
  return { total, pageSize, cachedPages: new Set(pages.keys()), isExhaustive: ids.size === total };
};

/** A per-request reader of one paged upstream list. */
export const listReader = <Q extends object, T extends { readonly id: string }>({
  pageSize,
  list: listOf,
  peek,
  size,
  pictured,
}: ListSource<Q, T>): ((context: RequestContext) => ListReader<Q, T>) =>
  perRequest((context) => {
    const lists = new Map<string, UpstreamList<T>>();
    const wholes = new Map<string, Promise<WholeList<T>>>();
    const seen = new Map<string, T>();
    const pages = new Map<string, Map<number, ListPage<T>>>();
    const ids = new Map<string, Set<string>>();

    const remember = (source: string, key: string, rows: readonly (T | null)[]): void => {
      const of = ids.get(key) ?? new Set();
      ids.set(key, of);
      for (const row of rows) {
        if (!row) continue;
        seen.set(`${source}:${row.id}`, row);
        of.add(row.id);
      }
    };
    const noted = (source: string, key: string, { offset, limit }: Window, read: ListPage<T>): void => {
      remember(source, key, read.rows);
      if (limit === pageSize) pages.set(key, (pages.get(key) ?? new Map()).set(offset / pageSize, read));
    };
    /** Each window is read once per request, and once more where it is in doubt. */
    const list = (source: string, query: Q): UpstreamList<T> => {
      const key = JSON.stringify([source, query]);
      const known = lists.get(key);
      if (known) return known;
      const asked = new Map<string, Promise<ListPage<T>>>();
      const upstream = listOf(context, source, query);
      const read: UpstreamList<T>['read'] = (window, again) => {
        const name = `${window.offset} ${window.limit} ${again}`;
        const answer = asked.get(name) ?? upstream.read(window, again);
        if (!asked.has(name))
          answer.then(
            (page) => noted(source, key, window, page),
            () => {},
          );
        asked.set(name, answer);
        return answer;
      };
      lists.set(key, { ...upstream, read });
      return { ...upstream, read };
    };
    const page = (source: string, query: Q, index: number): Promise<ListPage<T>> =>
      list(source, query).read(pageWindow(index, pageSize), false);
    return {
      page,
      mended: (source, query, index) => mendedPage(list(source, query), index),
      whole: (source, query) => {
        const key = JSON.stringify([source, query]);
        const known = wholes.get(key) ?? readWholeList(list(source, query));
        if (!wholes.has(key))
          known.then(
            ({ rows }) => remember(source, key, rows),
            () => {},
          );
        wholes.set(key, known);
        return known;
      },
      seen: (source, id) => seen.get(`${source}:${id}`),
      recall: async (source, query) => {
        const first = context.scope.bypassCache ? undefined : peek(context, source, query, 0);
        if (!first) return;
        const indexes = Array.from({ length: Math.max(1, Math.ceil(first.total / pageSize)) }, (_, index) => index);
        const cached = indexes.filter((index) => peek(context, source, query, index));
        await Promise.all(cached.map((index) => page(source, query, index)));
      },
      pictured: (source) => pictured(context, source),
      shape: (source, query) => {
        const key = JSON.stringify([source, query]);
        return shapeOf(pageSize, pages.get(key) ?? new Map(), ids.get(key) ?? new Set(), size(context, source, query));
      },
    };
  });
