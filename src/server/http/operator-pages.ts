import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Replicas } from '#cluster/replicas.ts';
import type { GatewayConfig } from '#config/config.ts';
import type { Sources } from '#sources/create-sources.ts';
import { bearerToken } from '../auth/viewer.ts';
import type { Metrics } from '../observability/metrics.ts';
import { listen, stop } from './listen.ts';
import { refuse } from './respond.ts';
import { SecuredResponse } from './secured-response.ts';

export interface OperatorPageDeps {
  /** As it is now. */
  readonly config: () => GatewayConfig;
  readonly sources: Sources;
  readonly replicas: Pick<Replicas, 'status'> | null;
  readonly metrics: Metrics;
  readonly isDraining: () => boolean;
}

/** Answers `/healthz`, `/readyz` and `/metrics`. @returns false for any other path, which is not answered. */
export type OperatorPages = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The pages on the main port. Probes need no token, and without it the answer contains no names. */
export const operatorPages = (deps: OperatorPageDeps): OperatorPages =>
  pages(deps, (request) => {
    const { open, port, token } = deps.config().server.operator;
    return open || (port === undefined && token !== undefined && holds(request, token));
  });

/** The pages on a port of their own, where one is configured. */
export const listenForOperators = async (
  deps: OperatorPageDeps,
): Promise<{ readonly url: string; close(): Promise<void> } | null> => {
  const { server: options } = deps.config();
  const { host, port } = options.operator;
  if (port === undefined) return null;
  const answer = pages(deps, (request) => {
    const { token } = deps.config().server.operator;
    return token === undefined || holds(request, token);
  });
  const server = createServer({ ServerResponse: SecuredResponse }, (request, response) => {
    answer(request, response).then(
      (isAnswered) =>
        isAnswered || refuse(response, 404, 'BAD_USER_INPUT', 'Expected one of the pages of an operator.'),
      () => response.destroy(),
    );
  });
  const url = await listen(server, { host: host ?? options.host, port });
  return { url, close: () => stop(server, deps.config().server.shutdownGraceMs) };
};

const pages =
  (deps: OperatorPageDeps, mayRead: (request: IncomingMessage) => boolean): OperatorPages =>
  async (request, response) => {
    const { isDraining, metrics } = deps;
    switch ((request.url ?? '/').split('?', 1)[0]) {
      case '/healthz':
        sendJson(response, 200, { status: 'ok' });
        return true;
      case '/readyz':
        sendJson(response, isDraining() ? 503 : 200, readiness(deps, mayRead(request)));
        return true;
      case '/metrics':
        if (!mayRead(request)) refuse(response, 403, 'FORBIDDEN', 'This page is for operators; see server.operator.');
        else
          response
            .writeHead(200, { 'content-type': metrics.registry.contentType })
            .end(await metrics.registry.metrics());
        return true;
      default:
        return false;
    }
  };

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
};

/**
 * Whether the gateway accepts traffic: always, except while it shuts down. Without a source or Redis it still answers, with less, so
 * that is reported as `degraded`, and not as a failure. Sources are named only with `isDetailed`.
 */
const readiness = ({ sources, replicas, isDraining }: OperatorPageDeps, isDetailed: boolean) => {
  const health = Object.fromEntries(sources.all.all.map(({ name, client }) => [name, client.status().health]));
  const shared = replicas?.status();
  const isPartial = Object.values(health).some((state) => state !== 'OK' && state !== 'UNKNOWN');
  const isDegraded = isPartial || shared?.mode === 'alone';
  return {
    status: isDraining() ? 'draining' : isDegraded ? 'degraded' : 'ready',
    ...(isDetailed && { sources: health, ...(shared && { replicas: shared }) }),
  };
};

type Token = NonNullable<GatewayConfig['server']['operator']['token']>;

const holds = ({ headers }: IncomingMessage, token: Token): boolean =>
  timingSafeEqual(digest(bearerToken(headers) ?? ''), digest(token.reveal()));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
