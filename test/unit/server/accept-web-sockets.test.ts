import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Connections } from '#server/auth/connections.ts';
import { EVERYONE } from '#server/auth/create-authenticator.ts';
import type { Serving } from '#server/create-serving.ts';
import { acceptWebSockets } from '#server/http/accept-web-sockets.ts';
import { defineConfig } from '#sources/kinds.ts';

it('keeps nothing of a socket that closes while it is still found out who its caller is', async () => {
  const { promise: known, resolve: know } = Promise.withResolvers<void>();
  let asked = 0;
  const authenticate = async () => {
    asked += 1;
    await known;
    return EVERYONE;
  };
  const serving = { config: defineConfig({}), authenticate } as unknown as Serving;
  const connections = new Connections();
  const server = createServer();
  const sockets = acceptWebSockets(server, { serving: () => serving, connections, isDraining: () => false });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    await sockets.close();
    server.close();
  });
  const open = async (): Promise<WebSocket> => {
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const socket = new WebSocket(url, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    return socket;
  };
  const reviewed = async (): Promise<number> => {
    let count = 0;
    await connections.review(() => {
      count += 1;
      return EVERYONE;
    });
    return count;
  };
  const gone = await open();
  await vi.waitUntil(() => asked === 1);
  gone.close();
  await once(gone, 'close');
  const stays = await open();
  await vi.waitUntil(() => asked === 2);
  know();
  await once(stays, 'message');
  expect(await reviewed()).toBe(1);
  stays.close();
  await vi.waitUntil(async () => (await reviewed()) === 0);
});
