import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as both demo servers see it; bodies are not read, for neither product is written to. */
export interface DemoRequest {
  readonly method: string;
  /** As sent, percent-encoding included, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** Where an answer without an end is written to. */
type DemoStream = Pick<ServerResponse, 'flushHeaders' | 'once'> & { write(text: string): void };

export interface DemoAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for an answer without body. */
  readonly body: string;
  /** Goes on writing after the head, in place of a body, until the client leaves. */
  readonly stream?: (response: DemoStream) => void;
}

export interface DemoListener {
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  /** Ends every open connection, hanging ones too. */
  close(): Promise<void>;
}

export type DemoExchange = (request: DemoRequest, response: ServerResponse) => Promise<void>;

/** Listens on a port (0 = any free one) and hands over every request. */
export function listen(options: { port: number; host: string; exchange: DemoExchange }): Promise<DemoListener> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    options.exchange(readRequest(incoming), response).catch((error: unknown) => response.destroy(error as Error));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.removeListener('error', reject);
      const { port } = server.address() as AddressInfo;
      resolve({
        origin: `http://${options.host}:${port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): DemoAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** A HEAD answer has neither body nor content-length. */
export function send(request: DemoRequest, response: ServerResponse, answer: DemoAnswer): void {
  if (answer.stream !== undefined) {
    response.writeHead(answer.status, answer.headers);
    answer.stream(response);
    return;
  }
  const bodiless = request.method === 'HEAD' || answer.body === '';
  const length = request.method === 'HEAD' ? {} : { 'content-length': String(Buffer.byteLength(answer.body)) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  response.end(bodiless ? undefined : answer.body);
}

function readRequest({ method = 'GET', url = '/', headers }: IncomingMessage): DemoRequest {
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const rawQuery = mark === -1 ? '' : url.slice(mark + 1);
  return { method, path, rawQuery, query: new URLSearchParams(rawQuery), headers };
}
