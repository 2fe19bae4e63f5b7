import { type Window, windowsByOffset } from '#lib/lists/list-calls.ts';
import type { FurtherWay, UpstreamList } from '#lib/lists/whole-list.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import { pastCache, type Scope } from '../transport/scope.ts';
import type { Freshness, RememberedRecord } from '../transport/upstream-call.ts';
import type { ApiVersion } from './api-version.ts';
import type { Ask, VersionedClient } from './versioned-client.ts';
import { type RowReader, readPage } from './wire-answer.ts';

/** Rows of one page. Host rows are heavy: they embed their children. */
export const SCANOPY_PAGE_SIZE = 200;
/** Rows of a call for the beginning of a list: what people ask for, and one more. */
export const SCANOPY_SMALL_PAGES = [6, 11, 21, 51] as const;
/** Ids of one `ids=` request: proxies cut longer request lines. */
export const SCANOPY_BATCH_SIZE = 100;
/** The most rows a server gives in one call. */
export const SCANOPY_MOST_ROWS = 1000;

export type Parameters = readonly (readonly [key: string, value: string])[];

/** One paged list of the server. */
export interface PagedSource<T> {
  readonly path: (apiVersion: ApiVersion) => string;
  /** Rows of a call. Always sent: the server's own default truncates, and 0 never ends. */
  readonly pageSize: number;
  readonly read: RowReader<T>;
  readonly freshness: Freshness;
  /** What the server sorts by unless asked otherwise; the same for all rows where the rows do not show it. */
  readonly tieOf: (row: T) => string;
  /** Parameters for another order, in which fewer rows are equal. */
  readonly regroup?: Parameters;
  /** The row and what it embeds as records that answer later questions by id. */
  readonly remember?: (row: T) => Iterable<RememberedRecord>;
}

type ParametersOf = (apiVersion: ApiVersion) => Parameters;

const rowsIn =
  <T>({ source, parameters }: ListRequest<T>, { offset, limit }: Window): Ask<ListPage<T>> =>
  (apiVersion) => ({
    path: source.path(apiVersion),
    query: [...(parameters?.(apiVersion) ?? []), ['limit', String(limit)], ['offset', String(offset)]],
    freshness: source.freshness,
    read: (body, reading) => {
      const { rows, total } = readPage(body);
      return reading.page(rows, total, source.read);
    },
    remember: ({ rows }) => recordsIn(source, rows),
  });

const askForRows = <T>(request: ListRequest<T>, window: Window, scope: Scope): Promise<ListPage<T>> =>
  request.versionedClient.ask(rowsIn(request, window), scope);

export const recordsIn = <T>({ remember }: PagedSource<T>, rows: readonly (T | null)[]): RememberedRecord[] =>
  remember ? rows.flatMap((row) => (row ? [...remember(row)] : [])) : [];

/** A list of one server, and how it is asked for. */
export interface ListRequest<T> {
  readonly versionedClient: VersionedClient;
  readonly source: PagedSource<T>;
  /** Filters and order. Default: none. */
  readonly parameters?: ParametersOf;
  readonly scope: Scope;
}

/** A list as one version of one server is asked for it. */
export const upstreamList = <T>(request: ListRequest<T>): UpstreamList<T> => {
  const { source, scope } = request;
  return {
    pageSize: source.pageSize,
    read: (window, again) => askForRows(request, window, again ? pastCache(scope) : scope),
    peek: (window) => request.versionedClient.peek(rowsIn(request, window)),
    windows: windowsByOffset(SCANOPY_MOST_ROWS),
    tieOf: source.tieOf,
    ways: source.regroup ? [regrouped(request, source.regroup), atOnce(request)] : [],
  };
};

const ORDER_KEYS: ReadonlySet<string> = new Set(['order_by', 'order_direction']);

/** More rows than one call gives share an instant: sorted by another value within it, they share that more seldom. */
const regrouped = <T>(request: ListRequest<T>, regroup: Parameters): FurtherWay<T> =>
  async function* () {
    const parameters: ParametersOf = (apiVersion) => [
      ...(request.parameters?.(apiVersion) ?? []).filter(([key]) => !ORDER_KEYS.has(key)),
      ...regroup,
    ];
    const limit = SCANOPY_MOST_ROWS;
    for (let offset = 0, total = 1; offset < total; offset += limit) {
      const page = await askForRows({ ...request, parameters }, { offset, limit }, pastCache(request.scope));
      total = page.total;
      yield page.rows;
    }
  };

/** Rows beyond which a whole list in one answer would be too heavy for either side. */
const MOST_AT_ONCE = 5000;

/** All rows in one answer, where that is no more than a server can bear. */
const atOnce = <T>(request: ListRequest<T>): FurtherWay<T> =>
  async function* ({ known, missing }) {
    if (known.size + missing > MOST_AT_ONCE) return;
    yield (await askForRows(request, { offset: 0, limit: 0 }, pastCache(request.scope))).rows;
  };
