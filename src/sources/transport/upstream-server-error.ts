import { UpstreamError } from '#lib/gateway-error.ts';

/** The upstream answered with a 5xx. What it wrote in it is never shown. */
export class UpstreamServerError extends UpstreamError {
  readonly status: number;
  /** Asking again may help. */
  readonly transient: boolean;

  constructor(source: string, endpoint: string, status: number, transient: boolean) {
    super('UPSTREAM_UNAVAILABLE', source, `The source "${source}" failed on ${endpoint} with status ${status}.`, {
      endpoint,
    });
    this.name = 'UpstreamServerError';
    this.status = status;
    this.transient = transient;
  }
}
