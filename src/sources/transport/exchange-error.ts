/** Lower-case names, as undici gives them. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * `notSent`: no connection; `network`: it broke; `timeout`: detail is `headers`, `body` or `call`; `tooLarge`: detail is the limit.
 */
export type ExchangeFailure = 'notSent' | 'network' | 'timeout' | 'tooLarge';

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

/** The first value of a header. */
export const headerOf = (headers: AnswerHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};
