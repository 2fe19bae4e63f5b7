import type { Compare } from '#lib/compare.ts';
import { arrayList, concatLists, type SlicedList } from '#lib/sliced-list.ts';

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
