import type { IncomingMessage } from 'node:http';
import { changesSoFar } from '#lib/change-count.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { KeptAnswer } from '../answers/kept-answers.ts';
import { callerOf, type Viewer } from '../auth/viewer.ts';
import type { RateLimiter } from '../plugins/use-rate-limit.ts';
import { LEASE_HEADER, LEASE_MS, type LeaseReport, LONGEST_REPEATED, leaseText } from './lease.ts';

/** Without a rate limit, and at most with one. */
const MOST_OPERATIONS = 10_000;

/** A lease is reported within a moment of its end; of a thread that failed, none is. */
const LOST_AFTER_MS = 10_000;

interface Granted {
  readonly grantedAt: number;
  readonly caller: string;
  readonly limiter: RateLimiter | null;
  readonly operations: number;
}

/** What the main thread has allowed its answering threads to repeat. */
export class Leases {
  readonly #clock: Clock;
  readonly #observe: (seconds: number) => void;
  readonly #open = new Map<number, Granted>();
  #last = 0;

  /** @param observe called for each answer that a thread has given by itself */
  constructor(clock: Clock, observe: (seconds: number) => void) {
    this.#clock = clock;
    this.#observe = observe;
  }

  /**
   * A lease for a request that has just been answered with an answer that was kept; null where none was asked for, or nothing is left to
   * grant. To be called in the same turn in which the answer was found to hold.
   */
  grant(
    { headers }: IncomingMessage,
    { freshUntil, body }: Pick<KeptAnswer, 'freshUntil' | 'body'>,
    viewer: Viewer,
    limiter: RateLimiter | null,
  ): string | null {
    if (headers[LEASE_HEADER] === undefined || body.length > LONGEST_REPEATED) return null;
    const now = this.#clock.now();
    this.#endLost(now);
    const caller = callerOf(viewer);
    const operations = limiter ? limiter.takeSome(caller, MOST_OPERATIONS) : MOST_OPERATIONS;
    if (operations === 0) return null;
    const id = ++this.#last;
    this.#open.set(id, { grantedAt: now, caller, limiter, operations });
    const until =
      Date.now() + Math.min(freshUntil - now, LEASE_MS, (viewer.expiresAt ?? Number.POSITIVE_INFINITY) - now);
    return leaseText({ id, changes: changesSoFar(), until, operations });
  }

  /** Takes back what was not used. */
  end({ id, seconds }: LeaseReport): void {
    const granted = this.#open.get(id);
    if (!granted) return;
    this.#open.delete(id);
    granted.limiter?.giveBack(granted.caller, granted.operations - seconds.length);
    for (const one of seconds) this.#observe(one);
  }

  /** The oldest come first. */
  #endLost(now: number): void {
    for (const [id, { grantedAt }] of this.#open) {
      if (now - grantedAt < LOST_AFTER_MS) return;
      this.end({ id, seconds: [] });
    }
  }
}
