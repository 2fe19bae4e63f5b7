import type { ExecutionResult } from 'graphql';
import { cutToFit } from '#lib/cut-to-fit.ts';
import type { ErrorCode } from '#lib/gateway-error.ts';

/** What a tool returns: the same object as text and as structured content. */
export interface ToolAnswer {
  readonly [member: string]: unknown;
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent: Record<string, unknown>;
  readonly isError?: boolean;
}

/** What whoever got an error can do now. */
const ADVICE: Readonly<Record<ErrorCode, string>> = {
  BAD_USER_INPUT: 'Correct the arguments as the message says.',
  UNAUTHENTICATED: 'Connect with a key that the gateway knows.',
  FORBIDDEN: 'This key may not do that; ask whoever runs the gateway.',
  COST_LIMIT_EXCEEDED: 'Ask for fewer items, a smaller depth or fewer nested fields.',
  RATE_LIMITED: 'Wait for retryAfterSeconds, then ask again.',
  UPSTREAM_RATE_LIMITED: 'Wait for retryAfterSeconds, then ask again: what was read until now is kept.',
  UPSTREAM_UNAUTHORIZED: 'The source refuses the gateway’s key: whoever runs the gateway must replace it.',
  UPSTREAM_FORBIDDEN: 'The gateway’s key may not read this at the source; the rest of the answer holds.',
  UPSTREAM_TIMEOUT: 'The source is slow; the rest of the answer holds. Ask again later.',
  UPSTREAM_UNAVAILABLE: 'The source is down; the rest of the answer holds. Ask again later.',
  UPSTREAM_INVALID_RESPONSE: 'The source answered what cannot be read; the rest of the answer holds.',
  HISTORY_UNAVAILABLE: 'What was cannot be read now, or is not kept; ask what is so now.',
  INTERNAL_SERVER_ERROR: 'Tell whoever runs the gateway the errorId.',
};

const INDEX_ADVICE =
  'The index is still being read: inventory://sources says how far. What is here holds; ask again later for the rest.';

/** @returns the result of an operation as the answer of a tool; an error only where there is no data at all. */
export const operationAnswer = ({ data, errors, extensions }: ExecutionResult, maxBytes: number): ToolAnswer => {
  const problems = errors?.map(({ message, path, extensions: details }) => ({
    message,
    ...(path && { path: path.join('.') }),
    ...details,
    ...adviceFor(details?.code, details?.reason),
  }));
  const isEmpty = !data || (problems && Object.values(data).every((value) => value === null));
  const rest = { ...(problems && { errors: problems }), ...costOf(extensions) };
  if (isEmpty) return answer(rest, true);
  return answer(cutToFit(data, rest, maxBytes));
};

export const errorAnswer = (code: ErrorCode, message: string): ToolAnswer =>
  answer({ errors: [{ code, message, ...adviceFor(code) }] }, true);

export const answer = (content: Record<string, unknown>, isError = false): ToolAnswer => ({
  content: [{ type: 'text', text: JSON.stringify(content) }],
  structuredContent: content,
  ...(isError && { isError }),
});

const adviceFor = (code: unknown, reason?: unknown) => {
  if (reason === 'INDEX_INCOMPLETE') return { advice: INDEX_ADVICE };
  if (reason === 'NOT_READ_YET') return { advice: 'Ask about a moment from `earliest` on, where that is said.' };
  const advice = typeof code === 'string' && Object.hasOwn(ADVICE, code) ? ADVICE[code as ErrorCode] : undefined;
  return { advice: advice ?? ADVICE.BAD_USER_INPUT };
};

/** Only what says something: what was asked of sources, and how old the oldest part is. */
const costOf = (extensions: ExecutionResult['extensions']) => {
  const { requests, oldestStaleSeconds } = (extensions?.cost ?? {}) as {
    readonly requests?: Readonly<Record<string, number>>;
    readonly oldestStaleSeconds?: number;
  };
  return {
    ...(requests && Object.keys(requests).length > 0 && { upstreamRequests: requests }),
    ...(oldestStaleSeconds && { oldestStaleSeconds }),
  };
};
