import { Ledger } from '#sources/transport/ledger.ts';
import type { Scope } from '#sources/transport/scope.ts';
import type { WatchPace } from './pace.ts';

let looks = 0;

/**
 * On whose behalf a watcher asks: after people, before the index. Always asks, and so refreshes
 * what others read from the cache; every look is an operation of its own, which does not take its predecessor's answers.
 */
export const watchScope = (operation: string, { clock, longestMs }: WatchPace, signal: AbortSignal): Scope => ({
  operation: `${operation}, look ${++looks}`,
  priority: 'subscription',
  deadlineAt: clock.now() + longestMs,
  signal,
  bypassCache: true,
  ledger: new Ledger(),
});
