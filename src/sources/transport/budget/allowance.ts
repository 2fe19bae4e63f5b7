import type { AnswerHeaders } from '../answer.ts';

/** The server's published allowance, not what is left of it for us: reserve and safety margins come off it here. */
export type RateLimit =
  | { readonly kind: 'fixedWindow'; readonly limit: number; readonly windowSeconds: number }
  | { readonly kind: 'tokenBucket'; readonly perSecond: number; readonly burst: number };

export interface BudgetOptions {
  readonly rate: RateLimit;
  /** Share left to the people who use the product's own UI. Default 0.1. */
  readonly reserve?: number;
  /** Calls that may wait at once. Default 1000. */
  readonly maxQueued?: number;
}

export const DEFAULT_RESERVE = 0.1;
export const DEFAULT_MAX_QUEUED = 1000;

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
 * the allowance that a caller must leave to more urgent work (0…1).
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

/** How a server counts, with a safety margin. It has no timer: every method is given the time (epoch milliseconds). */
export interface RateRule {
  readonly spendable: number;
  take(now: number, share: number): Taken;
  settle(ticket: Ticket, outcome: Outcome, now: number): void;
  /** The server has just refused for want of allowance. */
  refused(now: number): void;
  forecast(now: number, calls: number, share: number): number;
  status(now: number): AllowanceStatus;
}

export interface BudgetStatus {
  /** Requests the upstream grants per window, or holds in a full bucket. */
  readonly limit: number;
  /** Seconds in which the whole limit is granted anew. */
  readonly windowSeconds: number;
  /** What can be sent now, as far as is known: without the reserve, and nothing during a pause. */
  readonly remaining: number;
  readonly queued: number;
  /** RFC 3339, null when nothing was used. */
  readonly resetAt: string | null;
}
