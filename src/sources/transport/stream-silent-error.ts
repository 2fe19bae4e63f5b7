import { UpstreamError } from '#lib/gateway-error.ts';

/** A stream of events brought nothing in time, not even a head or a comment: a proxy on the way may be holding it back. */
export class StreamSilentError extends UpstreamError {
  constructor(source: string, endpoint: string) {
    super('UPSTREAM_TIMEOUT', source, `The source "${source}" sent nothing in time on the stream ${endpoint}.`, {
      endpoint,
    });
    this.name = 'StreamSilentError';
  }
}
