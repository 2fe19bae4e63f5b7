import type { BudgetStatus } from './budget/allowance.ts';
import type { Scope } from './scope.ts';
import type { StreamCall, UpstreamCall } from './upstream-call.ts';

/** Records seen in answers, each as fresh as the answer it came in. */
export interface RecordView<R> {
  /** Fresh as far as is known without asking. */
  peek(id: string): R | undefined;
  /** The fresh ones among `ids`; may ask for the version of the data. Empty when the scope bypasses the cache. */
  find(ids: readonly string[], scope: Scope): Promise<ReadonlyMap<string, R>>;
  /** The upstream has no such record any more. */
  forget(id: string): void;
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
  /** Another one after every answer and failure of the upstream: while it stays, fresh answers are the same. */
  revision(): number;
  status(): TransportStatus;
  close(): Promise<void>;
}
