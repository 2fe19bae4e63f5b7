import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { listen, stop } from '../http/listen.ts';
import { readBytes } from '../http/read-body.ts';
import { sendTogether } from '../http/send-together.ts';
import { forwardTo, type Leased, type Repeatable, tunnelTo } from './forward.ts';
import { type FromThread, LEASE_MS, type ThreadOptions, type ToThread } from './lease.ts';
import { Repeater } from './repeater.ts';

const { host, port, socketPath, keepAliveMs, changes } = workerData as ThreadOptions;
const tell = (message: FromThread): void => parentPort?.postMessage(message);

/** A request up to this size may be repeated. */
const LONGEST_REQUEST = 20_000;
/** The main thread answers each of them otherwise: with the caller's id, or as a part of the caller's trace. */
const OF_ONE_REQUEST = ['x-request-id', 'traceparent'];

const forward = forwardTo(socketPath);
const repeater = new Repeater(changes);

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const startedAt = performance.now();
  const { method, url, headers, rawHeaders } = request;
  const isShort = Number(headers['content-length']) <= LONGEST_REQUEST;
  const body = method === 'POST' && url === '/graphql' && isShort ? await readBytes(request, LONGEST_REQUEST) : null;
  if (!body) return forward(request, response);
  if (OF_ONE_REQUEST.some((name) => headers[name] !== undefined))
    return forward(request, response, { body, leased: null });
  // Equal requests are treated alike: everything that decides about one is in it.
  const key = `${rawHeaders.join('\n')}\n\n${body.toString('latin1')}`;
  const known = repeater.find(key, startedAt);
  if (known) return sendTogether(() => repeat(known, response));
  const leased: Leased = (lease, made) => repeater.keep(key, lease, made);
  forward(request, response, { body, leased: repeater.hasRoom ? leased : null });
};

const repeat = ({ headers, body }: Repeatable, response: ServerResponse): void => {
  if (response.destroyed) return;
  response.writeHead(200, ofItsOwn(headers)).end(body);
};

/** Each answer has an id of its own. */
const ofItsOwn = (headers: readonly string[]): string[] => {
  const own = headers.slice();
  const at = own.indexOf('x-request-id');
  if (at >= 0) own[at + 1] = randomUUID();
  return own;
};

const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.on('upgrade', tunnelTo(socketPath));

const report = setInterval(() => {
  const leases = repeater.takeEnded();
  if (leases.length > 0) tell({ kind: 'ENDED', leases });
}, LEASE_MS);

parentPort?.on('message', async ({ graceMs }: ToThread) => {
  await stop(server, graceMs);
  clearInterval(report);
  tell({ kind: 'ENDED', leases: repeater.takeEnded() });
  parentPort?.close();
});

try {
  const url = await listen(server, { host, port, reusePort: true });
  tell({ kind: 'LISTENING', port: Number(new URL(url).port) });
} catch (error) {
  tell({ kind: 'FAILED', code: (error as NodeJS.ErrnoException).code ?? 'UNKNOWN' });
}
