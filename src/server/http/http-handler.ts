import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import type { Connections } from '../auth/connections.ts';
import type { Authenticator, Viewer } from '../auth/viewer.ts';
import type { Logger } from '../observability/logger.ts';
import type { mcpAnswerer } from './answer-mcp.ts';
import type { operationAnswerer } from './answer-operation.ts';
import { answerCors, isForeign, isForgeable } from './cross-origin.ts';
import { answerExplorer } from './explorer.ts';
import { GRAPHIQL_CSP, graphiqlPage } from './graphiql-page.ts';
import { isRebound } from './open-network.ts';
import type { OperatorPages } from './operator-pages.ts';
import { isEncoded, refuse, refuseEncoded } from './respond.ts';
import type { SecuredResponse } from './secured-response.ts';

export interface HandlerDeps {
  readonly config: GatewayConfig;
  readonly authenticate: Authenticator;
  readonly connections: Connections;
  readonly answer: ReturnType<typeof operationAnswerer>;
  readonly answerMcp: ReturnType<typeof mcpAnswerer>;
  readonly operatorPages: OperatorPages;
  readonly logger: Logger;
  readonly isDraining: () => boolean;
}

const REQUEST_ID = /^[\w.:-]{8,128}$/;

/** Everything that happens to a request before yoga: headers, routes, protection against forged requests, authentication. */
export const createHttpHandler =
  (deps: HandlerDeps) =>
  async (request: IncomingMessage, response: SecuredResponse): Promise<void> => {
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    response.requestId = requestId;
    if (deps.isDraining()) response.setHeader('connection', 'close');
    try {
      await route(deps, request, response, requestId);
    } catch (error) {
      // Whoever asked is gone, and nobody waits for an answer.
      if (response.destroyed) return;
      deps.logger.error({ err: error, requestId }, 'A request failed outside of GraphQL');
      if (!response.headersSent)
        refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.', { errorId: requestId });
    }
  };

const route = async (
  deps: HandlerDeps,
  request: IncomingMessage,
  response: SecuredResponse,
  requestId: string,
): Promise<void> => {
  if (isRebound(deps.config, request))
    return refuse(response, 403, 'FORBIDDEN', 'Expected this machine in the header Host; see auth.allowOpenNetwork.');
  const path = (request.url ?? '/').split('?', 1)[0];
  switch (path) {
    case '/graphql':
      return answerGraphql(deps, request, response, requestId);
    case '/mcp':
      if (!deps.config.mcp.enabled) return refuse(response, 404, 'BAD_USER_INPUT', 'MCP is off here; see mcp.enabled.');
      if (answerCors(deps.config.server.cors, request, response)) return;
      // The protocol demands it of servers.
      if (isForeign(request, deps.config.server.cors.origins))
        return refuse(response, 403, 'FORBIDDEN', 'Expected an origin that server.cors.origins lists, got another.');
      return answerCaller(deps, request, response, (viewer) => deps.answerMcp(request, response, viewer));
    case '/':
      response.writeHead(302, { location: deps.config.server.explorer ? '/explore' : '/graphql' }).end();
      return;
    default:
      if (deps.config.server.explorer && (path === '/explore' || path?.startsWith('/explore/')))
        return answerExplorer(path, request, response);
      if (await deps.operatorPages(request, response)) return;
      refuse(
        response,
        404,
        'BAD_USER_INPUT',
        'Expected one of the paths /graphql, /mcp, /explore, /healthz, /readyz, /metrics.',
      );
  }
};

const answerGraphql = async (
  deps: HandlerDeps,
  request: IncomingMessage,
  response: SecuredResponse,
  requestId: string,
): Promise<void> => {
  const { config } = deps;
  if (answerCors(config.server.cors, request, response)) return;
  if (config.server.graphiql && request.method === 'GET' && request.headers.accept?.includes('text/html')) {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': GRAPHIQL_CSP })
      .end(await graphiqlPage());
    return;
  }
  return answerCaller(deps, request, response, (viewer) => deps.answer(request, response, viewer, requestId));
};

/** Answers a caller that is who it says and sent this itself. */
const answerCaller = async (
  { config, authenticate, connections }: HandlerDeps,
  request: IncomingMessage,
  response: SecuredResponse,
  answer: (viewer: Viewer) => Promise<void>,
): Promise<void> => {
  if (isForgeable(request, config.server)) {
    return refuse(
      response,
      403,
      'FORBIDDEN',
      'Expected content-type application/json, or a header x-requested-with, so that no foreign page can send this.',
    );
  }
  if (isEncoded(request.headers)) return refuseEncoded(request.headers, response);
  try {
    const viewer = await authenticate(request.headers);
    // It takes a while where keys are fetched, and who has gone will not close again.
    if (response.destroyed) return;
    response.on(
      'close',
      connections.add({
        viewer,
        headers: request.headers,
        isStream: () => String(response.getHeader('content-type')).startsWith('text/event-stream'),
        end: () => response.destroy(),
      }),
    );
    await answer(viewer);
  } catch (error) {
    if (!(error instanceof GatewayError) || response.headersSent) throw error;
    refuse(response, error.code === 'UNAUTHENTICATED' ? 401 : 403, error.code, error.message, error.details);
  }
};
