import type { ErrorCode } from '#lib/gateway-error.ts';

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
