import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { getOrMake } from '#lib/get-or-make.ts';
import { callerOf } from '../auth/viewer.ts';
import type { ServerContext } from '../operation-context.ts';

/** Refuses operations of a viewer who sends too many, before they are parsed. `refused` is called with the error code. */
export const useRateLimit = (limiter: RateLimiter | null, refused: (code: string) => void): Plugin => ({
  onParams: ({ context }) => {
    const { viewer, isBackground } = context as unknown as ServerContext;
    if (isBackground) return;
    const retryAfterSeconds = limiter?.take(callerOf(viewer)) ?? null;
    if (!limiter || retryAfterSeconds === null) return;
    const { operations, windowSeconds } = limiter.options;
    const code = 'RATE_LIMITED';
    refused(code);
    const message = `Expected at most ${operations} operations in ${windowSeconds} seconds; come back in ${retryAfterSeconds}.`;
    const http = { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } };
    throw new GraphQLError(message, { extensions: { code, retryAfterSeconds, http } });
  },
});

interface RateOptions {
  readonly operations: number;
  readonly windowSeconds: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** With more callers than this, those that have not called for longest are forgotten and start with a full bucket. */
const MAX_CALLERS = 50_000;

/**
 * A token bucket for each caller: full at first, refilled evenly over the window. With `former`, callers go on with what they had left there. Kept in this process and written by hand: callers are
 * limited in number here, so that invented credentials cannot fill the memory.
 */
export class RateLimiter {
  readonly options: RateOptions;
  readonly #now: () => number;
  readonly #buckets: LRUCache<string, Bucket>;

  constructor(options: RateOptions, now: () => number = Date.now, former?: RateLimiter) {
    this.options = options;
    this.#now = now;
    this.#buckets = former ? former.#buckets : new LRUCache<string, Bucket>({ max: MAX_CALLERS });
  }

  /** Takes one operation from the caller's bucket. @returns null if there was one, else the seconds until there is one. */
  take(caller: string): number | null {
    const { operations, windowSeconds } = this.options;
    const perMs = operations / (windowSeconds * 1000);
    const now = this.#now();
    const bucket = getOrMake<string, Bucket>(this.#buckets, caller, () => ({ tokens: operations, filledAt: now }));
    const filled = Math.min(operations, bucket.tokens + Math.max(0, now - bucket.filledAt) * perMs);
    const isGranted = filled >= 1;
    bucket.tokens = isGranted ? filled - 1 : filled;
    bucket.filledAt = now;
    return isGranted ? null : Math.max(1, Math.ceil((1 - filled) / perMs / 1000));
  }
}
