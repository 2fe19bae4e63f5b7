import type { AllowanceStatus, BudgetOptions, Outcome } from '#sources/transport/budget/allowance.ts';
import type { Script } from './redis-link.ts';

/** A kind of rate limit (window or bucket) as it is counted in Redis. Its counterpart within one process is `RateRule`. */
export interface SharedRule {
  /**
   * One script for all commands. The first argument is the command: `take id share`, `settle id …`, `pause ms` or `rejoin`. It returns
   * `[granted, waitMs, settlingMs, born, …]`, of which the rest is for {@link read}. `born` is when the state was created, by the clock
   * of Redis; it shows whether Redis has lost the state in between. All other times are durations, so that the clocks of processes and
   * of Redis need not agree.
   */
  readonly script: Script;
  /** Whether requests are counted by id. Then a request that may or may not have been granted can be taken back without harm. */
  readonly namesRequests: boolean;
  /** The arguments of the script after the command. `part` is the fraction of the budget for all live replicas (0…1]. */
  settings(part: number): readonly string[];
  /** The arguments of the command `settle` for an outcome; null when the outcome changes nothing. */
  settlement(outcome: Outcome, now: number): readonly string[] | null;
  read(reply: readonly number[], now: number, part: number): SharedView;
  /** The view before anything was read. */
  readonly unread: SharedView;
  /** The budget of one of `parts` processes that cannot count together. */
  divided(parts: number, view: SharedView): BudgetOptions;
  /** Until when no process must send anything after Redis has lost the state of this view; null: what was sent no longer matters. */
  lostUntil(view: SharedView, now: number): number | null;
  /** Until when a process that has lost Redis must not send anything: it does not know what the others have sent. */
  quietUntil(view: SharedView, aloneSince: number): number;
}

/** The shared state as last read. */
export interface SharedView {
  readonly spendable: number;
  /** Epoch milliseconds of this process's clock; null when no window is known. */
  readonly endsAt: number | null;
  readonly limit: number;
  forecast(now: number, calls: number, share: number): number;
  status(now: number): AllowanceStatus;
}
