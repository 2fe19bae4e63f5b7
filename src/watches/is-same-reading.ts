import { isDeepStrictEqual } from 'node:util';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { inShortTurns } from '#lib/turns.ts';

/** When it was read, and what follows from comparing it with the reading before. */
const OF_THE_READING = new Set(['readAt', 'accountReadAt', 'findingsReadAt', 'changes']);

/** Whether a reading holds the same as the one before, in short turns: there may be very many rows. */
export const isSameReading = async (former: Snapshot, now: Snapshot): Promise<boolean> => {
  if (former === now) return true;
  const turn = inShortTurns();
  const parts = Object.entries(now).filter(([name]) => !OF_THE_READING.has(name));
  for (const [name, part] of parts) {
    const before: unknown = former[name as keyof Snapshot];
    if (!(part instanceof Map) || !(before instanceof Map)) {
      if (!isDeepStrictEqual(before, part)) return false;
      continue;
    }
    if (before.size !== part.size) return false;
    for (const [key, row] of part) {
      const known = before.get(key);
      if (known !== row && !isDeepStrictEqual(known, row)) return false;
      const pause = turn();
      if (pause) await pause;
    }
  }
  return true;
};
