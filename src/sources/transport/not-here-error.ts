import { UpstreamError } from '#lib/gateway-error.ts';
import { UpstreamStatusError } from './upstream-status-error.ts';

/** A page of HTML with status 200: a web app's or a proxy's answer to a path it does not know. */
export class NotHereError extends UpstreamError {
  constructor(source: string, endpoint: string) {
    super(
      'UPSTREAM_INVALID_RESPONSE',
      source,
      `The source "${source}" answered ${endpoint} with a web page instead of JSON.`,
      {
        endpoint,
      },
    );
    this.name = 'NotHereError';
  }
}

/** True when the upstream has no such path: 404, or a web page in its place. */
export const isNotHere = (error: unknown): boolean =>
  error instanceof NotHereError || (error instanceof UpstreamStatusError && error.status === 404);
