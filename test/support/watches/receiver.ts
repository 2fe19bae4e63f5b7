import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { until } from '../until.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers. */
  readonly isSilent?: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** How it answers from now on. @default 204 */
  reply: Reply;
  untilReceived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server that keeps what it is sent. */
export const startReceiver = async (port = 0): Promise<Receiver> => {
  const received: Received[] = [];
  const receiver = { reply: {} as Reply };
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    const { status = 204, headers = {}, isSilent = false } = receiver.reply;
    if (!isSilent) response.writeHead(status, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    untilReceived: (count: number) => until(() => received.length >= count),
    close,
  });
};
