import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import type { GraphQLSchema } from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { GatewayConfig } from '#config/config.ts';
import type { CostLimit } from '#graphql/pricing/check-cost.ts';
import type { RequestContext } from '#loading/context.ts';
import type { Sources } from '#sources/create-sources.ts';
import { type AnySourceKind, enumValueOf } from '#sources/source-kind.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { LiveFeeds } from '#subscriptions/live-feeds.ts';
import type { KeptAnswers } from './answers/kept-answers.ts';
import type { KnownDocuments } from './documents/known-documents.ts';
import type { Logger } from './observability/logger.ts';
import type { Metrics } from './observability/metrics.ts';
import type { Tracing } from './observability/open-telemetry.ts';
import { type ContextDeps, operationContext, type ServerContext } from './operation-context.ts';
import { useBodyErrors, useErrorMapping, useFieldSuggestions, useProblems } from './plugins/client-errors.ts';
import { executorOf } from './plugins/executor-of.ts';
import { mapError } from './plugins/map-error.ts';
import { useOperationMetrics, useTracing } from './plugins/observe-operations.ts';
import { useCostLimit, useCostReport } from './plugins/use-cost.ts';
import { useEventContexts } from './plugins/use-event-contexts.ts';
import { useJsonExecution } from './plugins/use-json-execution.ts';
import { useKeptAnswers } from './plugins/use-kept-answers.ts';
import { useLimits, useVariableLimits } from './plugins/use-limits.ts';
import { usePersistedDocuments } from './plugins/use-persisted-documents.ts';
import { type RateLimiter, useRateLimit } from './plugins/use-rate-limit.ts';
import { useServerContext } from './plugins/use-server-context.ts';
import type { PreparedDeps } from './prepared/answer-prepared.ts';

export type Yoga = YogaServerInstance<ServerContext, RequestContext>;

export interface YogaDeps {
  readonly config: GatewayConfig;
  readonly schema: GraphQLSchema;
  readonly sources: Sources;
  readonly kinds: readonly AnySourceKind[];
  readonly live: LiveFeeds;
  readonly watches: ContextDeps['watches'];
  readonly documents: KnownDocuments;
  readonly limiter: RateLimiter | null;
  readonly answers: KeptAnswers;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing | null;
  readonly clock: Clock;
}

/** GraphQL over HTTP, and what it does around an execution for requests that need nothing else of it. */
export interface GraphqlServer extends PreparedDeps {
  readonly yoga: Yoga;
}

/** The order of the plugins is the order of the request on its way in and of the answer on its way out. */
export const createYogaServer = ({
  config,
  schema,
  sources,
  kinds,
  live,
  watches,
  documents,
  limiter,
  answers,
  logger,
  metrics,
  tracing,
  clock,
}: YogaDeps): GraphqlServer => {
  const costLimits = costLimitsOf(config, kinds);
  const contextOf = operationContext(config, { sources, live, watches, clock });
  const maskError = (error: unknown) =>
    mapError(error, (err, errorId) => logger.error({ err, errorId }, 'A request failed unexpectedly'));
  const plugins = [
    useServerContext(),
    useDeferStream(),
    useBodyErrors(),
    useEventContexts(sources, config.limits.operationTimeoutMs, clock),
    useRateLimit(limiter, (code) => metrics.errors.inc({ code })),
    usePersistedDocuments(documents, config.persisted.trustedOnly),
    useVariableLimits(config.limits.listSize),
    useLimits(config),
    useFieldSuggestions(config.server.fieldSuggestions),
    useJsonExecution(schema),
    useOperationMetrics(metrics),
    useProblems(),
    useErrorMapping(logger, (code) => metrics.errors.inc({ code })),
    useCostReport(costLimits),
    useCostLimit(costLimits),
    useKeptAnswers(answers, clock, metrics),
    // The last to replace the execution, so that every operation has a span, whatever answers it.
    useTracing(tracing),
  ];
  const yoga = createYoga<ServerContext, RequestContext>({
    schema,
    context: contextOf,
    graphqlEndpoint: '/graphql',
    logging: false,
    landingPage: false,
    graphiql: false,
    cors: false,
    multipart: false,
    batching: false,
    // Counted where the body is read.
    maxRequestBodySize: false,
    maskedErrors: { maskError },
    plugins,
  });
  return { yoga, contextOf, execute: executorOf(plugins), maskError };
};

const costLimitsOf = ({ limits }: GatewayConfig, kinds: readonly AnySourceKind[]): CostLimit[] =>
  kinds.map(({ name, label, side, costLimit }) => ({
    side,
    kind: enumValueOf({ name }),
    label,
    requests: limits.cost[name] ?? costLimit,
  }));
