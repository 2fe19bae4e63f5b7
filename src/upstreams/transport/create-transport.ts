import { randomBytes } from 'node:crypto';
import { UpstreamError } from '#lib/gateway-error.ts';
import { systemClock } from './clock.ts';
import { createExchange } from './exchange.ts';
import { ExchangeError } from './exchange-error.ts';
import { asUpstreamError, invalid, readAnswer } from './read-answer.ts';
import { createBreaker, createRetry } from './retry.ts';
import type { Scope } from './scope.ts';
import type { SourceHealth, Transport, UpstreamCall } from './transport.ts';
import {
  DEFAULT_BREAKER,
  DEFAULT_CONCURRENCY,
  DEFAULT_MAX_RESPONSE_BYTES,
  DEFAULT_RETRY,
  DEFAULT_TIMEOUTS,
  type TransportOptions,
} from './transport-options.ts';

export const createTransport = (options: TransportOptions): Transport => {
  const { source } = options;
  const clock = options.clock ?? systemClock;
  const exchange = createExchange({
    baseUrl: options.baseUrl,
    connections: options.concurrency ?? DEFAULT_CONCURRENCY,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    clock,
  });
  const repeat = createRetry({ ...DEFAULT_RETRY, ...options.retry });
  const breaker = createBreaker(source, { ...DEFAULT_BREAKER, ...options.breaker }, clock);
  let health: SourceHealth = 'UNKNOWN';
  let lastError: string | null = null;

  const attempt = async (call: UpstreamCall<unknown>, scope: Scope): Promise<unknown> => {
    scope.ledger.countRequest(source);
    const requestId = randomBytes(4).toString('hex');
    try {
      const answer = await exchange.get(pathOf(call), {
        ...options.headers,
        accept: 'application/json',
        'x-request-id': requestId,
      });
      const body = readAnswer(source, call.endpoint, answer, options.isTransient ?? (() => false));
      options.inspect?.(body, answer.headers);
      return body;
    } catch (error) {
      throw error instanceof ExchangeError ? asUpstreamError(source, call.endpoint, error) : error;
    }
  };

  return {
    source,
    request: async <T>(call: UpstreamCall<T>, scope: Scope): Promise<T> => {
      try {
        const body = await repeat(
          () => breaker.run(() => attempt(call, scope)),
          scope.signal ?? new AbortController().signal,
        );
        health = 'OK';
        lastError = null;
        return parsed(source, call, body);
      } catch (error) {
        if (error instanceof UpstreamError) lastError = error.message;
        throw error;
      }
    },
    peek: () => undefined,
    status: () => ({
      health,
      lastError,
      budget: { limit: 0, windowSeconds: 0, remaining: 0, queued: 0, resetAt: null },
    }),
    close: () => exchange.close(),
  };
};

const pathOf = ({ path, query = [] }: UpstreamCall<unknown>): string => {
  const search = query.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
  return search ? `${path}?${search}` : path;
};

const parsed = <T>(source: string, call: UpstreamCall<T>, body: unknown): T => {
  try {
    return call.parse(body);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    throw invalid(source, call.endpoint, 'its shape is not understood');
  }
};
