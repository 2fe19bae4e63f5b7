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

/** Why an upstream does not take the key; `unknown`: it does not say. */
export type KeyRefusal = 'unknown' | 'disabled' | 'expired';

const REASON: Readonly<Record<KeyRefusal, string>> = {
  unknown: '',
  disabled: ': the key is disabled',
  expired: ': the key has expired',
};

/** The upstream refuses whatever is asked with this key, so that asking goes on only now and then. */
export class KeyRefusedError extends UpstreamError {
  readonly refusal: KeyRefusal;

  constructor(source: string, refusal: KeyRefusal, retryAfterSeconds?: number) {
    const message = `The source "${source}" refused its credential${REASON[refusal]}.`;
    super('UPSTREAM_UNAUTHORIZED', source, message, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
    this.name = 'KeyRefusedError';
    this.refusal = refusal;
  }
}

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

/** A stream of events brought nothing in time, not even a head or a comment: a proxy on the way may be holding it back. */
export class StreamSilentError extends UpstreamError {
  constructor(source: string, endpoint: string) {
    super('UPSTREAM_TIMEOUT', source, `The source "${source}" sent nothing in time on the stream ${endpoint}.`, {
      endpoint,
    });
    this.name = 'StreamSilentError';
  }
}
