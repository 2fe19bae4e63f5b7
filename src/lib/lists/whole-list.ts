import type { ListPage } from '#lib/sliced-list.ts';
import { type ListCalls, pageWindow } from './list-calls.ts';
import { type MendedStrip, mendStrip } from './mend-strip.ts';
import { countOf, isGap, slotsOf, withoutRepeats } from './strip.ts';

/** Every row of an upstream list that could be got hold of. */
export interface WholeList<T> {
  /** Each once, in the upstream's order. */
  readonly rows: readonly T[];
  /** Rows that could not be read. */
  readonly invalid: number;
  /** Rows the upstream counts and did not show, however it was asked. */
  readonly missing: number;
}

/** What is known of a list that is still short. */
export interface Shortage<T> {
  readonly known: ReadonlyMap<string, T>;
  readonly missing: number;
}

/**
 * Another way to rows of the same list, where pages and windows do not show them all: narrower lists, other orders. Yields what it
 * finds; it is not asked for more once the list is whole.
 */
export type FurtherWay<T> = (short: Shortage<T>) => AsyncIterable<readonly (T | null)[]>;

export interface UpstreamList<T> extends ListCalls<T> {
  readonly ways: readonly FurtherWay<T>[];
}

/**
 * Reads a list to its end and compares its distinct rows with the total. What groups at page boundaries have lost is mended with
 * one call each; a list that moved while it was read is read once more; then the further ways are tried, in order, until no row is
 * missing. What is missing even then is counted.
 */
export const readWholeList = async <T extends { readonly id: string }>(
  list: UpstreamList<T>,
): Promise<WholeList<T>> => {
  const first = await attempt(list, false);
  const best = first.hasMoved ? await attempt(list, true) : first;
  const rows = new Map(best.slots.flatMap((slot) => (isGap(slot) ? [] : [[slot.id, slot] as const])));
  const invalid = countOf(best.slots, 'UNREADABLE');
  const missing = () => Math.max(0, best.total - rows.size - invalid);
  for (const way of list.ways) {
    if (missing() === 0) break;
    for await (const found of way({
      known: rows,
      get missing() {
        return missing();
      },
    })) {
      for (const row of found) if (row && !rows.has(row.id)) rows.set(row.id, row);
      if (missing() === 0) break;
    }
  }
  return { rows: [...rows.values()], invalid, missing: missing() };
};

type Attempt<T> = MendedStrip<T> & { readonly total: number };

const attempt = async <T extends { readonly id: string }>(calls: ListCalls<T>, again: boolean): Promise<Attempt<T>> => {
  const pages = await everyPage(calls, again);
  const total = Math.max(...pages.map((page) => page.total));
  const slots = pages.flatMap((page, index) => slotsOf(page, index, calls.pageSize));
  const isTorn = pages.some((page) => page.total !== total) || slots.length !== total;
  if (isTorn && !again) return { start: 0, slots: withoutRepeats(slots), total, hasMoved: true };
  return { ...(await mendStrip(calls, { start: 0, slots }, again)), total };
};

const everyPage = async <T>({ pageSize, read }: ListCalls<T>, again: boolean): Promise<readonly ListPage<T>[]> => {
  const head = await read(pageWindow(0, pageSize), again);
  const others = Math.max(0, Math.ceil(head.total / pageSize) - 1);
  return [
    head,
    ...(await Promise.all(Array.from({ length: others }, (_, i) => read(pageWindow(i + 1, pageSize), again)))),
  ];
};
