import type { ExecutionResult } from 'graphql';
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

/** The longest beginning of every list with which the whole is not larger than `maxBytes`, and a notice where something was cut. */
const cutToFit = (data: unknown, rest: Record<string, unknown>, maxBytes: number): Record<string, unknown> => {
  const whole = { data: shortened(data, Number.POSITIVE_INFINITY), ...rest };
  if (sizeOf(whole) <= maxBytes) return whole;
  const cutAt = (items: number) => {
    const cut: string[] = [];
    const shown = shortened(data, items, '', cut);
    const named = [...new Set(cut)].slice(0, NAMED_LISTS).join(', ');
    return {
      notice: `Cut to ${maxBytes} bytes: lists show their first ${items} items (${named}). Ask for less, or narrow it by arguments.`,
      data: shown,
      ...rest,
    };
  };
  let fits = 0;
  for (let low = 0, high = longestList(data); low <= high; ) {
    const middle = (low + high) >> 1;
    if (sizeOf(cutAt(middle)) <= maxBytes) [fits, low] = [middle, middle + 1];
    else high = middle - 1;
  }
  const cut = cutAt(fits);
  if (sizeOf(cut) <= maxBytes) return cut;
  return {
    notice: `Left out: the answer is larger than ${maxBytes} bytes even with empty lists. Ask for fewer fields.`,
    ...rest,
  };
};

const NAMED_LISTS = 10;

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Without members that are null, which say as little as members that are missing, and with at most so many items of every list. */
const shortened = (value: unknown, items: number, path = '', cut: string[] = []): unknown => {
  if (Array.isArray(value)) {
    if (value.length > items) cut.push(path);
    return value.slice(0, items).map((item) => shortened(item, items, path, cut));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, shortened(member, items, path ? `${path}.${name}` : name, cut)]),
  );
};

const longestList = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const within = Math.max(0, ...Object.values(value).map(longestList));
  return Array.isArray(value) ? Math.max(value.length, within) : within;
};
