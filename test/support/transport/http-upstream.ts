import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface HttpUpstream {
  readonly baseUrl: string;
  /** Paths with query, as they came. */
  readonly seen: string[];
  readonly requests: IncomingMessage[];
}

type Handler = (request: IncomingMessage, response: ServerResponse, seenBefore: number) => void;

/** A real server on a port of its own; gone when the test is. */
export const httpUpstream = async (handler: Handler): Promise<HttpUpstream> => {
  const seen: string[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response, seen.push(request.url ?? '') - 1);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`, seen, requests };
};

export const json = (
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
