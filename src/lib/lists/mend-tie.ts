import type { ListCalls } from './list-calls.ts';
import { countOf, isGap, type Slot, type Tie } from './strip.ts';
import { spans } from './windows.ts';

export interface MendedTie<T> {
  /** One for each place of the group. */
  readonly slots: readonly Slot<T>[];
  /** Whether one answer spanned the group: what is lost even so has moved. */
  readonly isSpanned: boolean;
}

/**
 * Puts the lost rows of a group into its lost places, in the order of their ids: whoever reads this group, from whichever side,
 * finds the same row at the same place.
 * @param slots without repeats
 */
export const mendTie = async <T extends { readonly id: string }>(
  calls: ListCalls<T>,
  { from, to }: Tie,
  slots: readonly Slot<T>[],
  again: boolean,
): Promise<MendedTie<T>> => {
  const known = new Map(slots.flatMap((slot) => (isGap(slot) ? [] : [[slot.id, slot] as const])));
  const [first] = known.values();
  if (countOf(slots, 'LOST') === 0 || !first) return { slots, isSpanned: false };
  const value = calls.tieOf(first);
  const unreadable = countOf(slots, 'UNREADABLE');
  for (const window of calls.windows(from, to)) {
    const { rows } = await calls.read(window, again);
    for (const row of rows) if (row && calls.tieOf(row) === value) known.set(row.id, row);
    if (spans(window, from, to)) {
      const left = Math.max(0, to - from - known.size);
      return { slots: filled(slots, known, Math.min(left, unreadableIn(rows))), isSpanned: true };
    }
    if (known.size + unreadable >= to - from) break;
  }
  return { slots: filled(slots, known, unreadable), isSpanned: false };
};

const unreadableIn = (rows: readonly unknown[]): number => rows.filter((row) => row === null).length;

/** Rows that have a place keep it; the others take the lost places first, then those whose row could not be read. */
const filled = <T extends { readonly id: string }>(
  slots: readonly Slot<T>[],
  known: ReadonlyMap<string, T>,
  unreadable: number,
): Slot<T>[] => {
  const placed = new Set(slots.flatMap((slot) => (isGap(slot) ? [] : [slot.id])));
  const found = [...known.values()]
    .filter(({ id }) => !placed.has(id))
    .toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  const lost = countOf(slots, 'LOST');
  const beyond = Math.max(0, found.length - lost);
  let taken = 0;
  let overwritten = 0;
  const mended = slots.map((slot): Slot<T> => {
    if (!isGap(slot)) return slot;
    if (slot === 'UNREADABLE' && overwritten >= beyond) return slot;
    if (slot === 'UNREADABLE') overwritten++;
    return found[taken++] ?? slot;
  });
  return withUnreadable(mended, unreadable);
};

/** Of the places left without a row, as many as rows could not be read are called so. */
const withUnreadable = <T>(slots: readonly Slot<T>[], unreadable: number): Slot<T>[] => {
  let left = unreadable;
  return slots.map((slot) => {
    if (!isGap(slot)) return slot;
    return left-- > 0 ? 'UNREADABLE' : 'LOST';
  });
};
