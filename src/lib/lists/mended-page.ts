import type { ListPage } from '#lib/sliced-list.ts';
import { type ListCalls, pageWindow, type Window } from './list-calls.ts';
import { type MendedStrip, mendStrip } from './mend-strip.ts';
import { countOf, isGap, type Slot, type Strip, slotsOf, tiesAcrossPages } from './strip.ts';

/** Pages looked at to find both ends of one group. */
const MOST_PAGES = 12;

/**
 * One page, with the rows that its boundary with the page before has lost. What it holds depends on the group at that boundary
 * and on nothing else, so that walks in either direction and jumps agree, and show each row once. Costs the page before, where
 * nobody has read it, and nothing else while no row is lost.
 */
export const mendedPage = async <T extends { readonly id: string }>(
  calls: ListCalls<T>,
  index: number,
): Promise<ListPage<T>> => {
  const page = await calls.read(pageWindow(index, calls.pageSize), false);
  if (index * calls.pageSize >= page.total) return page;
  const made = madeFrom.get(page);
  if (made?.index === index && made.pageSize === calls.pageSize && (await isAsRead(calls, made.reads)))
    return made.mended as ListPage<T>;
  const reads: Read[] = [];
  const mended = await mend(recorded(calls, reads), index, page);
  if (!reads.some(({ again }) => again)) madeFrom.set(page, { index, pageSize: calls.pageSize, reads, mended });
  return mended;
};

interface Read {
  readonly window: Window;
  readonly again: boolean;
  readonly answer: ListPage<unknown>;
}

interface Mended {
  readonly index: number;
  readonly pageSize: number;
  /** Everything else that was looked at: as long as these answers are the same ones, so is what was made of them. */
  readonly reads: readonly Read[];
  readonly mended: ListPage<unknown>;
}

/** Answers are shared between requests and never changed: most pages are mended once, however often they are shown. */
const madeFrom = new WeakMap<ListPage<unknown>, Mended>();

const recorded = <T>(calls: ListCalls<T>, reads: Read[]): ListCalls<T> => ({
  ...calls,
  read: async (window, again) => {
    const answer = await calls.read(window, again);
    reads.push({ window, again, answer });
    return answer;
  },
});

const isAsRead = async <T>({ read }: ListCalls<T>, reads: readonly Read[]): Promise<boolean> => {
  for (const { window, answer } of reads) if ((await read(window, false)) !== answer) return false;
  return true;
};

const mend = async <T extends { readonly id: string }>(
  calls: ListCalls<T>,
  index: number,
  page: ListPage<T>,
): Promise<ListPage<T>> => {
  const first = await attempt(calls, index, page, false);
  if (!first.hasMoved) return pageIn(first, index, calls.pageSize, page.total);
  const anew = await calls.read(pageWindow(index, calls.pageSize), true);
  if (index * calls.pageSize >= anew.total) return anew;
  return pageIn(await attempt(calls, index, anew, true), index, calls.pageSize, anew.total);
};

const attempt = async <T extends { readonly id: string }>(
  calls: ListCalls<T>,
  index: number,
  page: ListPage<T>,
  again: boolean,
): Promise<MendedStrip<T>> => {
  const mended = await mendStrip(calls, await stripAround(calls, index, page, again), again);
  // The positions around it are judged when their own pages are read.
  const isOwnMoved = mended.hasMoved && countOf(slotsIn(mended, index, calls.pageSize), 'LOST') > 0;
  return { ...mended, hasMoved: isOwnMoved };
};

/** The page, the one before, and as many on either side as the group at their boundary goes on. */
const stripAround = async <T extends { readonly id: string }>(
  calls: ListCalls<T>,
  index: number,
  page: ListPage<T>,
  again: boolean,
): Promise<Strip<T>> => {
  const { pageSize, tieOf } = calls;
  const read = async (at: number) => slotsOf(await calls.read(pageWindow(at, pageSize), again), at, pageSize);
  let [from, to] = [index, index + 1];
  let slots = slotsOf(page, index, pageSize);
  const strip = (): Strip<T> => ({ start: from * pageSize, slots });
  if (index > 0) slots = [...(await read(--from)), ...slots];
  while (to - from < MOST_PAGES) {
    const boundary = index * pageSize;
    const tie = tiesAcrossPages(strip(), tieOf, pageSize).find((of) => of.from < boundary && boundary < of.to);
    if (tie && tie.from === from * pageSize && from > 0) slots = [...(await read(--from)), ...slots];
    else if (tie && tie.to === to * pageSize && to * pageSize < page.total) slots = [...slots, ...(await read(to++))];
    else break;
  }
  return strip();
};

const slotsIn = <T>({ start, slots }: Strip<T>, index: number, pageSize: number): readonly Slot<T>[] =>
  slots.slice(index * pageSize - start, (index + 1) * pageSize - start);

const pageIn = <T>(strip: Strip<T>, index: number, pageSize: number, total: number): ListPage<T> => {
  const slots = slotsIn(strip, index, pageSize);
  return {
    rows: slots.map((slot) => (isGap(slot) ? null : slot)),
    total,
    invalid: countOf(slots, 'UNREADABLE'),
    missing: countOf(slots, 'LOST'),
  };
};
