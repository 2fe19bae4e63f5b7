import { type Clock, systemClock } from '#sources/transport/clock.ts';
import { Ledger } from '#sources/transport/ledger.ts';
import type { Scope } from '#sources/transport/scope.ts';

let looks = 0;

/**
 * On whose behalf a watcher asks: after people, before the index. Always asks, and so refreshes
 * what others read from the cache; every look is an operation of its own, which does not take its predecessor's answers.
 */
export const watchScope = (
  operation: string,
  waitMs: number,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Scope => ({
  operation: `${operation}, look ${++looks}`,
  priority: 'subscription',
  deadlineAt: clock.now() + waitMs,
  signal,
  bypassCache: true,
  ledger: new Ledger(),
});
