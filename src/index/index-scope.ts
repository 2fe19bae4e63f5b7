import { Ledger } from '#upstreams/transport/ledger.ts';
import type { Scope } from '#upstreams/transport/scope.ts';

/** Longest wait for leftover budget of one call of the index. */
const PATIENCE_MS = 10 * 60_000;

/** A scope that only leftover budget serves. */
export const indexScope = (source: string, signal: AbortSignal, bypassCache = false): Scope => ({
  operation: `index:${source}`,
  priority: 'index',
  deadlineAt: Date.now() + PATIENCE_MS,
  signal,
  bypassCache,
  ledger: new Ledger(),
});
