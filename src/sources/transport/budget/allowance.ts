import type { AnswerHeaders } from '../exchange-error.ts';

/** Stands for one request from the moment it may be sent until the server's answer is known. */
export interface Ticket {
  readonly takenAt: number;
}

/**
 * What became of a request, as far as the server's counting goes. `uncounted`: never sent, or refused before it was counted;
 * `unknown`: it may have been counted.
 */
export type Outcome =
  | { readonly kind: 'answered'; readonly headers: AnswerHeaders; readonly receivedAt: number }
  | { readonly kind: 'uncounted' }
  | { readonly kind: 'unknown' };

export type Taken = { readonly ticket: Ticket } | { readonly ticket: null; readonly retryAt: number };

export interface AllowanceStatus {
  readonly limit: number;
  readonly windowSeconds: number;
  /** Requests that would be granted now to the most urgent work. */
  readonly remaining: number;
  /** Epoch milliseconds, null when nothing was used. */
  readonly resetAt: number | null;
}

/**
 * The requests one credential may make. Kept in the process, or in a store that several processes share. `share` is the part of
 * the allowance the asker must leave to more urgent work (0…1).
 */
export interface Allowance {
  take(share: number): Taken | Promise<Taken>;
  settle(ticket: Ticket, outcome: Outcome): void;
  /** The server said 429: nothing is granted before `until` (epoch milliseconds). */
  pause(until: number): void;
  /** Earliest moment at which `calls` requests could have been granted; optimistic, never asks. */
  forecast(calls: number, share: number): number;
  /** Requests that one full window or bucket grants to us. */
  readonly spendable: number;
  status(): AllowanceStatus;
}
