import { type Answer, type AnswerHeaders, headerOf } from '../answer.ts';
import {
  type KeyRefusal,
  KeyRefusedError,
  NotHereError,
  UpstreamServerError,
  UpstreamStatusError,
  unusableAnswer,
} from '../upstream-errors.ts';
import { parseLongJson } from './parse-long-json.ts';

/** A 4xx or 5xx to judge. `body` is decoded JSON where it is JSON, else the text. */
export interface FailedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: AnswerHeaders;
  readonly elapsedMs: number;
}

/** What an upstream means by an answer that is none. */
export interface FailureRules {
  /** Whether a 5xx other than 502, 503 and 504 may pass by itself. Default: it does not. */
  readonly isTransient?: (failed: FailedAnswer) => boolean;
  /** Why a 4xx other than 401 refuses the key, whatever was asked; null: it refuses this request only. Default: null. */
  readonly keyRefusal?: (failed: FailedAnswer) => KeyRefusal | null;
}

const ALWAYS_TRANSIENT = new Set([502, 503, 504]);

/**
 * The decoded JSON of a 2xx. Not for 429, which is the budget's business.
 * @throws UpstreamError of the kind the status or the body calls for.
 */
export const readAnswer = async (
  source: string,
  endpoint: string,
  answer: Answer,
  { isTransient = () => false, keyRefusal = () => null }: FailureRules,
): Promise<unknown> => {
  const { status } = answer;
  if (status >= 200 && status < 300) return decode(source, endpoint, answer);
  if (status >= 400 && status < 500) {
    const refusal = status === 401 ? 'unknown' : keyRefusal(asFailed(answer));
    throw refusal ? new KeyRefusedError(source, refusal) : new UpstreamStatusError(source, endpoint, status);
  }
  if (status >= 500) {
    const transient = ALWAYS_TRANSIENT.has(status) || isTransient(asFailed(answer));
    throw new UpstreamServerError(source, endpoint, status, transient);
  }
  throw unusableAnswer(source, endpoint, `a JSON answer was expected, status ${status} came`);
};

const decode = async (source: string, endpoint: string, answer: Answer): Promise<unknown> => {
  const type = headerOf(answer.headers, 'content-type');
  if (type && /\bhtml\b/i.test(type)) throw new NotHereError(source, endpoint);
  if (type && !/\bjson\b/i.test(type))
    throw unusableAnswer(source, endpoint, 'JSON was expected, another content type came');
  if (answer.text === '') throw unusableAnswer(source, endpoint, 'JSON was expected, an empty body came');
  try {
    return await parseLongJson(answer.text);
  } catch {
    throw unusableAnswer(source, endpoint, 'JSON was expected, the body is not JSON');
  }
};

const asFailed = ({ status, headers, text, sentAt, receivedAt }: Answer): FailedAnswer => {
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the text itself is what there is to judge.
  }
  return { status, body, headers, elapsedMs: receivedAt - sentAt };
};
