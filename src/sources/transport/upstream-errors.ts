import { UpstreamError } from '#lib/gateway-error.ts';

/** The upstream refused this one request with a 4xx; a client gives 403 and 404 on an object their meaning (null). */
export class UpstreamStatusError extends UpstreamError {
  readonly status: number;

  constructor(source: string, endpoint: string, status: number) {
    const code = status === 403 ? 'UPSTREAM_FORBIDDEN' : 'UPSTREAM_INVALID_RESPONSE';
    super(code, source, `The source "${source}" refused ${endpoint} with status ${status}.`, { endpoint });
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
    const message = `The source "${source}" failed on ${endpoint} with status ${status}.`;
    super('UPSTREAM_UNAVAILABLE', source, message, { endpoint });
    this.name = 'UpstreamServerError';
    this.status = status;
    this.transient = transient;
  }
}

/** Why an upstream does not take the key; `unknown`: it does not say. */
export type KeyRefusal = 'unknown' | 'disabled' | 'expired' | 'otherKind';

const REASON: Readonly<Record<KeyRefusal, string>> = {
  unknown: '',
  disabled: ': the key is disabled',
  expired: ': the key has expired',
  otherKind: ': the key is of another kind than it takes',
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
    const message = `The source "${source}" answered ${endpoint} with a web page instead of JSON.`;
    super('UPSTREAM_INVALID_RESPONSE', source, message, { endpoint });
    this.name = 'NotHereError';
  }
}

/** True when the upstream has no such path: 404, or a web page in its place. */
export const isNotHere = (error: unknown): boolean =>
  error instanceof NotHereError || (error instanceof UpstreamStatusError && error.status === 404);

/** A stream of events brought nothing in time, not even a head or a comment: a proxy on the way may be holding it back. */
export class StreamSilentError extends UpstreamError {
  constructor(source: string, endpoint: string) {
    const message = `The source "${source}" sent nothing in time on the stream ${endpoint}.`;
    super('UPSTREAM_TIMEOUT', source, message, { endpoint });
    this.name = 'StreamSilentError';
  }
}

/**
 * `notSent`: no connection; `network`: it broke; `timeout`: detail is `headers`, `body` or `call`; `tooLarge`: detail is the limit.
 */
type ExchangeFailure = 'notSent' | 'network' | 'timeout' | 'tooLarge';

/** No whole answer came. */
export class ExchangeError extends Error {
  readonly failure: ExchangeFailure;
  /** A code or a phase; never text of the upstream's. */
  readonly detail: string;

  constructor(failure: ExchangeFailure, detail: string) {
    super(`${failure}: ${detail}`);
    this.name = 'ExchangeError';
    this.failure = failure;
    this.detail = detail;
  }
}

/** An {@link ExchangeError} as the error that callers see. */
export const asUpstreamError = (
  source: string,
  endpoint: string,
  { failure, detail }: ExchangeError,
): UpstreamError => {
  if (failure === 'tooLarge') return unusableAnswer(source, endpoint, `it is larger than ${detail}`);
  if (failure === 'timeout') {
    const message = `The source "${source}" took too long over ${endpoint} (${detail}).`;
    return new UpstreamError('UPSTREAM_TIMEOUT', source, message, { endpoint, phase: detail });
  }
  const message = `The source "${source}" could not be reached for ${endpoint}.`;
  return new UpstreamError('UPSTREAM_UNAVAILABLE', source, message, { endpoint });
};

/** The upstream answered, and what it sent cannot be used. @param what is wrong with it */
export const unusableAnswer = (source: string, endpoint: string, what: string): UpstreamError => {
  const message = `The source "${source}" gave an unusable answer to ${endpoint}: ${what}.`;
  return new UpstreamError('UPSTREAM_INVALID_RESPONSE', source, message, { endpoint });
};
