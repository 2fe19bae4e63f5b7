import { UpstreamError } from '#lib/gateway-error.ts';
import { DEFAULT_MAX_QUEUED } from './budget/allowance.ts';
import { Budget } from './budget/budget.ts';
import { createLocalAllowance } from './budget/local-allowance.ts';
import { cacheKey } from './cache/cache-store.ts';
import { CachedReader } from './cache/cached-reader.ts';
import { RecordCache } from './cache/record-cache.ts';
import { systemClock } from './clock.ts';
import { Health } from './health.ts';
import { openEventStream } from './http/event-stream.ts';
import { createExchange } from './http/exchange.ts';
import { KeyGuard } from './http/key-guard.ts';
import { Requester } from './http/requester.ts';
import { createBreaker, createRetry } from './http/retry.ts';
import { SingleFlight } from './http/single-flight.ts';
import type { Transport } from './transport.ts';
import {
  DEFAULT_BREAKER,
  DEFAULT_CONCURRENCY,
  DEFAULT_MAX_RESPONSE_BYTES,
  DEFAULT_RETRY,
  DEFAULT_TIMEOUTS,
  type TransportOptions,
} from './transport-options.ts';

/** Less than this is no time for an upstream to answer: who waited for budget before is late for that, not for the upstream. */
const FAIR_MS = 1_000;

/** One transport per source and credential: question → cache → single flight → breaker → budget → exchange. */
export const createTransport = (options: TransportOptions): Transport => {
  const { source, clock = systemClock, concurrency = DEFAULT_CONCURRENCY } = options;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const exchange = createExchange({
    baseUrl: options.baseUrl,
    connections: concurrency,
    timeouts,
    maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    clock,
  });
  const budget = new Budget({
    source,
    allowance: options.allowance ?? createLocalAllowance(options.budget, clock),
    concurrency,
    maxQueued: options.budget.maxQueued ?? DEFAULT_MAX_QUEUED,
    clock,
  });
  const breaker = createBreaker(source, { ...DEFAULT_BREAKER, ...options.breaker }, clock);
  const repeat = createRetry({ ...DEFAULT_RETRY, ...options.retry });
  const health = new Health();
  const guard = new KeyGuard(source, clock);
  const requester = new Requester({ options, exchange, budget, breaker, guard, health, repeat });
  const flights = new SingleFlight({
    clock,
    lateError: (flight, { ledger }) =>
      flight.heldUp || (flight.underwayMs < FAIR_MS && ledger.waitedMs >= FAIR_MS)
        ? budget.lateError(flight.urgency)
        : tooLate(source),
    onJoinedQueue: ({ urgency }) => {
      urgency.onOutlook?.(budget.earliestGrant(urgency));
      budget.review();
    },
  });
  const namespace = cacheKey(source, options.fingerprint);
  const records = new RecordCache(options.cache, namespace, clock);
  const reader = new CachedReader({
    source,
    namespace,
    store: options.cache,
    records,
    flights,
    requester,
    shared: options.answers ?? null,
    clock,
    refreshMs: timeouts.callMs,
    onEvent: options.onEvent ?? (() => {}),
  });

  return {
    source,
    request: (call, scope) => reader.read(call, scope),
    peek: (call) => reader.peek(call),
    stream: (call, scope) =>
      openEventStream({ ...options, budget, guard, headersMs: timeouts.headersMs, clock }, call, scope),
    records: (type) => records.view(type),
    revision: () => reader.revision,
    status: () => ({
      health: breaker.state === 'open' ? 'UNAVAILABLE' : health.state,
      lastError: health.lastError,
      budget: budget.status(),
      rateLimitedByUpstream: requester.rateLimited,
    }),
    close: async () => {
      budget.close();
      await exchange.close();
    },
  };
};

const tooLate = (source: string): UpstreamError =>
  new UpstreamError('UPSTREAM_TIMEOUT', source, `The source "${source}" did not answer before the deadline.`, {
    phase: 'deadline',
  });
