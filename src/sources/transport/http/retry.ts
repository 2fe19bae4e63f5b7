import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
} from 'cockatiel';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { Clock } from '../clock.ts';
import { UpstreamServerError } from '../upstream-errors.ts';

export interface RetryOptions {
  /** Further attempts after the first. */
  readonly retries: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export interface BreakerOptions {
  /** Failures in a row after which nothing is sent. */
  readonly failures: number;
  /** After this long one call is let through to see. */
  readonly halfOpenAfterMs: number;
}

/** GETs are safe to repeat: after a broken connection, a 502, 503, 504, or a 500 known to pass. Never after a timeout. */
const isRetryable = (error: unknown): boolean =>
  error instanceof UpstreamServerError ? error.transient : isUnreachable(error);

const isUnreachable = (error: unknown): boolean =>
  error instanceof UpstreamError && error.code === 'UPSTREAM_UNAVAILABLE';

/** Whether an error shows that the server fails, not only this request. */
const isOutage = (error: unknown): boolean =>
  isRetryable(error) || (error instanceof UpstreamError && error.code === 'UPSTREAM_TIMEOUT');

/** Runs `attempt` with exponential, jittered pauses between repeats, as long as `goOn` says so. */
export const createRetry =
  (options: RetryOptions) =>
  <T>(attempt: (retry: number) => Promise<T>, goOn: () => boolean): Promise<T> =>
    retry(
      handleWhen((error) => isRetryable(error) && !(error instanceof CircuitOpenError) && goOn()),
      {
        maxAttempts: options.retries,
        backoff: new ExponentialBackoff({ initialDelay: options.firstDelayMs, maxDelay: options.longestDelayMs }),
      },
    ).execute(({ attempt: number }) => attempt(number));

/** Nothing was sent: the source has failed too often just now. */
export class CircuitOpenError extends UpstreamError {
  constructor(source: string, retryAfterSeconds: number) {
    super('UPSTREAM_UNAVAILABLE', source, `The source "${source}" keeps failing and is left alone for a moment.`, {
      retryAfterSeconds,
    });
    this.name = 'CircuitOpenError';
  }
}

export interface Breaker {
  readonly state: 'closed' | 'halfOpen' | 'open';
  /** @throws CircuitOpenError, at no cost, while open. */
  check(): void;
  /** @throws CircuitOpenError instead of running `task` while open. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

export const createBreaker = (source: string, options: BreakerOptions, clock: Clock): Breaker => {
  const policy = circuitBreaker(handleWhen(isOutage), {
    // How long it stays open is up to `clock`, which the library does not take.
    halfOpenAfter: 0,
    breaker: new ConsecutiveBreaker(options.failures),
  });
  let openUntil = 0;
  policy.onBreak(() => {
    openUntil = clock.now() + options.halfOpenAfterMs;
  });
  const isOpen = () => policy.state === CircuitState.Open && clock.now() < openUntil;
  const refusal = () => new CircuitOpenError(source, Math.max(1, Math.ceil((openUntil - clock.now()) / 1000)));
  return {
    get state() {
      if (policy.state === CircuitState.Closed) return 'closed';
      return policy.state === CircuitState.Open ? 'open' : 'halfOpen';
    },
    check: () => {
      if (isOpen()) throw refusal();
    },
    run: async (task) => {
      if (isOpen()) throw refusal();
      try {
        return await policy.execute(task);
      } catch (error) {
        throw error instanceof BrokenCircuitError ? refusal() : error;
      }
    },
  };
};
