import { Ledger } from '#upstreams/transport/ledger.ts';
import type { Scope } from '#upstreams/transport/scope.ts';

/** On whose behalf a watcher asks: after people, before the index. Always asks, and so refreshes what others read from the cache. */
export const watchScope = (operation: string, waitMs: number, signal: AbortSignal): Scope => ({
  operation,
  priority: 'subscription',
  deadlineAt: Date.now() + waitMs,
  signal,
  bypassCache: true,
  ledger: new Ledger(),
});
