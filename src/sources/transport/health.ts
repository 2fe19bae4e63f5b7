import { UpstreamError } from '#lib/gateway-error.ts';
import { CircuitOpenError } from './http/retry.ts';
import type { SourceHealth } from './transport.ts';
import { UpstreamServerError, UpstreamStatusError } from './upstream-errors.ts';

/** The health of a source, judged by its last answers. */
export class Health {
  #state: SourceHealth = 'UNKNOWN';
  lastError: string | null = null;

  get state(): SourceHealth {
    return this.#state;
  }

  /** @param needsKey false for what is answered to anybody: a refused key is no better for it. */
  succeeded(needsKey = true): void {
    if (!needsKey && this.#state === 'UNAUTHORIZED') return;
    this.#state = 'OK';
    this.lastError = null;
  }

  /**
   * A refusal of one request shows a server in good order, unless it refuses the credential altogether. An open circuit is no news:
   * what opened it stays the last error.
   */
  failed(error: unknown): void {
    if (error instanceof CircuitOpenError) return;
    if (error instanceof UpstreamStatusError) this.succeeded();
    else if (error instanceof UpstreamError && error.code !== 'UPSTREAM_RATE_LIMITED') {
      this.lastError = error.message;
      this.#state = stateAfter(error);
    }
  }
}

const stateAfter = (error: UpstreamError): SourceHealth => {
  if (error.code === 'UPSTREAM_UNAUTHORIZED') return 'UNAUTHORIZED';
  return error.code === 'UPSTREAM_UNAVAILABLE' && !(error instanceof UpstreamServerError) ? 'UNAVAILABLE' : 'DEGRADED';
};
