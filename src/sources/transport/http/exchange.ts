import { errors, Pool } from 'undici';
import type { ReceivedAnswer } from '../answer.ts';
import { CallTimeouts, type Timeouts } from '../call-timeouts.ts';
import type { Clock } from '../clock.ts';
import { ExchangeError } from '../upstream-errors.ts';
import { Mutex, readBody } from './read-body.ts';

export interface ExchangeOptions {
  /** Scheme, host, port and path prefix. */
  readonly baseUrl: string;
  readonly connections: number;
  readonly timeouts: Timeouts;
  readonly maxResponseBytes: number;
  readonly clock: Clock;
}

export interface Exchange {
  /**
   * One GET, no redirect followed, no retry.
   * @throws ExchangeError when no whole answer came.
   */
  get(path: string, headers: Readonly<Record<string, string>>): Promise<ReceivedAnswer>;
  close(): Promise<void>;
}

/** Below the 5 s after which the servers close an idle connection, so that none is used while it dies. */
const KEEP_ALIVE_MS = 4_000;
const CLOSE_TIMEOUT_MS = 1_000;

export const createExchange = (options: ExchangeOptions): Exchange => {
  const { timeouts, clock } = options;
  const base = new URL(options.baseUrl);
  const turns = new Mutex();
  const prefix = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, {
    connections: options.connections,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // Intentionally not undici's own: their clock ticks in half seconds.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  const get = async (path: string, headers: Readonly<Record<string, string>>): Promise<ReceivedAnswer> => {
    const sentAt = clock.now();
    const callTimeouts = new CallTimeouts(timeouts, clock);
    try {
      const response = await pool.request({
        path: `${prefix}${path.startsWith('/') ? '' : '/'}${path}`,
        method: 'GET',
        headers,
        signal: callTimeouts.signal,
      });
      const body = await readBody(response, options.maxResponseBytes, callTimeouts, turns);
      return {
        status: response.statusCode,
        headers: response.headers,
        ...body,
        sentAt,
        receivedAt: clock.now(),
      };
    } catch (error) {
      throw asExchangeError(callTimeouts.signal.aborted ? callTimeouts.signal.reason : error);
    } finally {
      callTimeouts.end();
    }
  };

  return {
    get,
    close: async () => {
      const callTimeouts = setTimeout(() => void pool.destroy(), CLOSE_TIMEOUT_MS);
      await pool.close().catch(() => undefined);
      clearTimeout(callTimeouts);
    },
  };
};

/** The connection was never made, so the server cannot have counted the request. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Why no whole answer came. */
export const asExchangeError = (error: unknown): ExchangeError => {
  if (error instanceof ExchangeError) return error;
  if (error instanceof errors.HeadersTimeoutError) return new ExchangeError('timeout', 'headers');
  if (error instanceof errors.BodyTimeoutError) return new ExchangeError('timeout', 'body');
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new ExchangeError(NEVER_SENT.has(code) ? 'notSent' : 'network', code);
};
