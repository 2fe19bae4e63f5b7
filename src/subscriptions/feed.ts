import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';

/** Events for any number of listeners, from one watch that runs only while somebody listens. */
export interface Feed<E> {
  /** Events that occur from the first `next()` on, in order. Ends when the feed is closed. */
  listen(isWanted: (event: E) => boolean): Repeater<E, void>;
  isWatched(): boolean;
  /** Goes on with another watch; listeners stay. */
  follow(watch: Watch<E>): void;
  /** Ends every listener, also those that begin later. */
  close(): void;
}

/** Emits events until `signal` aborts. Must not throw. */
export type Watch<E> = (emit: (event: E) => void, signal: AbortSignal) => Promise<void>;

/** Events kept for a listener that has not taken them yet. When more come, it loses the oldest. */
const MAX_BUFFERED = 1_000;

interface Listener<E> {
  push(event: E): void;
  stop(): void;
}

/** Makes a feed of a watch. The first listener starts the watch, and the last one to leave stops it. */
export const createFeed = <E>(initial: Watch<E>): Feed<E> => {
  const listeners = new Set<Listener<E>>();
  let watch = initial;
  let running: AbortController | null = null;
  let isClosed = false;

  const start = (): void => {
    const run = new AbortController();
    running = run;
    const emit = (event: E) => {
      if (!run.signal.aborted) for (const { push } of listeners) push(event);
    };
    void watch(emit, run.signal);
  };
  const add = (listener: Listener<E>): void => {
    listeners.add(listener);
    if (!running) start();
  };
  const remove = (listener: Listener<E>): void => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    const last = running;
    running = null;
    last?.abort();
  };

  return {
    listen: (isWanted) =>
      new Repeater<E, void>(async (push, stop) => {
        if (isClosed) return stop();
        const listener: Listener<E> = { push: (event) => void (isWanted(event) && push(event)), stop };
        add(listener);
        await stop;
        remove(listener);
      }, new SlidingBuffer(MAX_BUFFERED)),
    isWatched: () => running !== null,
    follow: (next) => {
      watch = next;
      if (!running) return;
      running.abort();
      start();
    },
    close: () => {
      isClosed = true;
      for (const { stop } of listeners) stop();
    },
  };
};

/** The wanted events of several feeds, as they occur. Ending it ends listening to all of them. */
export const mergeFeeds = <E>(feeds: readonly Feed<E>[], isWanted: (event: E) => boolean): Repeater<E, void> =>
  // The library's type allows for events that are promises, which these are not.
  Repeater.merge(feeds.map((feed) => feed.listen(isWanted))) as Repeater<E, void>;
