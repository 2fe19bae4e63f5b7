import { Ledger } from '#sources/transport/ledger.ts';
import type { Scope } from '#sources/transport/scope.ts';

/** The scope for requests by which the gateway checks its own sources. */
export const probeScope = (operation: string, timeoutMs: number): Scope => ({
  operation,
  priority: 'interactive',
  deadlineAt: Date.now() + timeoutMs,
  bypassCache: false,
  ledger: new Ledger(),
});
