import type { ListPage } from '#lib/sliced-list.ts';
import type { RequestContext } from './context.ts';
import { perRequest } from './per-request.ts';

/** Every row of an upstream list that could be got hold of. */
export interface WholeList<T> {
  readonly rows: readonly T[];
  /** Rows that could not be read. */
  readonly invalid: number;
  /** Rows the upstream counts and did not show, however often it was asked. */
  readonly missing: number;
  /** The server did not filter: `rows` are only those of it that happen to match. */
  readonly filterIgnored: boolean;
}

export interface ListReader<Q, T> {
  /** Aligned pages from 0. A page is read once per request, so all cuts of a list agree. */
  page(source: string, query: Q, index: number): Promise<ListPage<T>>;
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
  readonly page: (context: RequestContext, source: string, query: Q, index: number) => Promise<ListPage<T>>;
  /** The page, where the cache still answers it. */
  readonly peek: (context: RequestContext, source: string, query: Q, index: number) => ListPage<T> | undefined;
  /** Rows of the list as last seen by anybody. */
  readonly size: (context: RequestContext, source: string, query: Q) => number | undefined;
  readonly pictured: (context: RequestContext, source: string) => Promise<ReadonlyMap<string, T> | null>;
  /** Narrower queries that together hold the same rows, for a list whose pages do not add up; none when it is narrow enough. */
  readonly parts: (context: RequestContext, source: string, query: Q) => Promise<readonly Q[]>;
}

interface Pass<T> {
  readonly rows: ReadonlyMap<string, T>;
  readonly total: number;
  readonly invalid: number;
  readonly filterIgnored: boolean;
}

type ReadPage<T> = (index: number) => Promise<ListPage<T>>;

const isComplete = ({ rows, invalid, total }: Pass<unknown>): boolean => rows.size + invalid >= total;

/** Pages are no snapshot: the caller must hold the rows against the total. */
const readPass = async <T extends { readonly id: string }>(size: number, read: ReadPage<T>): Promise<Pass<T>> => {
  const head = await read(0);
  const count = Math.ceil(head.total / size);
  const rest = await Promise.all(Array.from({ length: Math.max(0, count - 1) }, (_, i) => read(i + 1)));
  const pages = [head, ...rest];
  const rows = pages.flatMap((page) => page.rows.filter((row) => row !== null));
  return {
    rows: new Map(rows.map((row) => [row.id, row])),
    total: Math.max(...pages.map((page) => page.total)),
    invalid: pages.reduce((sum, page) => sum + (page.invalid ?? 0), 0),
    filterIgnored: pages.some((page) => page.filterIgnored),
  };
};

const wholeOf = <T>({ rows, invalid, total, filterIgnored }: Pass<T>): WholeList<T> => ({
  rows: [...rows.values()],
  invalid,
  missing: Math.max(0, total - rows.size - invalid),
  filterIgnored,
});

const joined = <T>(passes: readonly Pass<T>[], total: number): Pass<T> => ({
  rows: new Map(passes.flatMap((pass) => [...pass.rows])),
  total,
  invalid: Math.max(0, ...passes.map((pass) => pass.invalid)),
  filterIgnored: passes.some((pass) => pass.filterIgnored),
});

const shapeOf = (
  pageSize: number,
  pages: ReadonlyMap<number, ListPage<{ readonly id: string }>>,
  size: number | undefined,
): ReadShape => {
  const read = [...pages.values()];
  const total = read.length > 0 ? Math.max(...read.map((page) => page.total)) : (size ?? null);
  const ids = new Set(read.flatMap((page) => page.rows.flatMap((row) => (row ? [row.id] : []))));
  return { total, pageSize, cachedPages: new Set(pages.keys()), isExhaustive: ids.size === total };
};

/** A per-request reader of one paged upstream list. */
export const listReader = <Q extends object, T extends { readonly id: string }>({
  pageSize,
  page: readPage,
  parts,
  peek,
  size,
  pictured,
}: ListSource<Q, T>): ((context: RequestContext) => ListReader<Q, T>) =>
  perRequest((context) => {
    const pages = new Map<string, Promise<ListPage<T>>>();
    const wholes = new Map<string, Promise<WholeList<T>>>();
    const seen = new Map<string, T>();
    const progress = new Map<string, Map<number, ListPage<T>>>();
    const { scope } = context;
    const pastCache: RequestContext = {
      ...context,
      scope: { ...scope, operation: `${scope.operation}, again`, bypassCache: true },
    };

    const remember = (source: string, query: Q, index: number, read: ListPage<T>): void => {
      for (const row of read.rows) if (row) seen.set(`${source}:${row.id}`, row);
      const key = JSON.stringify([source, query]);
      progress.set(key, (progress.get(key) ?? new Map()).set(index, read));
    };
    const page = (source: string, query: Q, index: number): Promise<ListPage<T>> => {
      const key = JSON.stringify([source, query, index]);
      const known = pages.get(key);
      if (known) return known;
      const asked = readPage(context, source, query, index);
      pages.set(key, asked);
      asked.then(
        (read) => remember(source, query, index, read),
        () => {},
      );
      return asked;
    };
    /** Parts of parts, until each adds up or cannot be cut further. */
    const readParts = async (source: string, query: Q): Promise<readonly Pass<T>[]> => {
      const passes = (await parts(context, source, query)).map(async (part) => {
        const pass = await readPass(pageSize, (index) => readPage(pastCache, source, part, index));
        return isComplete(pass) ? [pass] : [pass, ...(await readParts(source, part))];
      });
      return (await Promise.all(passes)).flat();
    };
    const read = async (source: string, query: Q): Promise<WholeList<T>> => {
      const first = await readPass(pageSize, (index) => page(source, query, index));
      if (isComplete(first) || first.filterIgnored) return wholeOf(first);
      const again = await readPass(pageSize, (index) => readPage(pastCache, source, query, index));
      if (isComplete(again) || again.filterIgnored) return wholeOf(again);
      const narrower = await readParts(source, query);
      return wholeOf(joined([first, again, ...narrower], again.total));
    };
    return {
      page,
      whole: (source, query) => {
        const key = JSON.stringify([source, query]);
        const known = wholes.get(key) ?? read(source, query);
        wholes.set(key, known);
        return known;
      },
      seen: (source, id) => seen.get(`${source}:${id}`),
      recall: async (source, query) => {
        const first = scope.bypassCache ? undefined : peek(context, source, query, 0);
        if (!first) return;
        const indexes = Array.from({ length: Math.max(1, Math.ceil(first.total / pageSize)) }, (_, index) => index);
        const cached = indexes.filter((index) => peek(context, source, query, index));
        await Promise.all(cached.map((index) => page(source, query, index)));
      },
      pictured: (source) => pictured(context, source),
      shape: (source, query) =>
        shapeOf(pageSize, progress.get(JSON.stringify([source, query])) ?? new Map(), size(context, source, query)),
    };
  });
