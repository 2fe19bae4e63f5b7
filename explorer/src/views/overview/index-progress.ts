/** How much of a source was read at a moment of this page. */
export interface Reading {
  readonly atMs: number;
  readonly coverage: number;
}

/** Older readings say little about how fast it goes now. */
const WINDOW_MS = 120_000;
const LEAST_SPAN_MS = 5_000;

export const withReading = (readings: readonly Reading[], next: Reading): readonly Reading[] => {
  const last = readings.at(-1);
  // It began anew.
  if (last && next.coverage < last.coverage) return [next];
  return [...readings.filter(({ atMs }) => next.atMs - atMs <= WINDOW_MS), next];
};

/** Seconds until all is read, if it goes on as fast as between these readings; null while that is not known. */
export const secondsLeft = (readings: readonly Reading[]): number | null => {
  const [first] = readings;
  const last = readings.at(-1);
  if (!first || !last) return null;
  const spanMs = last.atMs - first.atMs;
  const gained = last.coverage - first.coverage;
  if (spanMs < LEAST_SPAN_MS || gained <= 0) return null;
  return Math.round(((1 - last.coverage) / gained) * (spanMs / 1000));
};
