import { arrayList, concatLists, type SlicedList } from '#lib/sliced-list.ts';

export type Compare<T> = (a: T, b: T) => number;

/**
 * Several lists as one, in one order over all of them: each is read whole. A list that fails is left out and told; when every one
 * fails, the first failure is thrown.
 */
export const orderedList = <T>(
  lists: readonly SlicedList<T>[],
  compare: Compare<T>,
  onListFailed: (error: unknown) => void,
): SlicedList<T> =>
  arrayList(async () => {
    const rows = await concatLists(lists, onListFailed).slice(0, Number.MAX_SAFE_INTEGER);
    return rows.filter((row) => row !== null).toSorted(compare);
  });

/** By a value, smallest first or greatest first; rows without one come last either way. */
export const byValue =
  <T>(read: (row: T) => string | number | null, direction: 'ASC' | 'DESC'): Compare<T> =>
  (a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right === (direction === 'ASC') ? -1 : 1;
  };

/** Rows that the first finds equal go by the next. */
export const inTurn =
  <T>(...compares: readonly Compare<T>[]): Compare<T> =>
  (a, b) => {
    for (const compare of compares) {
      const verdict = compare(a, b);
      if (verdict !== 0) return verdict;
    }
    return 0;
  };
