import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { parse } from 'graphql';
import { type Context, CloseCode } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { GatewayConfig } from '#config/config.ts';
import type { Authenticator } from './auth/authenticator.ts';
import { isAllowedOrigin } from './cors.ts';
import type { Yoga } from './create-yoga.ts';
import { executeThroughYoga } from './execute-through-yoga.ts';
import type { Viewer } from './viewer.ts';

export interface WebSocketDeps {
  readonly config: GatewayConfig;
  readonly authenticate: Authenticator;
  readonly yoga: Yoga;
  readonly isDraining: () => boolean;
}

type Connection = Extra & { viewer?: Viewer };

/** Operations over WebSockets (`graphql-transport-ws`). Each goes through yoga as an HTTP request would: same limits, same errors. */
export const acceptWebSockets = (
  server: Server,
  { config, authenticate, yoga, isDraining }: WebSocketDeps,
): { close(): Promise<void> } => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: config.limits.bodyBytes });
  const protocol = useServer<Record<string, unknown>, Connection>(
    {
      onConnect: async (context) => {
        try {
          context.extra.viewer = await authenticate(headersOf(context));
          return true;
        } catch {
          return false;
        }
      },
      // Yoga validates. Here a document is parsed only to tell subscriptions from other operations.
      onSubscribe: (_, __, { query, operationName, variables }) => ({
        schema: yoga.getEnveloped().schema,
        document: parse(query, { maxTokens: config.limits.tokens }),
        rootValue: { query, operationName, variables },
      }),
      validate: () => [],
      context: ({ extra }) => extra,
      execute: (args) => executeThroughYoga(yoga, args.rootValue, serverContext(args.contextValue)),
      subscribe: (args) => executeThroughYoga(yoga, args.rootValue, serverContext(args.contextValue)),
    },
    sockets,
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path !== '/graphql' || isDraining() || isForeign(request, config.server.cors.origins)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
  });
  return { close: async () => void (await protocol.dispose()) };
};
