/** What of a 500 tells whether asking again may help. */
interface Failed {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly elapsedMs: number;
}

/** The server waits about two seconds for a database connection; input it cannot use fails within milliseconds. */
const POOL_WAIT_MS = 1_000;

const isDatabaseError = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'error' in body && body.error === 'DatabaseError';

/**
 * Whether a 500 may pass by itself. Final is only a database error that comes at once and after the limiter (it carries rate
 * headers): the server could not use an id. The same body, late or from before the limiter, is an exhausted pool.
 */
export const isTransientFailure = ({ body, headers, elapsedMs }: Failed): boolean =>
  !isDatabaseError(body) || elapsedMs >= POOL_WAIT_MS || headers['x-ratelimit-limit'] === undefined;
