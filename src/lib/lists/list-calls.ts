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
  /** The answer, where it is cached and fresh. Left out: not known. */
  readonly peek?: (window: Window) => ListPage<T> | undefined;
  /**
   * Calls that show the rows at positions `from` (inclusive) to `to`, best first: one if a single call can show them all, else
   * several that overlap them in different ways.
   */
  readonly windows: (from: number, to: number) => readonly Window[];
  /** What the upstream sorts by, as text. */
  readonly tieOf: (row: T) => string;
}

export const pageWindow = (index: number, pageSize: number): Window => ({ offset: index * pageSize, limit: pageSize });

/** Calls for one group of rows that no single call can span: each shows other ones of them. */
const MOST_WINDOWS = 10;

/** For an upstream that takes any offset, and at most `most` rows a call. */
export const windowsByOffset =
  (most: number) =>
  (from: number, to: number): Window[] => {
    if (to - from <= most) return [{ offset: from, limit: to - from }];
    const count = Math.min(MOST_WINDOWS, Math.ceil((2 * (to - from)) / most));
    const step = (to - from - most) / (count - 1);
    return Array.from({ length: count }, (_, i) => ({ offset: Math.round(from + i * step), limit: most }));
  };

/**
 * For an upstream that takes page numbers: a window begins at a multiple of its limit, so the limit decides what it can span.
 * @param pageSize the most rows a call gives; what the list itself is read with.
 */
export const windowsByPage =
  (pageSize: number) =>
  (from: number, to: number): Window[] => {
    const limits = Array.from({ length: pageSize - 2 }, (_, i) => pageSize - 1 - i);
    const covering = limits.find((limit) => Math.floor(from / limit) === Math.floor((to - 1) / limit));
    if (covering !== undefined) return [{ offset: Math.floor(from / covering) * covering, limit: covering }];
    return limits
      .filter((limit) => limit >= pageSize / 2)
      .map((limit) => widest(limit, from, to))
      .sort((a, b) => overlap(b, from, to) - overlap(a, from, to))
      .slice(0, MOST_WINDOWS);
  };

/** Of the windows with this limit, the one that shows most of the positions. The limit itself chooses among equals, for variety. */
const widest = (limit: number, from: number, to: number): Window => {
  const first = Math.floor(from / limit);
  const choices = Array.from({ length: Math.floor((to - 1) / limit) - first + 1 }, (_, i) => (first + i) * limit);
  const best = Math.max(...choices.map((offset) => overlap({ offset, limit }, from, to)));
  const equals = choices.filter((offset) => overlap({ offset, limit }, from, to) === best);
  return { offset: equals[limit % equals.length] ?? from, limit };
};

const overlap = ({ offset, limit }: Window, from: number, to: number): number =>
  Math.min(to, offset + limit) - Math.max(from, offset);

export const spans = ({ offset, limit }: Window, from: number, to: number): boolean =>
  offset <= from && to <= offset + limit;
