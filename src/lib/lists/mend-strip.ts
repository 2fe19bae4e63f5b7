import type { ListCalls } from './list-calls.ts';
import { mendTie } from './mend-tie.ts';
import { countOf, type Slot, type Strip, type Tie, tiesAcrossPages, withoutRepeats } from './strip.ts';

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
