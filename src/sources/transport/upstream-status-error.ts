import { UpstreamError } from '#lib/gateway-error.ts';

/** The upstream refused this one request with a 4xx; a client gives 403 and 404 on an object their meaning (null). */
export class UpstreamStatusError extends UpstreamError {
  readonly status: number;

  constructor(source: string, endpoint: string, status: number) {
    super(
      status === 403 ? 'UPSTREAM_FORBIDDEN' : 'UPSTREAM_INVALID_RESPONSE',
      source,
      `The source "${source}" refused ${endpoint} with status ${status}.`,
      { endpoint },
    );
    this.name = 'UpstreamStatusError';
    this.status = status;
  }
}

/** Null for an object that is unknown (404) or hidden from the credential (403): the two must look alike. */
export const nullIfMissing = async <T>(answer: Promise<T>): Promise<T | null> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UpstreamStatusError && (error.status === 404 || error.status === 403)) return null;
    throw error;
  }
};
