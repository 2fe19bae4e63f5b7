import type { ScanopyVersion } from '../network-client.ts';

/** The newest release whose wire this client was written for. */
const NEWEST_KNOWN = '0.17.22';
/** The release people were promised; spoken while a server's version is unknown. */
export const TARGET_VERSION = '0.16.0';

const FIRST_OF_G2 = '0.16.0';
const FIRST_OF_G3 = '0.17.22';
const FIRST_WITH_LATE_PARAMETERS = '0.17.21';
const FIRST_WITH_NEIGHBORS_APART = '0.17.15';

const numbersOf = (version: string): readonly number[] | null => {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match ? match.slice(1).map(Number) : null;
};

/** Compares `a.b.c` by number, ignoring a leading `v` and anything after; an unreadable version counts as newer than all. */
const isAtLeast = (version: string, bound: string): boolean => {
  const left = numbersOf(version);
  const right = numbersOf(bound) ?? [];
  if (!left) return true;
  for (const [i, wanted] of right.entries()) {
    const found = left[i] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
};

/** A version newer than every known one, or unreadable, is read like the newest. */
export const readVersion = (serverVersion: string): ScanopyVersion => ({
  serverVersion,
  generation: isAtLeast(serverVersion, FIRST_OF_G3) ? 'G3' : isAtLeast(serverVersion, FIRST_OF_G2) ? 'G2' : 'G1',
  known: numbersOf(serverVersion) !== null && isAtLeast(NEWEST_KNOWN, serverVersion),
});

/** Whether `search`, `hidden`, `service_definitions` and list ordering of discoveries may be sent: older servers ignore them. */
export const hasLateParameters = (serverVersion: string): boolean =>
  isAtLeast(serverVersion, FIRST_WITH_LATE_PARAMETERS);

/** Whether interface rows no longer say what they are cabled to: from then on the topology of their network does. */
export const hasNeighborsApart = (serverVersion: string): boolean =>
  isAtLeast(serverVersion, FIRST_WITH_NEIGHBORS_APART);
