import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '#lib/gateway-error.ts';

/** How often a watcher looks, in milliseconds. */
export interface WatchPace {
  /** While something moves. */
  readonly busyMs: number;
  /** While nothing does. */
  readonly idleMs: number;
  /** Longest pause between two attempts at a source that fails. */
  readonly longestMs: number;
}

/** Two polls of two calls a minute and idle source; an eighth of a ScanOrbit organization's allowance while a scan runs. */
export const DEFAULT_PACE: WatchPace = { busyMs: 10_000, idleMs: 30_000, longestMs: 60_000 };

/** Waits; ends early, without an error, when `signal` aborts. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await delay(ms, undefined, { signal, ref: false }).catch(() => {});
};

/** How long to leave a source alone after its `failures`-th failure in a row: what it asked for, or twice as long each time. */
export const pauseAfter = (error: unknown, failures: number, { busyMs, longestMs }: WatchPace): number => {
  const asked = error instanceof UpstreamError ? error.details.retryAfterSeconds : undefined;
  if (typeof asked === 'number') return Math.max(busyMs, asked * 1000);
  return Math.min(longestMs, busyMs * 2 ** Math.min(failures - 1, 10));
};
