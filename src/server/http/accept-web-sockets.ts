import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError, parse } from 'graphql';
import { CloseCode, type SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { toError } from '#lib/gateway-error.ts';
import type { Connections } from '../auth/connections.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Serving } from '../create-serving.ts';
import { hashIn } from '../documents/known-documents.ts';
import { isForeign } from './cross-origin.ts';
import { executeThroughYoga } from './execute-through-yoga.ts';
import { isRebound } from './open-network.ts';

export interface WebSocketDeps {
  /** As it is now. */
  readonly serving: () => Serving;
  readonly connections: Connections;
  readonly isDraining: () => boolean;
}

type Credentials = Record<string, unknown>;
type Connection = { viewer: Viewer };

/** Clients connect again after it (RFC 6455, registry of close codes). */
const SERVICE_RESTART = 1012;

/** Stands for a document whose hash is not known. Yoga then answers with the error. */
const NOT_KNOWN = '{ __typename }';

/** Operations over WebSockets (`graphql-transport-ws`). Each goes through yoga as an HTTP request does: same limits, same errors. */
export const acceptWebSockets = (
  server: Server,
  { serving, connections, isDraining }: WebSocketDeps,
): { close(): Promise<void> } => {
  const sockets = new WebSocketServer({ noServer: true });
  const run = ({ rootValue, contextValue }: ExecutionArgs) =>
    executeThroughYoga(serving().yoga, rootValue as SubscribePayload, (contextValue as Connection).viewer);
  const protocol = useServer<Credentials, Connection>(
    {
      onConnect: async ({ extra, connectionParams }) => {
        const given = Object.entries(connectionParams ?? {}).filter(([, value]) => typeof value === 'string');
        const headers = Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
        const sent = { ...extra.request.headers, ...headers };
        try {
          const viewer = await serving().authenticate(sent);
          // One that closed meanwhile tells nobody any more.
          if (extra.socket.readyState === extra.socket.CLOSED) return false;
          extra.viewer = viewer;
          extra.socket.once(
            'close',
            connections.add({
              viewer,
              headers: sent,
              isStream: () => true,
              end: (mayReturn) =>
                mayReturn
                  ? extra.socket.close(SERVICE_RESTART, 'Changed')
                  : extra.socket.close(CloseCode.Forbidden, 'Expired'),
            }),
          );
          return true;
        } catch {
          return false;
        }
      },
      // Yoga parses and validates; here a document is parsed only to distinguish subscriptions from other operations.
      onSubscribe: ({ extra: { viewer } }, __, payload) => {
        const { documents, config, yoga } = serving();
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
    const { config } = serving();
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
    sockets.options.maxPayload = config.limits.bodyBytes;
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
  });
  return { close: async () => void (await protocol.dispose()) };
};
