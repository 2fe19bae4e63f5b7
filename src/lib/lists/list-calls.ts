import type { ListPage } from '#lib/sliced-list.ts';

/** Consecutive positions of a list, as one call asks for them. */
export interface Window {
  readonly offset: number;
  readonly limit: number;
}

/**
 * How one upstream list is asked for. Such a list is sorted by a value that several rows may share, without a tie-breaker: each
 * call puts rows that share it in an order of its own, which depends on offset and limit. Pages that cut such a group in two may
 * therefore show some of its rows twice and others not at all, in every walk with the same page size. But positions are fixed:
 * a call that spans the whole group shows all of it.
 */
export interface ListCalls<T> {
  readonly pageSize: number;
  /** @param again past whatever is cached: what was read before is in doubt. */
  readonly read: (window: Window, again: boolean) => Promise<ListPage<T>>;
  /**
   * Calls that show the rows at positions `from` (inclusive) to `to`, best first: one if a single call can show them all, else
   * several that overlap them in different ways.
   */
  readonly windows: (from: number, to: number) => readonly Window[];
  /** What the upstream sorts by, as text. */
  readonly tieOf: (row: T) => string;
}

export const pageWindow = (index: number, pageSize: number): Window => ({ offset: index * pageSize, limit: pageSize });
