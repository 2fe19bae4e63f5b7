import type { AllowanceStatus, Outcome } from '#sources/transport/budget/allowance.ts';
import type { BudgetOptions } from '#sources/transport/budget/budget-options.ts';
import type { Script } from './redis-link.ts';

/** A rate limit as it is counted in Redis; what is counted locally is `RateRule`. */
export interface SharedRule {
  /**
   * One script for every deed, by its first argument: `take id share`, `settle id …`, `pause ms`, `rejoin`. Answers `[granted, waitMs,
   * settlingMs, born, …]`, the rest being for {@link read}; `born` tells a state from one that was forgotten and begun anew. All other times are distances, so clocks need not agree.
   */
  readonly script: Script;
  /** Whether a request is known by its id: one that may not have been granted can then be taken back without harm. */
  readonly namesRequests: boolean;
  /** The settings as the script takes them, after the deed. `part`: what those who share may spend (0…1]. */
  settings(part: number): readonly string[];
  /** What the script must know of an answer; null when nothing is to be changed. */
  settlement(outcome: Outcome, now: number): readonly string[] | null;
  read(reply: readonly number[], now: number, part: number): SharedView;
  /** Before anything was read. */
  readonly unread: SharedView;
  /** The allowance of one of `parts` that spend without seeing each other. */
  divided(parts: number, view: SharedView): BudgetOptions;
  /** Until when nobody must spend when Redis has forgotten what this view showed; null: what was spent no longer matters. */
  forgottenUntil(view: SharedView, now: number): number | null;
  /** Until when one that has just lost the others must not spend: what they had spent by then is not known. */
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
