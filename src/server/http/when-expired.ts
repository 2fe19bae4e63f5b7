import type { Viewer } from '../auth/viewer.ts';

/** The longest time that a timer can have. No connection is open for that long. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls `end` when the viewer's credential expires. @returns a function that cancels this. */
export const whenExpired = ({ expiresAt }: Viewer, end: () => void): (() => void) => {
  if (expiresAt === undefined) return () => {};
  const timer = setTimeout(end, Math.min(LONGEST_MS, Math.max(0, expiresAt - Date.now())));
  timer.unref();
  return () => clearTimeout(timer);
};
