import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { readServerSentEvents } from '#lib/server-sent-events.ts';

/** What one subscriber heard. */
export interface Listener<T> {
  readonly events: T[];
  /** Resolves with the first event that `is` wanted, heard already or not; fails when none comes. */
  hears(is: (event: T) => boolean): Promise<T>;
  leave(): void;
}

/** Only ends what hangs. */
const MAX_WAIT_MS = 90_000;

const createListener = <T>(leave: () => void): Listener<T> & { hear(event: T): void } => {
  const events: T[] = [];
  let check = (): void => {};
  return {
    events,
    leave,
    hear: (event) => {
      events.push(event);
      check();
    },
    hears: (is) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`Heard only ${JSON.stringify(events)}`)), MAX_WAIT_MS);
        check = () => {
          const found = events.find(is);
          if (found === undefined) return;
          clearTimeout(late);
          resolve(found);
        };
        check();
      }),
  };
};

/** Subscribes over server-sent events. */
export const listenBySse = async <T>(
  url: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Listener<T>> => {
  const leave = new AbortController();
  const listener = createListener<T>(() => leave.abort());
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: leave.signal,
  });
  const body = response.body;
  if (!body) throw new Error('expected a stream');
  const read = async () => {
    for await (const data of readServerSentEvents(body)) if (data !== '') listener.hear(JSON.parse(data) as T);
  };
  read().catch(() => {});
  return listener;
};

export const webSocketClient = (url: string, connectionParams: Record<string, unknown> = {}): Client =>
  createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });

/** Subscribes over a client's one socket. */
export const listenBySocket = <T>(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Listener<T> => {
  const listener = createListener<T>(() => stop());
  const stop = client.subscribe(
    { query, variables },
    { next: (event) => listener.hear(event as T), error: () => {}, complete: () => {} },
  );
  return listener;
};
