import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError, parse } from 'graphql';
import { CloseCode, type SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { GatewayConfig } from '#config/config.ts';
import { toError } from '#lib/gateway-error.ts';
import { type Authenticator, type Viewer, whenExpired } from '../auth/viewer.ts';
import type { Yoga } from '../create-yoga.ts';
import { hashIn, type KnownDocuments } from '../documents/known-documents.ts';
import { isForeign } from './cross-origin.ts';
import { executeThroughYoga } from './execute-through-yoga.ts';
import { isRebound } from './open-network.ts';

export interface WebSocketDeps {
  readonly config: GatewayConfig;
  readonly authenticate: Authenticator;
  readonly yoga: Yoga;
  readonly documents: KnownDocuments;
  readonly isDraining: () => boolean;
}

type Credentials = Record<string, unknown>;
type Connection = { viewer: Viewer };

/** Stands for a document whose hash is not known. Yoga then answers with the error. */
const NOT_KNOWN = '{ __typename }';

/** Operations over WebSockets (`graphql-transport-ws`). Each goes through yoga as an HTTP request does: same limits, same errors. */
export const acceptWebSockets = (
  server: Server,
  { config, authenticate, yoga, documents, isDraining }: WebSocketDeps,
): { close(): Promise<void> } => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: config.limits.bodyBytes });
  const run = ({ rootValue, contextValue }: ExecutionArgs) =>
    executeThroughYoga(yoga, rootValue as SubscribePayload, (contextValue as Connection).viewer);
  const protocol = useServer<Credentials, Connection>(
    {
      onConnect: async ({ extra, connectionParams }) => {
        const given = Object.entries(connectionParams ?? {}).filter(([, value]) => typeof value === 'string');
        const headers = Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
        try {
          const viewer = await authenticate({ ...extra.request.headers, ...headers });
          extra.viewer = viewer;
          extra.socket.once(
            'close',
            whenExpired(viewer, () => extra.socket.close(CloseCode.Forbidden, 'Expired')),
          );
          return true;
        } catch {
          return false;
        }
      },
      // Yoga parses and validates; here a document is parsed only to distinguish subscriptions from other operations.
      onSubscribe: ({ extra: { viewer } }, __, payload) => {
        const hash = hashIn(payload.extensions);
        const named = payload.query || hash === null || !viewer ? undefined : documents.find(viewer, hash);
        try {
          const document = parse(payload.query || (named ?? NOT_KNOWN), { maxTokens: config.limits.tokens });
          return {
            schema: yoga.getEnveloped().schema,
            document,
            operationName: payload.operationName,
            rootValue: payload,
          };
        } catch (error) {
          return [error instanceof GraphQLError ? error : new GraphQLError(toError(error).message)];
        }
      },
      context: ({ extra }) => extra,
      execute: run,
      subscribe: run,
    },
    sockets,
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const isRefused =
      path !== '/graphql' ||
      isDraining() ||
      isRebound(config, request) ||
      // Browsers let any page open a WebSocket to any server, without a preflight request.
      isForeign(request, config.server.cors.origins);
    if (isRefused) {
      // Without this listener, a connection that breaks now would end the process.
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
  });
  return { close: async () => void (await protocol.dispose()) };
};
