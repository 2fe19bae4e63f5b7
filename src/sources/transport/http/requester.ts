import { randomBytes } from 'node:crypto';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { Answer, ReceivedAnswer, Reply } from '../answer.ts';
import type { Outcome } from '../budget/allowance.ts';
import type { Budget } from '../budget/budget.ts';
import { pauseOf } from '../budget/rate-limit-headers.ts';
import type { Health } from '../health.ts';
import type { RequestEvent, TransportOptions } from '../transport-options.ts';
import type { UpstreamCall } from '../upstream-call.ts';
import { asUpstreamError, ExchangeError, KeyRefusedError } from '../upstream-errors.ts';
import type { Exchange } from './exchange.ts';
import type { Flight } from './flight.ts';
import type { KeyGuard } from './key-guard.ts';
import { readAnswer } from './read-answer.ts';
import type { Breaker } from './retry.ts';

export type Question = Pick<UpstreamCall<unknown>, 'endpoint' | 'path' | 'query' | 'needsKey'>;

export interface RequesterParts {
  readonly options: TransportOptions;
  readonly exchange: Exchange;
  readonly budget: Budget;
  readonly breaker: Breaker;
  readonly guard: KeyGuard;
  readonly health: Health;
  readonly repeat: <T>(attempt: (retry: number) => Promise<T>, goOn: () => boolean) => Promise<T>;
}

/** A 429 pauses all of us by this much more, at random, so that several processes do not come back as one. */
const PAUSE_JITTER_MS = 250;

/** Asks the upstream: breaker, key, budget, exchange, repeats. */
export class Requester {
  readonly #parts: RequesterParts;
  /** Answers 429 received. */
  rateLimited = 0;

  constructor(parts: RequesterParts) {
    this.#parts = parts;
  }

  /** @throws UpstreamError */
  async ask(question: Question, flight: Flight): Promise<Reply> {
    const { repeat, health } = this.#parts;
    try {
      const reply = await repeat(
        (retry) => this.#attempt(question, flight, retry),
        () => flight.wanted,
      );
      health.succeeded(question.needsKey);
      return reply;
    } catch (error) {
      health.failed(error);
      throw error;
    }
  }

  /** One attempt; a 429 puts it back in the queue. */
  async #attempt(question: Question, flight: Flight, retry: number): Promise<Reply> {
    const { budget, breaker, guard } = this.#parts;
    for (;;) {
      breaker.check();
      guard.check();
      const permit = await flight.inQueue((signal) => budget.acquire(flight.urgency, signal));
      let outcome: Outcome = { kind: 'uncounted' };
      try {
        const send = () =>
          this.#send(question, flight, retry, (became) => {
            outcome = became;
          });
        const isAccepted = (got: Reply | 'rateLimited') => got !== 'rateLimited';
        const reply = await guard.run(question.needsKey ?? true, () => breaker.run(send), isAccepted);
        if (reply !== 'rateLimited') return reply;
      } finally {
        permit.settle(outcome);
      }
    }
  }

  async #send(
    question: Question,
    flight: Flight,
    retry: number,
    onOutcome: (outcome: Outcome) => void,
  ): Promise<Reply | 'rateLimited'> {
    const { options, exchange } = this.#parts;
    const requestId = randomBytes(4).toString('hex');
    const headers = { ...options.headers, accept: 'application/json', 'x-request-id': requestId };
    const started = performance.now();
    let answer: ReceivedAnswer | null = null;
    let outcome: RequestEvent['outcome'] = 'INTERNAL_SERVER_ERROR';
    flight.countRequest(options.source);
    onOutcome({ kind: 'unknown' });
    try {
      answer = await exchange.get(pathOf(question), headers);
      onOutcome({ kind: 'answered', headers: answer.headers, receivedAt: answer.receivedAt });
      if (answer.status === 429) {
        outcome = 'UPSTREAM_RATE_LIMITED';
        this.#pause(answer);
        return 'rateLimited';
      }
      const reply = await this.#read(question, answer);
      outcome = 'OK';
      return reply;
    } catch (thrown) {
      const error =
        thrown instanceof ExchangeError ? asUpstreamError(options.source, question.endpoint, thrown) : thrown;
      if (isUncounted(thrown)) onOutcome({ kind: 'uncounted' });
      if (error instanceof UpstreamError) outcome = error.code;
      throw error;
    } finally {
      answer?.release();
      options.onEvent?.({
        kind: 'request',
        source: options.source,
        endpoint: question.endpoint,
        requestId,
        status: answer?.status ?? null,
        outcome,
        ms: performance.now() - started,
        bytes: answer?.bytes ?? 0,
        retry,
      });
    }
  }

  async #read({ endpoint }: Question, answer: Answer): Promise<Reply> {
    const { options } = this.#parts;
    const body = await readAnswer(options.source, endpoint, answer, options);
    options.inspect?.(body, answer.headers);
    return { body, bytes: answer.bytes };
  }

  #pause(answer: Answer): void {
    this.rateLimited += 1;
    this.#parts.budget.pause(pauseOf(answer.headers) + Math.random() * PAUSE_JITTER_MS);
  }
}

/** A key is refused before anything is counted that is granted to it. */
const isUncounted = (thrown: unknown): boolean =>
  thrown instanceof KeyRefusedError || (thrown instanceof ExchangeError && thrown.failure === 'notSent');

/** Path and query as sent. */
export const pathOf = ({ path, query = [] }: Question): string => {
  const search = query.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
  return search ? `${path}?${search}` : path;
};
