import type { Fault } from '#demo/faults.ts';
import type { ErrorCode } from '#lib/gateway-error.ts';

export interface FaultCase {
  readonly name: string;
  /** What the demo server does to every request; null: nothing listens there any more. */
  readonly fault: Fault | null;
  /** What a client reads when nothing is cached. */
  readonly code: ErrorCode;
  /** Whether an older answer may stand in. A refusal is an answer: it may not. */
  readonly allowsStale: boolean;
  /** Ends only when time has passed: no answer, or one that says to come back later. */
  readonly takesTime: boolean;
  /** Takes much memory: not beside others. */
  readonly isHeavy: boolean;
}

const fails = (name: string, code: ErrorCode, fault: Fault | null): FaultCase => ({
  name,
  fault,
  code,
  allowsStale: code !== 'UPSTREAM_UNAUTHORIZED',
  takesTime: code === 'UPSTREAM_TIMEOUT' || code === 'UPSTREAM_RATE_LIMITED',
  isHeavy: fault?.kind === 'huge-body',
});

/** Every way in which an upstream fails, and what that is called. */
export const FAULT_CASES: readonly FaultCase[] = [
  fails('500', 'UPSTREAM_UNAVAILABLE', { kind: 'status-500' }),
  fails('500 of an exhausted pool', 'UPSTREAM_UNAVAILABLE', { kind: 'pool-exhausted', delayMs: 50 }),
  fails('503', 'UPSTREAM_UNAVAILABLE', { kind: 'status-503' }),
  fails('429', 'UPSTREAM_RATE_LIMITED', { kind: 'status-429', retryAfter: 1 }),
  fails('timeout before headers', 'UPSTREAM_TIMEOUT', { kind: 'timeout-before-headers' }),
  fails('stalled body', 'UPSTREAM_TIMEOUT', { kind: 'stalled-body' }),
  fails('slow drip', 'UPSTREAM_TIMEOUT', { kind: 'slow-drip', delayMs: 20 }),
  fails('reset connection', 'UPSTREAM_UNAVAILABLE', { kind: 'reset' }),
  fails('refused connection', 'UPSTREAM_UNAVAILABLE', null),
  fails('truncated JSON', 'UPSTREAM_INVALID_RESPONSE', { kind: 'truncated-json' }),
  fails('HTML with 200', 'UPSTREAM_INVALID_RESPONSE', { kind: 'html-200' }),
  fails('wrong shape', 'UPSTREAM_INVALID_RESPONSE', { kind: 'wrong-shape' }),
  fails('empty body', 'UPSTREAM_INVALID_RESPONSE', { kind: 'empty-body' }),
  fails('huge body', 'UPSTREAM_INVALID_RESPONSE', { kind: 'huge-body' }),
  fails('key revoked in flight', 'UPSTREAM_UNAUTHORIZED', { kind: 'unauthorized' }),
];
