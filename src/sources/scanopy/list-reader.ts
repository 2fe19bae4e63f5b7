import type { ListPage } from '#lib/sliced-list.ts';
import type { Scope } from '../transport/scope.ts';
import type { Freshness, RememberedRecord } from '../transport/upstream-call.ts';
import type { Dialect } from './dialect.ts';
import { pastCache } from './past-cache.ts';
import type { Ask, Speaker } from './speaker.ts';
import { readPage } from './wire-envelope.ts';
import type { RowReader } from './wire-rows.ts';

export type Parameters = readonly (readonly [key: string, value: string])[];

/** One paged list of the server. */
export interface PagedSource<T> {
  readonly path: (dialect: Dialect) => string;
  /** Rows of a call. Always sent: the server's own default truncates, and 0 never ends. */
  readonly pageSize: number;
  readonly read: RowReader<T>;
  readonly freshness: Freshness;
  /** What a row tells of itself and of what it embeds, for later questions by id. */
  readonly remember?: (row: T) => Iterable<RememberedRecord>;
}

interface Identified {
  readonly id: string;
}

const askForPage =
  <T>(source: PagedSource<T>, parameters: (dialect: Dialect) => Parameters, page: number): Ask<ListPage<T>> =>
  (dialect) => ({
    path: source.path(dialect),
    query: [...parameters(dialect), ['limit', String(source.pageSize)], ['offset', String(page * source.pageSize)]],
    freshness: source.freshness,
    read: (body, reading) => {
      const { rows, total } = readPage(body);
      return reading.page(rows, total, source.read);
    },
    remember: ({ rows }) => recordsIn(source, rows),
  });

export const recordsIn = <T>({ remember }: PagedSource<T>, rows: readonly (T | null)[]): RememberedRecord[] =>
  remember ? rows.flatMap((row) => (row ? [...remember(row)] : [])) : [];

export const pageOf = <T>(
  speaker: Speaker,
  source: PagedSource<T>,
  parameters: (dialect: Dialect) => Parameters,
  page: number,
  scope: Scope,
): Promise<ListPage<T>> => speaker.ask(askForPage(source, parameters, page), scope);

/** All of a list, without holes and repeats. */
export interface WholeList<T> {
  readonly rows: readonly T[];
  readonly invalid: number;
}

/** Pages are no snapshot: when they do not add up, they are read once more past the cache. */
export const wholeList = async <T extends Identified>(
  speaker: Speaker,
  source: PagedSource<T>,
  parameters: (dialect: Dialect) => Parameters,
  scope: Scope,
): Promise<WholeList<T>> => {
  const pages = await everyPage(speaker, source, parameters, scope);
  const whole = addUp(pages) ? pages : await everyPage(speaker, source, parameters, pastCache(scope));
  const rows = new Map<string, T>();
  for (const row of whole.flatMap((page) => page.rows)) if (row && !rows.has(row.id)) rows.set(row.id, row);
  return { rows: [...rows.values()], invalid: whole.reduce((sum, page) => sum + (page.invalid ?? 0), 0) };
};

const everyPage = async <T>(
  speaker: Speaker,
  source: PagedSource<T>,
  parameters: (dialect: Dialect) => Parameters,
  scope: Scope,
): Promise<readonly ListPage<T>[]> => {
  const read = (page: number) => pageOf(speaker, source, parameters, page, scope);
  const first = await read(0);
  const others = Math.max(0, Math.ceil(first.total / source.pageSize) - 1);
  return [first, ...(await Promise.all(Array.from({ length: others }, (_, i) => read(i + 1))))];
};

const addUp = (pages: readonly ListPage<unknown>[]): boolean => {
  const total = pages[0]?.total ?? 0;
  return pages.every((page) => page.total === total) && pages.reduce((n, page) => n + page.rows.length, 0) === total;
};
