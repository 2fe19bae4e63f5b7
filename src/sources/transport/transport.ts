import type { StreamCall } from './http/event-stream.ts';
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
  /** False for what is answered to anybody, so that an answer tells nothing of the key. Default true. */
  readonly needsKey?: boolean;
  /** Records of the answer that may answer later questions by id, through {@link Transport.records}. Runs once per answer. */
  readonly remember?: (value: T) => Iterable<RememberedRecord>;
}

export interface RememberedRecord {
  /** Names a kind of record within the source, e.g. `resource`. */
  readonly type: string;
  readonly id: string;
  readonly record: unknown;
}

/** Records seen in answers, each as fresh as the answer it came in. */
export interface RecordView<R> {
  /** Fresh as far as is known without asking. */
  peek(id: string): R | undefined;
  /** The fresh ones among `ids`; may ask for the version of the data. Empty when the scope bypasses the cache. */
  find(ids: readonly string[], scope: Scope): Promise<ReadonlyMap<string, R>>;
}

export interface Freshness {
  /** Served without asking for this long. */
  readonly freshMs: number;
  /** Served, marked as stale, for this much longer when asking fails or must wait. */
  readonly staleMs: number;
  /** For this much of `staleMs` the old answer is served at once, marked as stale, while a new one is fetched. Default 0. */
  readonly revalidateMs?: number;
  /**
   * Version of the data behind the answer, where the upstream has one: an answer stays fresh only while it is unchanged.
   * May itself cost a (cached) call. `null`: unknown, time alone decides.
   */
  readonly version?: (scope: Scope) => Promise<string | null>;
  /** The version as last learned, without asking; undefined when never learned. Used where `version` fails or must not ask. */
  readonly knownVersion?: () => string | null | undefined;
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

export type SourceHealth = 'OK' | 'DEGRADED' | 'UNAVAILABLE' | 'UNAUTHORIZED' | 'UNKNOWN';

export interface TransportStatus {
  readonly health: SourceHealth;
  readonly lastError: string | null;
  readonly budget: BudgetStatus;
  /** Answers 429 received so far: each one is a defect of our pacing, or another consumer's doing. */
  readonly rateLimitedByUpstream: number;
}

/**
 * The only way to an upstream: cache, single-flight, budget, retry, breaker and connection pool of one source and credential.
 */
export interface Transport {
  readonly source: string;
  /**
   * Answers from cache, joins a call in flight, or queues for budget and asks.
   * @throws UpstreamError; {@link UpstreamStatusError} for a 4xx other than 429 that does not refuse the key.
   */
  request<T>(call: UpstreamCall<T>, scope: Scope): Promise<T>;
  /** A fresh cached answer, without asking and without waiting. */
  peek<T>(call: UpstreamCall<T>): T | undefined;
  /**
   * Connects to a stream of server-sent events, which costs one request; resolves once the upstream has accepted. The stream ends
   * when the upstream hangs up, throws when it breaks, and is never connected again by itself.
   * @throws UpstreamError; {@link UpstreamStatusError} for a 4xx other than 429 that does not refuse the key.
   */
  stream(call: StreamCall, scope: Scope): Promise<AsyncIterable<unknown>>;
  /** `R` is what calls remember under `type`. */
  records<R>(type: string): RecordView<R>;
  status(): TransportStatus;
  close(): Promise<void>;
}
