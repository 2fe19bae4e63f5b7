import type { AllowanceStatus, Outcome, Taken, Ticket } from './allowance.ts';

/** How a server counts, mirrored on the careful side. Knows no timer: every method is told the time (epoch milliseconds). */
export interface RateRule {
  readonly spendable: number;
  take(now: number, share: number): Taken;
  settle(ticket: Ticket, outcome: Outcome, now: number): void;
  /** The server has just refused for want of allowance. */
  refused(now: number): void;
  forecast(now: number, calls: number, share: number): number;
  status(now: number): AllowanceStatus;
}
