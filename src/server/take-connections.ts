import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayConfig } from '#config/config.ts';
import { listen, listenAtPath, originOf, stop } from './http/listen.ts';
import type { Logger } from './observability/logger.ts';
import { startAnsweringThreads } from './threads/answering-threads.ts';
import type { Leases } from './threads/leases.ts';

export interface TakingConnections {
  /** The origin at which callers reach the gateway. */
  readonly url: string;
  /** Takes no more connections, and waits for answers in flight; what is left after `graceMs` is cut. */
  close(graceMs: number): Promise<void>;
}

interface Options extends Pick<GatewayConfig['server'], 'host' | 'port' | 'threads'> {
  readonly keepAliveMs: number;
}

/** @param leases null: `server` takes the connections of callers itself. @throws when the address cannot be taken */
export const takeConnections = async (
  server: Server,
  options: Options,
  leases: Leases | null,
  logger: Logger,
): Promise<TakingConnections> => {
  if (!leases) {
    server.keepAliveTimeout = options.keepAliveMs;
    const url = await listen(server, options);
    return { url, close: (graceMs) => stop(server, graceMs) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'inventory-gateway-'));
  const socketPath = join(folder, 'main');
  const end = async (graceMs: number) => {
    await stop(server, graceMs);
    await rm(folder, { recursive: true, force: true });
  };
  // It is the threads that wait for callers.
  Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  await listenAtPath(server, socketPath);
  try {
    const threads = await startAnsweringThreads({ ...options, socketPath }, leases, logger);
    const close = async (graceMs: number) => {
      await threads.close(graceMs);
      await end(0);
    };
    return { url: originOf(options.host, threads.port), close };
  } catch (error) {
    await end(0);
    throw error;
  }
};
