import type { Viewer } from '../auth/viewer.ts';

/** Timers cannot be set further ahead; nothing is open for that long. */
const LONGEST_MS = 2 ** 31 - 1;

/** Ends what outlives a viewer's credential. @returns how to call it off. */
export const whenExpired = ({ expiresAt }: Viewer, end: () => void): (() => void) => {
  if (expiresAt === undefined) return () => {};
  const timer = setTimeout(end, Math.min(LONGEST_MS, Math.max(0, expiresAt - Date.now())));
  timer.unref();
  return () => clearTimeout(timer);
};
