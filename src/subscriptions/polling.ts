import { UpstreamError } from '#lib/gateway-error.ts';
import type { Clock } from '#sources/transport/clock.ts';
import { Ledger, type Scope } from '#sources/transport/scope.ts';

/** The intervals of a watcher, in milliseconds. */
export interface WatchPace {
  /** Between two polls while a scan or discovery is running. */
  readonly busyMs: number;
  /** Between two polls while none is. */
  readonly idleMs: number;
  /** Longest pause between two attempts at a source that fails. */
  readonly longestMs: number;
  readonly clock: Clock;
}

/** The longest pause as a multiple of the idle interval. */
const LONGEST_FACTOR = 2;

interface PollSeconds {
  readonly busyPollSeconds: number;
  readonly idlePollSeconds: number;
}

export const paceOf = (of: PollSeconds, clock: Clock): WatchPace => ({
  clock,
  busyMs: of.busyPollSeconds * 1000,
  idleMs: of.idlePollSeconds * 1000,
  longestMs: LONGEST_FACTOR * of.idlePollSeconds * 1000,
});

/** The pause after the `failures`-th failure in a row: as long as the source asked for, or else twice as long each time. */
export const pauseAfter = (error: unknown, failures: number, { busyMs, longestMs }: WatchPace): number => {
  const asked = error instanceof UpstreamError ? error.details.retryAfterSeconds : undefined;
  if (typeof asked === 'number') return Math.max(busyMs, asked * 1000);
  return Math.min(longestMs, busyMs * 2 ** Math.min(failures - 1, 10));
};

let polls = 0;

/**
 * The scope of one poll: with less priority than operations of users, and more than the index. It does not read from the cache but
 * refreshes it for others. Each poll is an operation of its own, so it never gets the answers of the poll before.
 */
export const watchScope = (operation: string, { clock, longestMs }: WatchPace, signal: AbortSignal): Scope => ({
  operation: `${operation}, poll ${++polls}`,
  priority: 'subscription',
  deadlineAt: clock.now() + longestMs,
  signal,
  bypassCache: true,
  ledger: new Ledger(),
});
