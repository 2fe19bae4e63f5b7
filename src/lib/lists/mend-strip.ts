import { type ListCalls, spans } from './list-calls.ts';
import { countOf, isGap, type Slot, type Strip, type Tie, tiesAcrossPages, withoutRepeats } from './strip.ts';

export interface MendedStrip<T> extends Strip<T> {
  /** Lost places that no group explains, or of a group that one answer has shown whole: pages moved between calls. */
  readonly hasMoved: boolean;
}

/** Mends every group that goes beyond a page's end and has lost rows: one call each, as long as one can span it. */
export const mendStrip = async <T extends { readonly id: string }>(
  calls: ListCalls<T>,
  strip: Strip<T>,
  again: boolean,
): Promise<MendedStrip<T>> => {
  const { start } = strip;
  const slots: Slot<T>[] = withoutRepeats(strip.slots);
  const lostIn = ({ from, to }: Tie) => countOf(slots.slice(from - start, to - start), 'LOST');
  const ties = tiesAcrossPages({ start, slots: strip.slots }, calls.tieOf, calls.pageSize).filter(lostIn);
  let unspanned = 0;
  const mend = async (tie: Tie): Promise<void> => {
    const mended = await mendTie(calls, tie, slots.slice(tie.from - start, tie.to - start), again);
    slots.splice(tie.from - start, tie.to - tie.from, ...mended.slots);
    if (!mended.isSpanned) unspanned += lostIn(tie);
  };
  await Promise.all(
    overlapping(ties).map(async (chain) => {
      for (const tie of chain) await mend(tie);
    }),
  );
  return { start, slots, hasMoved: countOf(slots, 'LOST') > unspanned };
};

/** Groups that share a gap between them are mended one after the other, or both would fill it. */
const overlapping = (ties: readonly Tie[]): Tie[][] => {
  const chains: Tie[][] = [];
  for (const tie of ties) {
    const last = chains.at(-1);
    if (last && tie.from < (last.at(-1)?.to ?? 0)) last.push(tie);
    else chains.push([tie]);
  }
  return chains;
};

interface MendedTie<T> {
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
const mendTie = async <T extends { readonly id: string }>(
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
