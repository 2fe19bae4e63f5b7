import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { readServerSentEvents } from '#lib/server-sent-events.ts';
import { newExchange } from '../answers/exchange.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Yoga } from '../create-yoga.ts';

export interface OperationParams {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

const ADDRESS = 'http://localhost/graphql';

/**
 * Runs an operation that did not arrive over HTTP as an HTTP request, so that it passes through every plugin. Returns the results as
 * they arrive; ending the iterator cancels the operation.
 */
export async function executeThroughYoga(
  yoga: Yoga,
  params: OperationParams,
  viewer: Viewer,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const cancel = new AbortController();
  const response = await yoga.fetch(
    ADDRESS,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(params),
      signal: cancel.signal,
    },
    { viewer, requestId: randomUUID(), exchange: newExchange() },
  );
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
    return asResult(await response.text());
  }
  return results(response.body, cancel);
}

/** As {@link executeThroughYoga}, for one answer that is whole. It may be one that was kept. */
export const answerThroughYoga = async (
  yoga: Yoga,
  params: OperationParams,
  viewer: Viewer,
  { signal, isBackground = false }: { readonly signal?: AbortSignal; readonly isBackground?: boolean } = {},
): Promise<ExecutionResult> => {
  const exchange = newExchange();
  try {
    const response = await yoga.fetch(
      ADDRESS,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(params),
        signal: signal ?? null,
      },
      { viewer, requestId: randomUUID(), exchange, isBackground },
    );
    return JSON.parse(await response.text()) as ExecutionResult;
  } finally {
    exchange.end();
  }
};

/** graphql-ws calls `toJSON` on errors, which parsed JSON does not have, so it is added. */
const asResult = (text: string): ExecutionResult => {
  const result = JSON.parse(text) as ExecutionResult;
  for (const error of result.errors ?? []) Object.defineProperty(error, 'toJSON', { value: () => error });
  return result;
};

const results = (body: ReadableStream<Uint8Array>, cancel: AbortController): AsyncIterableIterator<ExecutionResult> => {
  const reader = body.getReader();
  const events = readServerSentEvents(piecesOf(reader));
  const done = { value: undefined, done: true } as const;
  return {
    next: async () => {
      for (;;) {
        const event = await events.next();
        if (event.done) return done;
        // The event that says the stream is complete has no data.
        if (event.value !== '') return { value: asResult(event.value), done: false };
      }
    },
    return: async () => {
      cancel.abort();
      await reader.cancel().catch(() => {});
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

async function* piecesOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}
