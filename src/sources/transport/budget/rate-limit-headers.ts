import { type AnswerHeaders, headerOf } from '../answer.ts';

/** A fixed window as `X-RateLimit-*` describe it. */
export interface WindowHeaders {
  readonly limit: number;
  readonly remaining: number;
  /** Unix seconds on the server's clock; rounded, equal to within a second or so for all answers of one window. */
  readonly reset: number;
  /** Milliseconds from the answer until the window has surely ended, or null when the server's clock is not known. */
  readonly endsInMs: number | null;
}

/** Reset comes from a rounded time to live. */
const RESET_EARLY_MS = 500;

/** @returns null unless all three are there and plausible. */
export const readWindowHeaders = (headers: AnswerHeaders): WindowHeaders | null => {
  const limit = count(headerOf(headers, 'x-ratelimit-limit'));
  const remaining = count(headerOf(headers, 'x-ratelimit-remaining'));
  const reset = count(headerOf(headers, 'x-ratelimit-reset'));
  if (limit === null || remaining === null || reset === null) return null;
  return { limit, remaining, reset, endsInMs: untilReset(headers, reset) };
};

/** `Date` is cut to whole seconds, so the true distance is at most this. Our own clock does not enter: it may be wrong. */
const untilReset = (headers: AnswerHeaders, reset: number): number | null => {
  const date = Date.parse(headerOf(headers, 'date') ?? '');
  return Number.isNaN(date) ? null : Math.max(0, reset * 1000 + RESET_EARLY_MS - date);
};

const count = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;

const DEFAULT_PAUSE_MS = 60_000;
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How long a 429 asks to wait: `Retry-After` (seconds or a date), else until `X-RateLimit-Reset`, else a minute; at least a second. */
export const pauseOf = (headers: AnswerHeaders): number => {
  const asked = retryAfterMs(headers) ?? readWindowHeaders(headers)?.endsInMs ?? DEFAULT_PAUSE_MS;
  return Math.min(Math.max(asked, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
};

const retryAfterMs = (headers: AnswerHeaders): number | null => {
  const text = headerOf(headers, 'retry-after')?.trim();
  if (!text) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const sent = Date.parse(headerOf(headers, 'date') ?? '');
  return at - (Number.isNaN(sent) ? Date.now() : sent);
};
