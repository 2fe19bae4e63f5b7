import { SIGHTING_FIELDS, type Snapshot } from '#inventory/snapshot/snapshot.ts';
import { inShortTurns } from '#lib/turns.ts';

/** When it was read, and what follows from comparing it with the reading before. */
const OF_THE_READING = new Set(['readAt', 'accountReadAt', 'findingsReadAt', 'changes']);

/**
 * Whether a reading holds the same as the one before, but for times and counts of sight. In short turns: there may be very many rows.
 */
export const isSameReading = async (former: Snapshot, now: Snapshot): Promise<boolean> => {
  const turn = inShortTurns();
  const parts = Object.entries(now).filter(([name]) => !OF_THE_READING.has(name));
  for (const [name, part] of parts) {
    const before: unknown = former[name as keyof Snapshot];
    if (!(part instanceof Map) || !(before instanceof Map)) {
      if (!isSame(before, part)) return false;
      continue;
    }
    if (before.size !== part.size) return false;
    for (const [key, row] of part) {
      if (!isSame(before.get(key), row)) return false;
      const pause = turn();
      if (pause) await pause;
    }
  }
  return true;
};

/** Of what JSON can hold. */
const isSame = (former: unknown, now: unknown): boolean => {
  if (former === now) return true;
  if (!isObject(former) || !isObject(now) || Array.isArray(former) !== Array.isArray(now)) return false;
  const names = Object.keys(now);
  return (
    names.length === Object.keys(former).length &&
    names.every((name) => SIGHTING_FIELDS.has(name) || isSame(former[name], now[name]))
  );
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
