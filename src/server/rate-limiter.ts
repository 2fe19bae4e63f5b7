import { LRUCache } from 'lru-cache';

export interface RateOptions {
  readonly operations: number;
  readonly windowSeconds: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** More callers than this at once, and the ones heard of longest ago start afresh. */
const MAX_CALLERS = 50_000;

/** A bucket of operations for each caller: full at first, refilled evenly over the window. */
export class RateLimiter {
  readonly #options: RateOptions;
  readonly #now: () => number;
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_CALLERS });

  constructor(options: RateOptions, now: () => number = Date.now) {
    this.#options = options;
    this.#now = now;
  }

  /** Takes one operation. @returns null when there was one, else the seconds until there is. */
  take(caller: string): number | null {
    const { operations, windowSeconds } = this.#options;
    const perMs = operations / (windowSeconds * 1000);
    const now = this.#now();
    const { tokens, filledAt } = this.#buckets.get(caller) ?? { tokens: operations, filledAt: now };
    const filled = Math.min(operations, tokens + Math.max(0, now - filledAt) * perMs);
    const isGranted = filled >= 1;
    this.#buckets.set(caller, { tokens: isGranted ? filled - 1 : filled, filledAt: now });
    return isGranted ? null : Math.max(1, Math.ceil((1 - filled) / perMs / 1000));
  }
}
