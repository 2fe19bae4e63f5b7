import type { Scope } from './scope.ts';

/** One GET of an upstream: everything that is sent, how to read the answer, and how long the answer may be reused. */
export interface UpstreamCall<T> {
  /** Path template for budgets, logs and metrics, e.g. `/resources/{id}`; never holds an id. */
  readonly endpoint: string;
  /** Path relative to the source's base URL, each segment percent-encoded. */
  readonly path: string;
  /** Sent in this order; a key may repeat. */
  readonly query?: readonly (readonly [key: string, value: string])[];
  /**
   * Turns the decoded JSON into our model. Runs once per upstream answer; the value is shared between callers, so it must not
   * be changed afterwards.
   * @throws UpstreamError with UPSTREAM_INVALID_RESPONSE when the shape cannot be understood.
   */
  readonly parse: (body: unknown) => T;
  readonly freshness: Freshness;
}

export interface Freshness {
  /** Served without asking for this long. */
  readonly freshMs: number;
  /** Served, marked as stale, for this much longer when asking fails or must wait. */
  readonly staleMs: number;
  /**
   * Version of the data behind the answer, where the upstream has one: an answer stays fresh only while it is unchanged.
   * May itself cost a (cached) call. `null`: unknown, time alone decides.
   */
  readonly version?: (scope: Scope) => Promise<string | null>;
}

export interface BudgetStatus {
  readonly limit: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  readonly queued: number;
  /** RFC 3339, null when nothing was used. */
  readonly resetAt: string | null;
}

export type SourceHealth = 'OK' | 'DEGRADED' | 'UNAVAILABLE' | 'UNAUTHORIZED' | 'UNKNOWN';

export interface TransportStatus {
  readonly health: SourceHealth;
  readonly lastError: string | null;
  readonly budget: BudgetStatus;
}

/**
 * The only way to an upstream: cache, single-flight, budget, retry, breaker and connection pool of one source and credential.
 */
export interface Transport {
  readonly source: string;
  /**
   * Answers from cache, joins a call in flight, or queues for budget and asks.
   * @throws UpstreamError; {@link UpstreamStatusError} for a 4xx other than 401 and 429.
   */
  request<T>(call: UpstreamCall<T>, scope: Scope): Promise<T>;
  /** A fresh cached answer, without asking and without waiting. */
  peek<T>(call: UpstreamCall<T>): T | undefined;
  status(): TransportStatus;
  close(): Promise<void>;
}
