import { createServer } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import type { GatewayConfig } from '#config/config.ts';
import { createSubgraph } from '#graphql/federation/subgraph.ts';
import { noteChange } from '#lib/change-count.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { createSources, type Sources } from '#sources/create-sources.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { pagingOf } from '#sources/paging.ts';
import type { AnySourceKind } from '#sources/source-kind.ts';
import { type Clock, systemClock } from '#sources/transport/clock.ts';
import { createLiveFeeds } from '#subscriptions/live-feeds.ts';
import { paceOf } from '#subscriptions/polling.ts';
import { schema as wholeGraph } from '../schema.ts';
import { Connections } from './auth/connections.ts';
import type { Yoga } from './create-yoga.ts';
import { RememberedDocuments } from './documents/known-documents.ts';
import { acceptWebSockets } from './http/accept-web-sockets.ts';
import { guardOpenNetwork } from './http/open-network.ts';
import { listenForOperators, operatorPages } from './http/operator-pages.ts';
import { SecuredResponse } from './http/secured-response.ts';
import { joinReplicas } from './join-replicas.ts';
import { createLogger, type Logger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';
import { sourceObserver } from './observability/source-observer.ts';
import { openHistory } from './open-history.ts';
import { openWatches, type WatchesDeps } from './open-watches.ts';
import { createTracing, repeatObserver } from './plugins/observe-operations.ts';
import { Reloading } from './reloading.ts';
import { schemaForKinds } from './schema-for-kinds.ts';
import { takeConnections } from './take-connections.ts';
import { Leases } from './threads/leases.ts';

export interface Gateway {
  /** Of the GraphQL endpoint, with the port that was really taken. */
  readonly url: string;
  /** Of the operator's pages where they have a port of their own. */
  readonly operatorUrl: string | null;
  readonly schema: GraphQLSchema;
  /** Of the configuration as it is now. */
  readonly yoga: Yoga;
  readonly sources: Sources;
  /** Goes on with the configuration that `load` gives, unless that is refused. @returns whether it was taken */
  reload(load: () => GatewayConfig): boolean;
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
  /** How names of receivers of webhooks are looked up, and chance. */
  readonly watches?: Pick<WatchesDeps, 'resolve' | 'random'>;
}

/** Longer than load balancers keep idle connections, so that the balancer closes them first and never uses one that is being closed. */
const KEEP_ALIVE_MS = 75_000;

/** Builds and starts a gateway. @throws when the address cannot be taken. */
export const createGateway = async (initial: GatewayConfig, deps: GatewayDeps = {}): Promise<Gateway> => {
  const { clock = systemClock } = deps;
  const logger = deps.logger ?? createLogger(initial);
  const kinds = deps.kinds ?? sourceKinds;
  // Before anything is opened.
  guardOpenNetwork(initial, logger);
  const replicas = await joinReplicas(initial, logger);
  const metrics = createMetrics(
    () => sources.all,
    replicas,
    () => current.serving.answers,
  );
  const history = openHistory(initial, logger, clock);
  const watches = openWatches(initial.index.directory, {
    ...{ logger, metrics, clock, sources: () => sources },
    ...deps.watches,
  });
  const observer = { ...sourceObserver(logger, metrics), ...(history && { history }), watches, clock };
  const sources = deps.sources ?? createSources(initial, kinds, replicas ? { ...observer, replicas } : observer);
  const graph = deps.schema ?? schemaForKinds(wholeGraph, kinds);
  const subgraph = () => createSubgraph(graph, { ...initial.federation, paging: pagingOf(kinds) }).schema;
  const schema = initial.federation.enabled && !deps.schema ? subgraph() : graph;
  const live = createLiveFeeds(paceOf(initial.subscriptions, clock), replicas?.watch);
  const tracing = await createTracing(initial.tracing);
  const connections = new Connections();
  // Each answer that is traced has a span of its own.
  if (tracing && initial.server.threads > 0) logger.warn('server.threads does nothing where tracing is configured');
  const isRepeating = initial.server.threads > 0 && !tracing;
  const leases = isRepeating ? new Leases(clock, repeatObserver(metrics)) : null;
  let isDraining = false;
  const shared = { isDraining: () => isDraining, connections };
  const operator = { ...shared, config: () => current.serving.config, sources, replicas, metrics };
  const publishedKeys = new Map<string, JWTVerifyGetKey>();
  const current = new Reloading(initial, {
    ...{ ...shared, schema, sources, kinds, live, watches, leases, logger, metrics, tracing, clock },
    remembered: new RememberedDocuments(initial.persisted.automaticBytes),
    keysAt: (url) => getOrMake(publishedKeys, url, () => createRemoteJWKSet(new URL(url))),
    operatorPages: operatorPages(operator),
  });
  const server = createServer(
    { ServerResponse: SecuredResponse },
    (request, response) => void current.serving.handle(request, response),
  );
  const sockets = acceptWebSockets(server, { ...shared, serving: () => current.serving });
  const release = async (error: unknown): Promise<never> => {
    await watches.close();
    await sources.close();
    await history?.close();
    await replicas?.close();
    throw error;
  };
  await watches.start(current.serving);
  // Whoever asks first is answered from what was kept, rather than refused because it is still being read from the disk.
  await Promise.all(sources.all.all.map(({ index }) => index?.start()));
  const pages = await listenForOperators(operator).catch(release);
  const options = { ...initial.server, keepAliveMs: KEEP_ALIVE_MS };
  const connected = await takeConnections(server, options, leases, logger).catch(async (error: unknown) => {
    await pages?.close();
    return release(error);
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    isDraining = true;
    noteChange();
    current.close();
    live.close();
    await sockets.close();
    await connected.close(current.serving.config.server.shutdownGraceMs);
    await pages?.close();
    await watches.close();
    await current.serving.yoga.dispose();
    await sources.close();
    await history?.close();
    await replicas?.close();
    await tracing?.close();
    metrics.registry.clear();
  };
  return {
    url: `${connected.url}/graphql`,
    schema,
    get yoga() {
      return current.serving.yoga;
    },
    sources,
    reload: (load) => current.reload(load),
    operatorUrl: pages?.url ?? null,
    close: () => (closing ??= close()),
  };
};
