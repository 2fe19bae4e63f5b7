import { mendedPage } from '#lib/lists/mended-page.ts';
import type { FurtherWay, Shortage, UpstreamList } from '#lib/lists/whole-list.ts';

/** Calls after which a list stays short: then it is told. */
const MOST_CALLS = 60;

interface NarrowerLists<Q, T> {
  readonly query: Q;
  readonly listOf: (query: Q) => UpstreamList<T>;
  readonly belongs: (query: Q) => (row: T) => boolean;
  /** Queries that together leave most of the same rows; none when this one is narrow enough. */
  readonly partsOf: (query: Q) => Promise<readonly Q[]>;
}

/**
 * Reads a list by narrower ones, and those by still narrower ones, as long as they are short: one of a page or less is whole by
 * nature. Of those that hold no more than is known, the first page tells.
 */
export const narrowerLists = <Q, T extends { readonly id: string }>({
  query,
  listOf,
  belongs,
  partsOf,
}: NarrowerLists<Q, T>): FurtherWay<T> => {
  let calls = 0;
  const counted = (part: Q): UpstreamList<T> => {
    const list = listOf(part);
    return {
      ...list,
      read: (window) => {
        calls++;
        return list.read(window, true);
      },
    };
  };
  const within = async function* (whole: Q, short: Shortage<T>): AsyncGenerator<readonly (T | null)[]> {
    for (const part of await partsOf(whole)) {
      const list = counted(part);
      const known = () => [...short.known.values()].filter(belongs(part)).length;
      let total = 1;
      for (let index = 0; index * list.pageSize < total && calls < MOST_CALLS; index++) {
        const page = await mendedPage(list, index);
        yield page.rows;
        if (page.rows.some((row) => row && !belongs(part)(row))) return;
        total = page.total;
        if (known() >= total) break;
      }
      if (known() < total && calls < MOST_CALLS) yield* within(part, short);
    }
  };
  return (short) => within(query, short);
};
