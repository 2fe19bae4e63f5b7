import { createServer } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { GatewayConfig } from '#config/config.ts';
import { createSubgraph } from '#graphql/federation/subgraph.ts';
import { graphQuestions } from '#mcp/create-tools.ts';
import type { Question } from '#questions/question.ts';
import { readQuestions } from '#questions/read-questions.ts';
import { createSources, type Sources } from '#sources/create-sources.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { pagingOf } from '#sources/paging.ts';
import type { AnySourceKind } from '#sources/source-kind.ts';
import { type Clock, systemClock } from '#sources/transport/clock.ts';
import { createLiveFeeds } from '#subscriptions/live-feeds.ts';
import { paceOf } from '#subscriptions/polling.ts';
import { schema as wholeGraph } from '../schema.ts';
import { KeptAnswers } from './answers/kept-answers.ts';
import { createAuthenticator } from './auth/create-authenticator.ts';
import { createYogaServer, type Yoga } from './create-yoga.ts';
import { createKnownDocuments } from './documents/known-documents.ts';
import { acceptWebSockets } from './http/accept-web-sockets.ts';
import { mcpAnswerer } from './http/answer-mcp.ts';
import { operationAnswerer } from './http/answer-operation.ts';
import { createHttpHandler } from './http/http-handler.ts';
import { listen, stop } from './http/listen.ts';
import { guardOpenNetwork } from './http/open-network.ts';
import { listenForOperators, operatorPages } from './http/operator-pages.ts';
import { joinReplicas } from './join-replicas.ts';
import { createLogger, type Logger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';
import { sourceObserver } from './observability/source-observer.ts';
import { openHistory } from './open-history.ts';
import { createTracing, replayObserver } from './plugins/observe-operations.ts';
import { RateLimiter } from './plugins/use-rate-limit.ts';
import { schemaForKinds } from './schema-for-kinds.ts';

export interface Gateway {
  /** Of the GraphQL endpoint, with the port that was really taken. */
  readonly url: string;
  /** Of the operator's pages where they have a port of their own. */
  readonly operatorUrl: string | null;
  readonly schema: GraphQLSchema;
  readonly yoga: Yoga;
  readonly sources: Sources;
  /** Accepts no more requests, waits for those in flight (at most for the configured grace period), then closes everything. */
  close(): Promise<void>;
}

export interface GatewayDeps {
  readonly logger?: Logger;
  readonly sources?: Sources;
  /** The kinds of source that the configuration may name. @default every kind there is */
  readonly kinds?: readonly AnySourceKind[];
  /** @default the whole graph, as a subgraph where federation is on */
  readonly schema?: GraphQLSchema;
  readonly clock?: Clock;
}

/** What can be asked by name. */
const namedOperations = (schema: GraphQLSchema, { questions }: GatewayConfig) => [
  ...graphQuestions(schema),
  ...readQuestions(schema, questions.directory),
];

const documentsOf = (questions: readonly Question[]): ReadonlyMap<string, string> =>
  new Map(
    questions.flatMap((question) =>
      [question, ...(question.past ? [question.past] : [])].map(({ hash, document }) => [hash, document] as const),
    ),
  );

/** Longer than load balancers keep idle connections, so that the balancer closes them first and never uses one that is being closed. */
const KEEP_ALIVE_MS = 75_000;

/** Builds and starts a gateway. @throws when the address cannot be taken. */
export const createGateway = async (config: GatewayConfig, deps: GatewayDeps = {}): Promise<Gateway> => {
  const { clock = systemClock } = deps;
  const logger = deps.logger ?? createLogger(config);
  const kinds = deps.kinds ?? sourceKinds;
  guardOpenNetwork(config, logger);
  const replicas = await joinReplicas(config, logger);
  const answers = new KeptAnswers(config.cache.keptAnswersBytes, clock);
  const metrics = createMetrics(() => sources.all, replicas, answers);
  const history = openHistory(config, logger, clock);
  const observer = { ...sourceObserver(logger, metrics), ...(history && { history }), clock };
  const sources = deps.sources ?? createSources(config, kinds, replicas ? { ...observer, replicas } : observer);
  const graph = deps.schema ?? schemaForKinds(wholeGraph, kinds);
  const subgraph = () => createSubgraph(graph, { ...config.federation, paging: pagingOf(kinds) }).schema;
  const schema = config.federation.enabled && !deps.schema ? subgraph() : graph;
  const questions = config.mcp.enabled ? namedOperations(schema, config) : [];
  const documents = createKnownDocuments(config, documentsOf(questions));
  const live = createLiveFeeds(paceOf(config.subscriptions, clock), replicas?.watch);
  const limiter = config.limits.rate && new RateLimiter(config.limits.rate, () => clock.now());
  const tracing = await createTracing(config.tracing);
  const yoga = createYogaServer({
    ...{ config, schema, sources, kinds, live, documents, limiter, answers, logger, metrics, tracing, clock },
  });
  const authenticate = createAuthenticator(config);
  let isDraining = false;
  const shared = { config, isDraining: () => isDraining };
  const operator = { ...shared, sources, replicas, metrics };
  const handle = createHttpHandler({
    ...shared,
    authenticate,
    answer: operationAnswerer({
      ...{ config, yoga, sources, documents, answers, limiter, clock },
      observeReplay: replayObserver(metrics, tracing),
    }),
    answerMcp: mcpAnswerer({ config, schema, yoga, questions }),
    operatorPages: operatorPages(operator),
    logger,
  });
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => void handle(request, response),
  );
  const sockets = acceptWebSockets(server, { ...shared, authenticate, yoga, documents });
  const release = async (error: unknown): Promise<never> => {
    await sources.close();
    await history?.close();
    await replicas?.close();
    throw error;
  };
  // Whoever asks first is answered from what was kept, rather than refused because it is still being read from the disk.
  await Promise.all(sources.all.all.map(({ index }) => index?.start()));
  const pages = await listenForOperators(operator).catch(release);
  const url = await listen(server, config.server).catch(async (error: unknown) => {
    await pages?.close();
    return release(error);
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    isDraining = true;
    live.close();
    await sockets.close();
    await stop(server, config.server.shutdownGraceMs);
    await pages?.close();
    await yoga.dispose();
    await sources.close();
    await history?.close();
    await replicas?.close();
    await tracing?.close();
    metrics.registry.clear();
  };
  return {
    url: `${url}/graphql`,
    schema,
    yoga,
    sources,
    operatorUrl: pages?.url ?? null,
    close: () => (closing ??= close()),
  };
};
