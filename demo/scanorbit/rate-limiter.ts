export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** What one counted request finds. */
export interface RateVerdict {
  readonly limit: number;
  readonly allowed: boolean;
  readonly remaining: number;
  /** Unix seconds; up to half a second before the true end of the window. */
  readonly reset: number;
  /** What is left of the window, rounded: 0 in its last half second. */
  readonly secondsLeft: number;
}

/** A fixed window that opens with the first counted request; refused requests do not prolong it. */
export function createRateLimiter({ limit, windowMs }: RateLimit, clock: () => number): () => RateVerdict {
  let endsAt = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const now = clock();
    if (now >= endsAt) {
      endsAt = now + windowMs;
      count = 0;
    }
    count += 1;
    const secondsLeft = Math.round((endsAt - now) / 1_000);
    return {
      limit,
      allowed: count <= limit,
      remaining: Math.max(0, limit - count),
      reset: Math.ceil(now / 1_000 + secondsLeft),
      secondsLeft,
    };
  };
}

export function rateHeaders({ limit, remaining, reset }: RateVerdict): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  };
}

export function rateMessage({ limit, secondsLeft }: RateVerdict): string {
  const rule = `API rate limit exceeded. Maximum ${limit} requests per minute.`;
  if (secondsLeft <= 0) return rule;
  const wait = secondsLeft === 60 ? '1 minute' : secondsLeft === 1 ? '1 second' : `${secondsLeft} seconds`;
  return `${rule} Please try again in ${wait}.`;
}

const PREFIX = 'sk_live_';
const LENGTH = PREFIX.length + 64;

/** What is wrong with the key that was sent; null when nothing is. */
export function keyComplaint(sent: string | string[] | undefined, apiKey: string): string | null {
  if (typeof sent !== 'string' || sent === '') return 'Missing API key. Provide X-API-Key header.';
  if (!sent.startsWith(PREFIX) || sent.length !== LENGTH) return 'Invalid API key format';
  return sent === apiKey ? null : 'Invalid API key';
}
