/** Every `extensions.code` a client can meet. */
export const ERROR_CODES = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'COST_LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_UNAUTHORIZED',
  'UPSTREAM_FORBIDDEN',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_INVALID_RESPONSE',
  'HISTORY_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * The base class of all errors whose message and details may reach a client. Anything else is masked as
 * INTERNAL_SERVER_ERROR. Messages say what was expected and what came; they never hold a key, an upstream's own
 * 5xx text, or a path of this machine.
 */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  /** Further `extensions`, e.g. `source`, `retryAfterSeconds`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'GatewayError';
    this.code = code;
    this.details = details;
  }
}

/** The caller sent something the graph cannot accept; says what was expected. */
export class InputError extends GatewayError {
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super('BAD_USER_INPUT', message, details);
    this.name = 'InputError';
  }
}

type UpstreamErrorCode = Extract<ErrorCode, `UPSTREAM_${string}`>;

/** An upstream could not answer. Always names the source; `retryAfterSeconds` where waiting helps. */
export class UpstreamError extends GatewayError {
  declare readonly code: UpstreamErrorCode;
  readonly source: string;

  constructor(
    code: UpstreamErrorCode,
    source: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(code, message, { source, ...details }, options);
    this.name = 'UpstreamError';
    this.source = source;
  }
}

export const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
