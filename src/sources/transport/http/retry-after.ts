import { readWindowHeaders } from '../budget/window-headers.ts';
import { type AnswerHeaders, headerOf } from '../exchange-error.ts';

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
