import type { Ledger } from './ledger.ts';

/** Who is served first when the budget is short: left before right. */
export const PRIORITIES = ['interactive', 'subscription', 'index'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** On whose behalf an upstream call is made, and how long it may take. */
export interface Scope {
  /**
   * Names one run of one operation, e.g. by request id. Calls of different operations take turns, one that asks for much is held
   * back, and an answer that an operation has caused is fresh to it.
   */
  readonly operation: string;
  readonly priority: Priority;
  /** Epoch milliseconds after which waiting for an answer is pointless. */
  readonly deadlineAt: number;
  /** Aborts this caller's wait; work that others wait for goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Skip cached answers (they are still refreshed). */
  readonly bypassCache: boolean;
  readonly ledger: Ledger;
}
