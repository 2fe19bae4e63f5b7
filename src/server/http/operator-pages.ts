import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Replicas } from '#cluster/replicas.ts';
import type { GatewayConfig } from '#config/config.ts';
import type { Sources } from '#sources/create-sources.ts';
import { bearerToken } from '../auth/bearer-token.ts';
import type { Metrics } from '../observability/metrics.ts';
import { answerHealthz, answerReadyz } from './health.ts';
import { listen, stop } from './listen.ts';
import { refuse } from './refuse.ts';
import { setSecurityHeaders } from './security-headers.ts';

export interface OperatorPageDeps {
  readonly config: GatewayConfig;
  readonly sources: Sources;
  readonly replicas: Pick<Replicas, 'status'> | null;
  readonly metrics: Metrics;
  readonly isDraining: () => boolean;
}

/** Answers `/healthz`, `/readyz` and `/metrics`. @returns false for any other path, which is not answered. */
export type OperatorPages = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The pages on the main port. Probes need no token, and without it the answer contains no names. */
export const operatorPages = (deps: OperatorPageDeps): OperatorPages => {
  const { open, port, token } = deps.config.server.operator;
  return pages(deps, (request) => open || (port === undefined && token !== undefined && holds(request, token)));
};

/** The pages on a port of their own, where one is configured. */
export const listenForOperators = async (
  deps: OperatorPageDeps,
): Promise<{ readonly url: string; close(): Promise<void> } | null> => {
  const { host, port, token } = deps.config.server.operator;
  if (port === undefined) return null;
  const answer = pages(deps, (request) => token === undefined || holds(request, token));
  const server = createServer((request, response) => {
    setSecurityHeaders(response);
    answer(request, response).then(
      (isAnswered) =>
        isAnswered || refuse(response, 404, 'BAD_USER_INPUT', 'Expected one of the pages of an operator.'),
      () => response.destroy(),
    );
  });
  const url = await listen(server, { host: host ?? deps.config.server.host, port });
  return { url, close: () => stop(server, deps.config.server.shutdownGraceMs) };
};

const pages =
  ({ sources, replicas, metrics, isDraining }: OperatorPageDeps, mayRead: (request: IncomingMessage) => boolean) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    switch ((request.url ?? '/').split('?', 1)[0]) {
      case '/healthz':
        answerHealthz(response);
        return true;
      case '/readyz':
        answerReadyz(
          response,
          { sources: sources.all, isDraining: isDraining(), replicas: replicas?.status() },
          mayRead(request),
        );
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

type Token = NonNullable<GatewayConfig['server']['operator']['token']>;

const holds = ({ headers }: IncomingMessage, token: Token): boolean =>
  timingSafeEqual(digest(bearerToken(headers) ?? ''), digest(token.reveal()));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
