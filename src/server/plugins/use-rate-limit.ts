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

/** Of what a caller has left, so that other operations are not refused for those that are taken in advance. */
const SHARE = 0.1;

/** With more callers than this, those that have not called for longest are forgotten and start with a full bucket. */
const MAX_CALLERS = 50_000;

/**
 * A token bucket for each caller: full at first, refilled evenly over the window. With `former`, callers go on with what they had left
 * there. Kept in this process and written by hand: callers are limited in number here, so that invented credentials cannot fill the memory.
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
    const bucket = this.#filled(caller);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / this.#perMs / 1000));
    bucket.tokens -= 1;
    return null;
  }

  /** Takes a tenth of what the caller has left, and no more than `most`; what is not used is given back. @returns how many */
  takeSome(caller: string, most: number): number {
    const bucket = this.#filled(caller);
    const taken = Math.min(most, Math.floor(bucket.tokens * SHARE));
    bucket.tokens -= taken;
    return taken;
  }

  giveBack(caller: string, operations: number): void {
    const bucket = this.#filled(caller);
    bucket.tokens = Math.min(this.options.operations, bucket.tokens + operations);
  }

  get #perMs(): number {
    return this.options.operations / (this.options.windowSeconds * 1000);
  }

  #filled(caller: string): Bucket {
    const { operations } = this.options;
    const now = this.#now();
    const bucket = getOrMake<string, Bucket>(this.#buckets, caller, () => ({ tokens: operations, filledAt: now }));
    bucket.tokens = Math.min(operations, bucket.tokens + Math.max(0, now - bucket.filledAt) * this.#perMs);
    bucket.filledAt = now;
    return bucket;
  }
}
