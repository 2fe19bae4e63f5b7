import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { type DemoAnswer, type DemoRequest, jsonAnswer, send } from './http.ts';

/** The product's own answers for failures. */
export interface FaultWording {
  serverError(): DemoAnswer;
  poolExhausted(): DemoAnswer;
  unavailable(): DemoAnswer;
  unauthorized(): DemoAnswer;
  /** Without any header about the limit: the fault brings them. */
  rateLimited(): DemoAnswer;
}

/**
 * Spoils one exchange. `answer` is what would have been said; it is asked for only where its body is needed.
 *
 * @returns the status that went out; 0 when none did.
 */
export async function deliverFault(
  fault: Fault,
  request: DemoRequest,
  response: ServerResponse,
  wording: FaultWording,
  answer: () => DemoAnswer,
): Promise<number> {
  switch (fault.kind) {
    case 'timeout-before-headers':
      return 0;
    case 'reset':
      response.socket?.resetAndDestroy();
      return 0;
    case 'stalled-body':
      return startBody(response, answer(), (body) => body.slice(0, Math.max(1, body.length >> 1)));
    case 'slow-drip':
      return drip(response, answer(), fault.delayMs ?? 50);
    case 'huge-body':
      return sendHuge(response, fault.bytes ?? 64 * 2 ** 20);
    case 'pool-exhausted':
      await delay(fault.delayMs ?? 2_000);
  }
  const spoilt = spoiltAnswer(fault, wording, answer);
  send(request, response, spoilt);
  return spoilt.status;
}

function spoiltAnswer(fault: Fault, wording: FaultWording, answer: () => DemoAnswer): DemoAnswer {
  switch (fault.kind) {
    case 'pool-exhausted':
      return wording.poolExhausted();
    case 'status-503':
      return wording.unavailable();
    case 'unauthorized':
      return wording.unauthorized();
    case 'status-429':
      return withHeaders(wording.rateLimited(), { ...retryAfterOf(fault), ...fault.headers });
    case 'truncated-json':
      return truncated(answer());
    case 'invalid-rows':
      return withInvalidRows(answer());
    case 'html-200':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>App</title>' };
    case 'wrong-shape':
      return jsonAnswer(200, { ok: true, items: 'none' });
    case 'empty-body':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
    default:
      return wording.serverError();
  }
}

function withHeaders(answer: DemoAnswer, headers: Readonly<Record<string, string>>): DemoAnswer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function retryAfterOf({ retryAfter = 1 }: Fault): Readonly<Record<string, string>> {
  if (retryAfter === 'absent') return {};
  return { 'retry-after': retryAfter === 'date' ? new Date(Date.now() + 30_000).toUTCString() : String(retryAfter) };
}

function truncated(answer: DemoAnswer): DemoAnswer {
  return { ...answer, body: answer.body.slice(0, Math.max(1, Math.floor(answer.body.length * 0.6))) };
}

/** Rows 1, 4, 7 … of `data` get an impossible id, no fields at all, or stop being objects; their neighbours stay. */
function withInvalidRows(answer: DemoAnswer): DemoAnswer {
  const body = JSON.parse(answer.body) as { data?: unknown };
  if (!Array.isArray(body.data)) return { ...answer, body: JSON.stringify({ ...body, data: { id: 42 } }) };
  const data = body.data.map((row: object, index) => (index % 3 === 0 ? brokenRow(row, index / 3) : row));
  return { ...answer, body: JSON.stringify({ ...body, data }) };
}

function brokenRow(row: object, turn: number): unknown {
  return [{ ...row, id: 42 }, {}, 'not a row', null][turn % 4];
}

/** Promises the whole body, sends a part, and never goes on. */
function startBody(response: ServerResponse, answer: DemoAnswer, part: (body: string) => string): number {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) });
  response.write(part(answer.body));
  return answer.status;
}

async function drip(response: ServerResponse, answer: DemoAnswer, pauseMs: number): Promise<number> {
  startBody(response, answer, (body) => body.slice(0, 1));
  for (const byte of Buffer.from(answer.body).subarray(1)) {
    await delay(pauseMs);
    if (response.destroyed) break;
    response.write(Buffer.of(byte));
  }
  response.end();
  return answer.status;
}

/** Valid JSON, `bytes` long, at the pace of the reader. */
async function sendHuge(response: ServerResponse, bytes: number): Promise<number> {
  const [open, close] = ['{"data":[],"padding":"', '"}'];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(open);
  const chunk = Buffer.alloc(65_536, 'x');
  for (let left = bytes - open.length - close.length; left > 0 && !response.destroyed; left -= chunk.length) {
    const accepted = response.write(chunk.subarray(0, Math.min(left, chunk.length)));
    if (!accepted) await drained(response);
  }
  response.end(close);
  return 200;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
