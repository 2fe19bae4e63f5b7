import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';

/** Until a client has sent its headers, and its whole request; one that takes longer is cut off. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/** Takes the address. @returns the origin, with the port that was really taken. */
export const listen = async (
  server: Server,
  { host, port, reusePort }: { readonly host: string; readonly port: number; readonly reusePort?: boolean },
): Promise<string> => {
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.listen({ port, host, ...(reusePort && { reusePort }) });
  await once(server, 'listening');
  return originOf(host, (server.address() as AddressInfo).port);
};

export const originOf = (host: string, port: number): string => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;

/** As {@link listen}, for connections within this process only. */
export const listenAtPath = async (server: Server, path: string): Promise<void> => {
  server.listen(path);
  await once(server, 'listening');
};

const SWEEP_MS = 50;

/** Stops taking connections, waits for answers in flight, and cuts what is left after `graceMs`. */
export const stop = async (server: Server, graceMs: number): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  // A connection becomes idle only when its answer is finished, and would then be kept alive.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await closed;
  clearTimeout(cut);
  clearInterval(sweep);
};
