import type { ListPage } from '#lib/sliced-list.ts';
import type { Scope } from '../transport/scope.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { type PagedSource, type Parameters, pageOf, wholeList } from './list-reader.ts';
import type { Speaker } from './speaker.ts';
import { TARGET_VERSION } from './version.ts';

/** What a server can do of a query, and what is left for us. */
export interface Pushdown {
  readonly parameters: Parameters;
  /** False: filters or an order remain that only the complete rows can answer. */
  readonly complete: boolean;
}

/** How one kind of list is queried. */
export interface Filtering<T, Q> {
  readonly pushdown: (query: Q, dialect: Dialect) => Pushdown;
  /** Whether it depends on the version if the pushdown of a query is complete. */
  readonly dependsOnVersion: (query: Q) => boolean;
  readonly matches: (query: Q) => (row: T) => boolean;
  /** What the server sorts by when it is asked for another order than its own. */
  readonly tieOf?: (query: Q) => ((row: T) => string) | null;
  /** Null: as the server orders. */
  readonly order: (query: Q) => ((left: T, right: T) => number) | null;
}

/**
 * A page of the rows that match, the same ones from every version. What the server filters and orders itself costs one call a
 * page; the rest is answered from the whole of the narrowest list the server can give. Servers ignore filters they do not know:
 * a row that should not be there turns the answer into the second kind.
 */
export const filteredPage = async <T extends { readonly id: string }, Q>(
  speaker: Speaker,
  source: PagedSource<T>,
  filtering: Filtering<T, Q>,
  query: Q,
  page: number,
  scope: Scope,
): Promise<ListPage<T>> => {
  const parameters = (dialect: Dialect) => filtering.pushdown(query, dialect).parameters;
  const matches = filtering.matches(query);
  const tieOf = filtering.tieOf?.(query) ?? source.tieOf;
  if (await isPushedDown(speaker, filtering, query, scope)) {
    const answer = await pageOf(speaker, source, parameters, page, scope, tieOf);
    if (answer.rows.every((row) => row === null || matches(row))) return answer;
  }
  const { rows, invalid, missing } = await wholeList(speaker, source, parameters, scope, tieOf);
  const kept = rows.filter(matches);
  const order = filtering.order(query);
  if (order) kept.sort(order);
  const start = page * source.pageSize;
  return { rows: kept.slice(start, start + source.pageSize), total: kept.length, invalid, missing };
};

const isPushedDown = async <T, Q>(
  speaker: Speaker,
  filtering: Filtering<T, Q>,
  query: Q,
  scope: Scope,
): Promise<boolean> => {
  const dialect = filtering.dependsOnVersion(query) ? await speaker.dialect(scope) : dialectOf(TARGET_VERSION);
  return filtering.pushdown(query, dialect).complete;
};
