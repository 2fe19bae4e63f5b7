import { Agent, type Dispatcher, request } from 'undici';
import { readServerSentEvents } from '#lib/server-sent-events.ts';
import type { Outcome } from '../budget/allowance.ts';
import type { Budget } from '../budget/budget.ts';
import type { Scope } from '../scope.ts';
import { asExchangeError } from './exchange.ts';
import { ExchangeError, headerOf } from './exchange-error.ts';
import { NotHereError } from './not-here-error.ts';
import { asUpstreamError, readAnswer } from './read-answer.ts';
import { pauseOf } from './retry-after.ts';

/** A stream of server-sent events whose data is JSON. */
export interface StreamCall {
  readonly endpoint: string;
  readonly path: string;
}

export interface StreamParts {
  readonly source: string;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly budget: Budget;
  readonly headersMs: number;
}

/** A stream that stays silent for longer is dead: upstreams send a comment every 15 s. */
const SILENCE_MS = 40_000;

/** Apart from the process' global one, and never reusing a connection: a stream must not begin on one that just died. */
const connections = new Agent();

/** See {@link Transport.stream}. The connection is outside the pool, for it stays. */
export const openEventStream = async (
  parts: StreamParts,
  call: StreamCall,
  scope: Scope,
): Promise<AsyncIterable<unknown>> => {
  const { source, budget } = parts;
  const signal = scope.signal ?? new AbortController().signal;
  const urgency = { operation: scope.operation, priority: scope.priority, deadlineAt: scope.deadlineAt };
  const permit = await budget.acquire(urgency, signal);
  let outcome: Outcome = { kind: 'unknown' };
  try {
    scope.ledger.countRequest(source);
    const response = await connect(parts, call, signal);
    outcome = { kind: 'answered', headers: response.headers, receivedAt: Date.now() };
    if (isEventStream(response)) return jsonEvents(source, call, response.body);
    const { statusCode: status, headers } = response;
    const text = await response.body.text();
    if (status === 429) {
      budget.pause(pauseOf(headers));
      throw budget.lateError(urgency);
    }
    readAnswer(source, call.endpoint, { status, headers, text, bytes: 0, sentAt: 0, receivedAt: 0 }, () => true);
    throw new NotHereError(source, call.endpoint);
  } catch (error) {
    throw inOurWords(source, call, error);
  } finally {
    permit.settle(outcome);
  }
};

const connect = async (parts: StreamParts, call: StreamCall, signal: AbortSignal) => {
  try {
    return await request(`${parts.baseUrl.replace(/\/+$/, '')}${call.path}`, {
      headers: { ...parts.headers, accept: 'text/event-stream' },
      headersTimeout: parts.headersMs,
      bodyTimeout: SILENCE_MS,
      dispatcher: connections,
      reset: true,
      signal,
    });
  } catch (error) {
    throw asExchangeError(error);
  }
};

const isEventStream = ({ statusCode, headers }: Dispatcher.ResponseData): boolean =>
  statusCode === 200 && /^text\/event-stream\b/i.test(headerOf(headers, 'content-type') ?? '');

/** Events whose data is no JSON are left out. */
async function* jsonEvents(source: string, call: StreamCall, body: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  try {
    for await (const data of readServerSentEvents(body)) {
      const event = parsed(data);
      if (event !== undefined) yield event;
    }
  } catch (error) {
    throw inOurWords(source, call, asExchangeError(error));
  }
}

const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
};

const inOurWords = (source: string, { endpoint }: StreamCall, error: unknown): unknown =>
  error instanceof ExchangeError ? asUpstreamError(source, endpoint, error) : error;
