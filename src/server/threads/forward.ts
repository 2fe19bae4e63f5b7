import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Dispatcher, Pool } from 'undici';
import { sendTogether } from '../http/send-together.ts';
import { LEASE_HEADER, type Lease, LONGEST_REPEATED, leaseFrom } from './lease.ts';

/** Headers of one connection, not of what is sent over it (RFC 9110, section 7.6.1), and those that Node writes itself. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'te', 'trailer'],
  ...['expect', 'date', LEASE_HEADER],
]);

/** Names and values in turn, as Node gives and takes them. */
const withoutConnection = (rawHeaders: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    if (!OF_CONNECTION.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
};

/** An answer of the main thread that may be repeated. */
export interface Repeatable {
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** What to do with a lease, and with its answer; null when that did not arrive. */
export type Leased = (lease: Lease, answer: Repeatable | null) => void;

/** A request that was read already. */
interface ReadRequest {
  readonly body: Buffer;
  /** Null: no lease is asked for. */
  readonly leased: Leased | null;
}

type Forward = (request: IncomingMessage, response: ServerResponse, read?: ReadRequest) => void;

/** Sends requests on to the main thread, and its answers back as they come. */
export const forwardTo = (socketPath: string): Forward => {
  const pool = new Pool('http://main', { socketPath, headersTimeout: 0, bodyTimeout: 0, allowH2: false });
  return (request, response, read) => {
    const { method = 'GET', url: path = '/', rawHeaders } = request;
    const headers = withoutConnection(rawHeaders);
    if (read?.leased) headers.push(LEASE_HEADER, 'please');
    const hasBody = method !== 'GET' && method !== 'HEAD';
    pool.dispatch(
      { method, path, headers, body: read?.body ?? (hasBody ? request : null) },
      new GivingBack(request, response, read),
    );
  };
};

/** Writes to the caller what the main thread answers. */
class GivingBack implements Dispatcher.DispatchHandler {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #leased: Leased | null;
  #headers: readonly string[] = [];
  #lease: Lease | null = null;
  /** Of an answer that is written at once. */
  #pieces: Buffer[] | null = null;

  constructor(request: IncomingMessage, response: ServerResponse, read?: ReadRequest) {
    this.#request = request;
    this.#response = response;
    this.#leased = read?.leased ?? null;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#response.on('close', () => {
      if (!this.#response.writableFinished) controller.abort(new Error('The caller went away.'));
    });
    this.#response.on('drain', () => controller.resume());
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    const lease = headers[LEASE_HEADER];
    if (typeof lease === 'string') this.#lease = leaseFrom(lease);
    this.#headers = withoutConnection(Object.entries(headers).flatMap(pairsOf));
    // Answered before it was read: what is left of it is not waited for.
    if (!this.#request.complete) this.#response.shouldKeepAlive = false;
    this.#response.writeHead(status, [...this.#headers]);
    if (Number(headers['content-length']) <= LONGEST_REPEATED) this.#pieces = [];
    // Events go out as they come, the first one, too.
    else this.#response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#pieces) this.#pieces.push(piece);
    else if (!this.#response.write(piece)) controller.pause();
  }

  onResponseEnd(): void {
    const pieces = this.#pieces;
    if (!pieces) return void this.#response.end();
    const body = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    sendTogether(() => this.#response.end(body)).catch(() => this.#response.destroy());
    if (this.#lease) this.#leased?.(this.#lease, { headers: this.#headers, body });
  }

  /** The main thread is closing, or the caller has gone. */
  onResponseError(): void {
    if (this.#lease) this.#leased?.(this.#lease, null);
    this.#response.destroy();
  }
}

const pairsOf = ([name, value]: [string, string | string[] | undefined]): string[] =>
  [value ?? []].flat().flatMap((one) => [name, one]);

/** Joins a connection that becomes a WebSocket with the main thread, which decides about it. */
export const tunnelTo =
  (socketPath: string) =>
  ({ method, url, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []));
    const tunnel = connect(socketPath);
    tunnel.write(`${[`${method} ${url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
    tunnel.write(head);
    const end = () => {
      socket.destroy();
      tunnel.destroy();
    };
    for (const side of [socket, tunnel]) side.on('error', end).on('close', end);
    socket.pipe(tunnel).pipe(socket);
  };
