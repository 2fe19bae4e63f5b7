import { UpstreamError } from '#lib/gateway-error.ts';
import type { Clock } from '#sources/transport/clock.ts';

/** How often a watcher looks, in milliseconds of its clock. */
export interface WatchPace {
  /** While something moves. */
  readonly busyMs: number;
  /** While nothing does. */
  readonly idleMs: number;
  /** Longest pause between two attempts at a source that fails. */
  readonly longestMs: number;
  readonly clock: Clock;
}

/** Longest pause, as a multiple of the idle one. */
const PATIENCE = 2;

interface PollSeconds {
  readonly busyPollSeconds: number;
  readonly idlePollSeconds: number;
}

export const paceOf = (of: PollSeconds, clock: Clock): WatchPace => ({
  clock,
  busyMs: of.busyPollSeconds * 1000,
  idleMs: of.idlePollSeconds * 1000,
  longestMs: PATIENCE * of.idlePollSeconds * 1000,
});

/** How long to leave a source alone after its `failures`-th failure in a row: what it asked for, or twice as long each time. */
export const pauseAfter = (error: unknown, failures: number, { busyMs, longestMs }: WatchPace): number => {
  const asked = error instanceof UpstreamError ? error.details.retryAfterSeconds : undefined;
  if (typeof asked === 'number') return Math.max(busyMs, asked * 1000);
  return Math.min(longestMs, busyMs * 2 ** Math.min(failures - 1, 10));
};
