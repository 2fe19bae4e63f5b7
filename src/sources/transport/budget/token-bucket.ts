import type { AllowanceStatus, Outcome, RateRule, Taken, Ticket } from './allowance.ts';

export interface TokenBucketOptions {
  /** As the server refills. */
  readonly perSecond: number;
  /** As the server's bucket holds. */
  readonly burst: number;
  /** Share of both that is not ours (0…1). */
  readonly reserve: number;
}

/** Refill kept back: requests that leave evenly may arrive bunched. */
const JITTER_SECONDS = 1;
/** Tokens are fractions: what is short by this is rounding. */
const ROUNDING = 1e-6;

/**
 * A token bucket that stays below the server's: it fills more slowly and holds less, by the reserve and by a second of refill.
 * The server's headers are not read: they are constants.
 */
export class TokenBucket implements RateRule {
  readonly spendable: number;
  readonly #options: TokenBucketOptions;
  readonly #perMs: number;
  #tokens: number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(options: TokenBucketOptions) {
    this.#options = options;
    const share = 1 - options.reserve;
    this.#perMs = (options.perSecond * share) / 1000;
    this.spendable = Math.max(1, Math.floor(options.burst * share - options.perSecond * JITTER_SECONDS));
    this.#tokens = this.spendable;
  }

  take(now: number, share: number): Taken {
    this.#refill(now);
    const wanted = 1 + this.#floor(share);
    if (this.#tokens + ROUNDING < wanted) return { ticket: null, retryAt: now + this.#untilFilled(wanted) };
    this.#tokens -= 1;
    return { ticket: { takenAt: now } };
  }

  settle(_ticket: Ticket, outcome: Outcome): void {
    if (outcome.kind === 'uncounted') this.#tokens = Math.min(this.spendable, this.#tokens + 1);
  }

  /** Somebody else emptied the server's bucket: ours must not be fuller. */
  refused(now: number): void {
    this.#refill(now);
    this.#tokens = 0;
  }

  forecast(now: number, calls: number, share: number): number {
    this.#refill(now);
    return now + this.#untilFilled(calls + this.#floor(share));
  }

  status(now: number): AllowanceStatus {
    this.#refill(now);
    const { burst, perSecond } = this.#options;
    const used = this.spendable - this.#tokens;
    return {
      limit: burst,
      windowSeconds: burst / perSecond,
      remaining: Math.max(0, Math.floor(this.#tokens + ROUNDING)),
      resetAt: used < 1 ? null : now + this.#untilFilled(this.spendable),
    };
  }

  #refill(now: number): void {
    if (now > this.#at && this.#at > Number.NEGATIVE_INFINITY) {
      this.#tokens = Math.min(this.spendable, this.#tokens + (now - this.#at) * this.#perMs);
    }
    this.#at = Math.max(this.#at, now);
  }

  #floor(share: number): number {
    return Math.min(share * this.spendable, this.spendable - 1);
  }

  #untilFilled(wanted: number): number {
    return Math.max(0, Math.ceil((wanted - ROUNDING - this.#tokens) / this.#perMs));
  }
}
