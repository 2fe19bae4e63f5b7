import type { Scope } from '#sources/transport/scope.ts';
import { Ledger } from '#sources/transport/scope.ts';
import type { WatchPace } from './pace.ts';

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
