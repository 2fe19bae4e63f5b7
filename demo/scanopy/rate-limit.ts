import type { WireVersion } from './wire-version.ts';

/** A token bucket: `burst` at once, `perSecond` for good. */
export interface BucketSize {
  readonly perSecond: number;
  readonly burst: number;
}

export interface RateDecision {
  readonly allowed: boolean;
  /** Until the next token, in seconds; fractional. */
  readonly waitSeconds: number;
}

export const USER_BUCKET: BucketSize = { perSecond: 5, burst: 150 };
/** Calls without a key or with a wrong one, together by client address. */
export const ANONYMOUS_BUCKET: BucketSize = { perSecond: 40 / 60, burst: 10 };

/** Buckets by name, each created full. `clock` gives milliseconds. */
export function createBuckets(clock: () => number): (name: string, size: BucketSize) => RateDecision {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (name, { perSecond, burst }) => {
    const now = clock();
    const bucket = buckets.get(name) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    const allowed = tokens >= 1;
    buckets.set(name, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return { allowed, waitSeconds: allowed ? 0 : (1 - tokens) / perSecond };
  };
}

/** Constants that look like measurements: what the headers say when a call passed. */
export function passedHeaders(wire: WireVersion): Record<string, string> {
  const limit = wire.has('constantRateHeaders') ? 100 : 300;
  return rateHeaders(limit, limit - 1, 60);
}

/** Old versions round the wait down, usually to 0; newer ones say at least 1. */
export function refusedHeaders(wire: WireVersion, waitSeconds: number): Record<string, string> {
  const wait = wire.has('roundsRetryAfterDown') ? Math.floor(waitSeconds) : Math.max(1, Math.ceil(waitSeconds));
  const limit = wire.has('constantRateHeaders') ? 100 : 300;
  return { ...rateHeaders(limit, 0, wait), 'retry-after': String(wait) };
}

const rateHeaders = (limit: number, remaining: number, reset: number): Record<string, string> => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(reset),
});
