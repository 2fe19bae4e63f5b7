import { Agent, type Dispatcher, request } from 'undici';
import { readServerSentEvents } from '#lib/server-sent-events.ts';
import { headerOf } from '../answer.ts';
import type { Outcome } from '../budget/allowance.ts';
import type { Budget } from '../budget/budget.ts';
import type { Urgency } from '../budget/priority-queue.ts';
import { pauseOf } from '../budget/rate-limit-headers.ts';
import { CallTimeouts } from '../call-timeouts.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import type { StreamCall } from '../upstream-call.ts';
import {
  asUpstreamError,
  ExchangeError,
  KeyRefusedError,
  NotHereError,
  StreamSilentError,
} from '../upstream-errors.ts';
import { asExchangeError } from './exchange.ts';
import type { KeyGuard } from './key-guard.ts';
import { type FailureRules, readAnswer } from './read-answer.ts';

export interface StreamParts extends FailureRules {
  readonly source: string;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly budget: Budget;
  readonly guard: KeyGuard;
  readonly headersMs: number;
  readonly clock: Clock;
}

/** Upstreams send a comment every 15 s: where nothing comes for longer, the stream is dead, or something on the way holds it back. */
const SILENCE_MS = 25_000;

/** Apart from the process' global one, and never reusing a connection: a stream must not begin on one that just died. */
const connections = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

/** See {@link Transport.stream}. The connection is outside the pool, for it stays. */
export const openEventStream = async (
  parts: StreamParts,
  call: StreamCall,
  scope: Scope,
): Promise<AsyncIterable<unknown>> => {
  const { source, budget, guard } = parts;
  const signal = scope.signal ?? new AbortController().signal;
  const urgency = { operation: scope.operation, priority: scope.priority, deadlineAt: scope.deadlineAt };
  guard.check();
  const permit = await budget.acquire(urgency, signal);
  let outcome: Outcome = { kind: 'uncounted' };
  const open = async () => {
    outcome = { kind: 'unknown' };
    scope.ledger.countRequest(source);
    const { response, callTimeouts } = await connect(parts, call, signal);
    outcome = { kind: 'answered', headers: response.headers, receivedAt: parts.clock.now() };
    if (isEventStream(response)) return jsonEvents(source, call, response.body, callTimeouts);
    return refuse(parts, call, urgency, response).finally(() => callTimeouts.end());
  };
  try {
    return await guard.run(true, open, () => true);
  } catch (error) {
    if (error instanceof KeyRefusedError) outcome = { kind: 'uncounted' };
    throw asStreamError(source, call, error);
  } finally {
    permit.settle(outcome);
  }
};

const connect = async ({ baseUrl, headers, headersMs, clock }: StreamParts, call: StreamCall, signal: AbortSignal) => {
  const callTimeouts = new CallTimeouts({ headersMs, bodyMs: SILENCE_MS, callMs: Number.POSITIVE_INFINITY }, clock);
  try {
    const response = await request(`${baseUrl.replace(/\/+$/, '')}${call.path}`, {
      headers: { ...headers, accept: 'text/event-stream' },
      dispatcher: connections,
      reset: true,
      signal: AbortSignal.any([signal, callTimeouts.signal]),
    });
    callTimeouts.progress();
    return { response, callTimeouts };
  } catch (error) {
    callTimeouts.end();
    throw asExchangeError(error);
  }
};

/** @throws UpstreamError of the kind the answer calls for. */
const refuse = async (
  parts: StreamParts,
  { endpoint }: StreamCall,
  urgency: Urgency,
  { statusCode: status, headers, body }: Dispatcher.ResponseData,
): Promise<never> => {
  const { source, budget } = parts;
  const text = await body.text();
  if (status === 429) {
    budget.pause(pauseOf(headers));
    throw budget.lateError(urgency);
  }
  await readAnswer(source, endpoint, { status, headers, text, bytes: 0, sentAt: 0, receivedAt: 0 }, parts);
  throw new NotHereError(source, endpoint);
};

const isEventStream = ({ statusCode, headers }: Dispatcher.ResponseData): boolean =>
  statusCode === 200 && /^text\/event-stream\b/i.test(headerOf(headers, 'content-type') ?? '');

/** Events whose data is no JSON are left out. */
async function* jsonEvents(
  source: string,
  call: StreamCall,
  body: AsyncIterable<Buffer>,
  callTimeouts: CallTimeouts,
): AsyncGenerator<unknown> {
  try {
    for await (const data of readServerSentEvents(noticed(body, callTimeouts))) {
      const event = parsed(data);
      if (event !== undefined) yield event;
    }
  } catch (error) {
    throw asStreamError(source, call, asExchangeError(error));
  } finally {
    callTimeouts.end();
  }
}

/** A comment, too, shows that the connection works. */
async function* noticed(body: AsyncIterable<Buffer>, callTimeouts: CallTimeouts): AsyncGenerator<Buffer> {
  for await (const piece of body) {
    callTimeouts.progress();
    yield piece;
  }
}

const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
};

const asStreamError = (source: string, { endpoint }: StreamCall, error: unknown): unknown => {
  if (!(error instanceof ExchangeError)) return error;
  return error.failure === 'timeout'
    ? new StreamSilentError(source, endpoint)
    : asUpstreamError(source, endpoint, error);
};
