import type { ErrorCode } from '#lib/gateway-error.ts';
import type { AnswerHeaders } from './answer.ts';
import type { Allowance, BudgetOptions } from './budget/allowance.ts';
import type { CacheStore } from './cache/cache-store.ts';
import type { SharedAnswers } from './cache/shared-answers.ts';
import type { Timeouts } from './call-timeouts.ts';
import type { Clock } from './clock.ts';
import type { FailureRules } from './http/read-answer.ts';
import type { BreakerOptions, RetryOptions } from './http/retry.ts';

export interface TransportOptions extends FailureRules {
  readonly source: string;
  /** Taken whole: scheme, host, port and path prefix. */
  readonly baseUrl: string;
  /** Sent with every request; holds the credential and is never logged. */
  readonly headers: Readonly<Record<string, string>>;
  /** Distinguishes this credential from others in the shared store; a hash, never the credential. */
  readonly fingerprint: string;
  /** Shared by the transports of the process. */
  readonly cache: CacheStore;
  readonly budget: BudgetOptions;
  /** Shared with other processes; by default the process has the whole allowance to itself. */
  readonly allowance?: Allowance;
  /** Shared with other processes; by default every answer is this process's own. */
  readonly answers?: SharedAnswers;
  /** Requests under way at once. Default 8. */
  readonly concurrency?: number;
  readonly timeouts?: Partial<Timeouts>;
  /** Longer answers are refused while they stream in. Default 16 MiB. */
  readonly maxResponseBytes?: number;
  readonly retry?: Partial<RetryOptions>;
  readonly breaker?: Partial<BreakerOptions>;
  /** Sees the decoded body and the headers of every 2xx before it is parsed. */
  readonly inspect?: (body: unknown, headers: AnswerHeaders) => void;
  readonly onEvent?: (event: TransportEvent) => void;
  readonly clock?: Clock;
}

export const DEFAULT_CONCURRENCY = 8;
export const DEFAULT_MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
export const DEFAULT_TIMEOUTS: Timeouts = { headersMs: 10_000, bodyMs: 5_000, callMs: 20_000 };
export const DEFAULT_RETRY: RetryOptions = { retries: 2, firstDelayMs: 200, longestDelayMs: 2_000 };
export const DEFAULT_BREAKER: BreakerOptions = { failures: 8, halfOpenAfterMs: 5_000 };

/** One request that was sent. */
export interface RequestEvent {
  readonly kind: 'request';
  readonly source: string;
  /** Path template; never an id. */
  readonly endpoint: string;
  readonly requestId: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly outcome: 'OK' | ErrorCode;
  readonly ms: number;
  readonly bytes: number;
  /** 0 for the first attempt; repeats after a 429 are not counted. */
  readonly retry: number;
}

/** One question answered without a request of its own. */
export interface CacheEvent {
  readonly kind: 'cache';
  readonly source: string;
  readonly endpoint: string;
  /** `shared` follows a `miss` that another process's answer served. */
  readonly outcome: 'hit' | 'stale' | 'join' | 'miss' | 'shared';
}

export type TransportEvent = RequestEvent | CacheEvent;
