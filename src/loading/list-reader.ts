import { getOrMake } from '#lib/get-or-make.ts';
import { pageWindow, type Window } from '#lib/lists/list-calls.ts';
import { mendedPage } from '#lib/lists/mended-page.ts';
import { readWholeList, type UpstreamList, type WholeList } from '#lib/lists/whole-list.ts';
import type { RowRef } from '#lib/record-ref.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { ListSupport, QueryRules } from '#sources/list-support.ts';
import type { SideTypes } from '#sources/source-kind.ts';
import type { SourceOf } from '#sources/source-set.ts';
import type { Scope } from '#sources/transport/scope.ts';
import { perRequest, type RequestContext } from './context.ts';
import { Beginnings } from './list-beginning.ts';
import type { ListShape } from './planner/price.ts';
import { SeenRecords } from './seen-records.ts';

export interface ListReader<Q, T> {
  pageSize(source: string): number;
  /** Aligned pages from 0, as the upstream sends them. A page is read once per request, so all slices of a list agree. */
  page(source: string, query: Q, index: number): Promise<ListPage<T>>;
  /** The same with the rows that were lost at the boundaries of pages, for callers that show pages. */
  mended(source: string, query: Q, index: number): Promise<ListPage<T>>;
  /** The first rows by a small call, where that is right and no whole page is cached; else null. See {@link listBeginning}. */
  beginning(source: string, query: Q, wanted: number): Promise<ListPage<T> | null>;
  whole(source: string, query: Q): Promise<WholeList<T>>;
  /** A row of any page that this request has read. */
  seen(source: string, id: string): T | undefined;
  /**
   * Reads the pages that the cache still answers, so that {@link ListReader.seen} and {@link ListReader.shape} know of them. Sends no
   * request.
   */
  recall(source: string, query: Q): Promise<void>;
  /**
   * Every row of the whole list from the index, if the index is as new as the source and its rows contain what the query filters by;
   * else null.
   */
  fromIndex(source: string, query?: Q): Promise<ReadonlyMap<string, T> | null>;
  readonly rules: QueryRules<Q, T>;
  readonly support: (source: string) => Pick<ListSupport<unknown, Q>, 'pushdown' | 'dependsOnSource'>;
  /** See {@link ListSupport.isAble}. */
  isAble(source: string): Promise<boolean>;
  /** How much of a list this request has read, and how long it is as far as anybody knows. */
  shape(source: string, query: Q): ListShape;
}

/** One list that the sources of a side have. */
export interface ListSource<S extends SourceSide, Q, T> {
  readonly side: S;
  readonly rules: QueryRules<Q, T>;
  readonly support: (source: SourceOf<S>) => ListSupport<SideTypes[S]['client'], Q>;
  readonly list: (client: SideTypes[S]['client'], query: Q, scope: Scope) => UpstreamList<T>;
  /** The page, where the cache still answers it. */
  readonly peek?: (client: SideTypes[S]['client'], query: Q, index: number) => ListPage<T> | undefined;
  /** Rows of the whole list as last seen by anybody. */
  readonly size: (client: SideTypes[S]['client']) => number | undefined;
  /** See {@link ListReader.fromIndex}. */
  readonly fromIndex?: (
    context: RequestContext,
    source: SourceOf<S>,
    query: Q,
  ) => Promise<ReadonlyMap<string, T> | null>;
  /** Queries of which one operation has many, each for a few rows, whose lists are sorted by what `tieOf` returns. @default none */
  readonly isOneOfMany?: (query: Q) => boolean;
  /** Called with the rows of each page that is read. */
  readonly onRows?: (context: RequestContext, rows: readonly (T | null)[]) => void;
}

type Rows = readonly (RowRef | null)[];

const shapeOf = (
  pageSize: number,
  pages: ReadonlyMap<number, ListPage<unknown>>,
  rows: readonly Rows[],
  size: number | undefined,
): ListShape => {
  const read = [...pages.values()];
  const total = read.length > 0 ? Math.max(...read.map((page) => page.total)) : (size ?? null);
  const ids = new Set(rows.flatMap((of) => of.flatMap((row) => (row ? [row.id] : []))));
  return { total, pageSize, cachedPages: new Set(pages.keys()), isExhaustive: ids.size === total };
};

/** A per-request reader of one paged upstream list. */
export const listReader = <S extends SourceSide, Q extends object, T extends RowRef>({
  side,
  rules,
  support,
  list: listOf,
  peek,
  size,
  fromIndex,
  isOneOfMany,
  onRows,
}: ListSource<S, Q, T>): ((context: RequestContext) => ListReader<Q, T>) => {
  const beginnings = new Beginnings<T>();
  return perRequest((context) => {
    const from = (source: string): SourceOf<S> => context.sources.ofSide(side, source);
    const peeked = (source: string, query: Q, index: number) => peek?.(from(source).client, query, index);
    const lists = new Map<string, UpstreamList<T>>();
    const wholes = new Map<string, Promise<WholeList<T>>>();
    const seen = new SeenRecords<T>();
    const pages = new Map<string, Map<number, ListPage<T>>>();
    const rowsOf = new Map<string, (readonly (T | null)[])[]>();

    const remember = (key: string, rows: readonly (T | null)[]): void => {
      seen.add(() => rows);
      getOrMake(rowsOf, key, () => []).push(rows);
      onRows?.(context, rows);
    };
    const noted = (source: string, key: string, { offset, limit }: Window, read: ListPage<T>): void => {
      remember(key, read.rows);
      const { pageSize } = from(source).kind.limits;
      if (limit === pageSize) getOrMake(pages, key, () => new Map()).set(offset / pageSize, read);
    };
    /** Each window is read once per request, and once more where it is in doubt. */
    const openList = (source: string, query: Q): UpstreamList<T> => {
      const answers = new Map<string, Promise<ListPage<T>>>();
      const upstream = listOf(from(source).client, query, context.scope);
      const read: UpstreamList<T>['read'] = (window, again) =>
        getOrMake(answers, `${window.offset} ${window.limit} ${again}`, () => {
          const answer = upstream.read(window, again);
          onSuccess(answer, (page) => noted(source, keyOf(source, query), window, page));
          return answer;
        });
      return { ...upstream, read };
    };
    const list = (source: string, query: Q): UpstreamList<T> =>
      getOrMake(lists, keyOf(source, query), () => openList(source, query));
    const page = (source: string, query: Q, index: number): Promise<ListPage<T>> =>
      list(source, query).read(pageWindow(index, from(source).kind.limits.pageSize), false);
    return {
      rules,
      pageSize: (source) => from(source).kind.limits.pageSize,
      support: (source) => support(from(source)),
      isAble: (source) => support(from(source)).isAble(from(source).client, context.scope),
      page,
      mended: (source, query, index) => mendedPage(list(source, query), index),
      beginning: async (source, query, wanted) => {
        const { client, kind } = from(source);
        const { pageSize, smallPages } = kind.limits;
        if (!smallPages || !isOneOfMany?.(query) || pages.get(keyOf(source, query))?.has(0)) return null;
        const asked = list(source, query);
        const isCached = !context.scope.bypassCache && asked.peek?.(pageWindow(0, pageSize)) !== undefined;
        return isCached ? null : beginnings.read(client, asked, wanted, smallPages);
      },
      whole: (source, query) =>
        getOrMake(wholes, keyOf(source, query), () => {
          const whole = readWholeList(list(source, query));
          onSuccess(whole, ({ rows }) => remember(keyOf(source, query), rows));
          return whole;
        }),
      seen: (source, id) => seen.find(source, id),
      recall: async (source, query) => {
        const first = context.scope.bypassCache ? undefined : peeked(source, query, 0);
        const { pageSize } = from(source).kind.limits;
        if (!first) return;
        const indexes = Array.from({ length: Math.max(1, Math.ceil(first.total / pageSize)) }, (_, index) => index);
        const cached = indexes.filter((index) => peeked(source, query, index));
        await Promise.all(cached.map((index) => page(source, query, index)));
      },
      fromIndex: async (source, query = {} as Q) => (await fromIndex?.(context, from(source), query)) ?? null,
      shape: (source, query) => {
        const key = keyOf(source, query);
        const { client, kind } = from(source);
        const known = isEverything(query) ? size(client) : undefined;
        return shapeOf(kind.limits.pageSize, pages.get(key) ?? new Map(), rowsOf.get(key) ?? [], known);
      },
    };
  });
};

const keyOf = (source: string, query: object): string => JSON.stringify([source, query]);

/** A failure is left to whoever awaits the promise itself. */
const onSuccess = <T>(promise: Promise<T>, run: (value: T) => void): void => {
  promise.then(run, () => {});
};

const isEverything = (query: object): boolean => Object.keys(query).length === 0;
