import type { ListPage } from '#lib/sliced-list.ts';

/** A place of a list whose row is not known: it came and could not be read, or it has not come at all. */
export type Gap = 'UNREADABLE' | 'LOST';
export type Slot<T> = T | Gap;

/** Consecutive places of a list, beginning at position `start`. */
export interface Strip<T> {
  readonly start: number;
  readonly slots: readonly Slot<T>[];
}

/** Positions of rows that share what the list is sorted by; `from` inclusive, `to` exclusive. */
export interface Tie {
  readonly from: number;
  readonly to: number;
}

export const isGap = (slot: Slot<unknown>): slot is Gap => slot === 'UNREADABLE' || slot === 'LOST';

/** The places of one page. An answer shorter than its page, though the list goes on, has lost the rest. */
export const slotsOf = <T>(page: ListPage<T>, index: number, pageSize: number): Slot<T>[] => {
  const places = Math.max(0, Math.min(pageSize, page.total - index * pageSize));
  const slots = page.rows.slice(0, pageSize).map((row): Slot<T> => row ?? 'UNREADABLE');
  const lost = Math.max(0, places - slots.length);
  return [...slots, ...Array.from({ length: lost }, (): Slot<T> => 'LOST')];
};

/** Every group of rows with an equal value that goes on beyond a page's end. Gaps beside a group may belong to it. */
export const tiesAcrossPages = <T>(
  { start, slots }: Strip<T>,
  tieOf: (row: T) => string,
  pageSize: number,
): readonly Tie[] => {
  const ties: Tie[] = [];
  let at = 0;
  while (at < slots.length) {
    const end = endOfTie(slots, at, tieOf);
    const from = start + startWithGaps(slots, at);
    const to = start + end;
    if (Math.floor(from / pageSize) < Math.floor((to - 1) / pageSize)) ties.push({ from, to });
    at = Math.max(at + 1, lastRowBefore(slots, end) + 1);
  }
  return ties;
};

/** Where the group that begins at `at` ends, gaps after it included. */
const endOfTie = <T>(slots: readonly Slot<T>[], at: number, tieOf: (row: T) => string): number => {
  let value: string | null = null;
  let end = at;
  for (; end < slots.length; end++) {
    const slot = slots[end] as Slot<T>;
    if (isGap(slot)) continue;
    value ??= tieOf(slot);
    if (tieOf(slot) !== value) break;
  }
  return end;
};

const startWithGaps = (slots: readonly Slot<unknown>[], at: number): number => {
  let start = at;
  while (start > 0 && isGap(slots[start - 1] as Slot<unknown>)) start--;
  return start;
};

const lastRowBefore = (slots: readonly Slot<unknown>[], end: number): number => {
  let last = end - 1;
  while (last >= 0 && isGap(slots[last] as Slot<unknown>)) last--;
  return last;
};

/** The same places; a row that stands in an earlier one already has pushed out another, which is lost. */
export const withoutRepeats = <T extends { readonly id: string }>(slots: readonly Slot<T>[]): Slot<T>[] => {
  const seen = new Set<string>();
  return slots.map((slot) => {
    if (isGap(slot)) return slot;
    if (seen.has(slot.id)) return 'LOST';
    seen.add(slot.id);
    return slot;
  });
};

export const countOf = (slots: readonly Slot<unknown>[], gap: Gap): number =>
  slots.filter((slot) => slot === gap).length;
