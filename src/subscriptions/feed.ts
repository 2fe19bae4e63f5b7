/** Something that changes, told to everybody who listens. The source behind it works only while somebody does. */
export interface Feed<E> {
  /** Events from now on, in order. Ends when the feed is closed. */
  listen(): AsyncGenerator<E, void, void>;
  readonly listeners: number;
  close(): void;
}

/** Runs until `signal` aborts; must not throw. */
export type Watch<E> = (emit: (event: E) => void, signal: AbortSignal) => Promise<void>;

/** What a listener has not taken yet; one that falls further behind loses its oldest events. */
const MAX_WAITING = 1_000;

interface Listener<E> {
  readonly waiting: E[];
  wake: () => void;
  isDone: boolean;
}

/** One watch shared by all listeners: started by the first, stopped when the last leaves. */
export const createFeed = <E>(watch: Watch<E>): Feed<E> => {
  const listeners = new Set<Listener<E>>();
  let running: AbortController | null = null;

  const emit = (event: E): void => {
    for (const listener of listeners) {
      if (listener.waiting.length >= MAX_WAITING) listener.waiting.shift();
      listener.waiting.push(event);
      listener.wake();
    }
  };
  const enter = (listener: Listener<E>): void => {
    listeners.add(listener);
    if (running) return;
    const run = new AbortController();
    running = run;
    void watch((event) => !run.signal.aborted && emit(event), run.signal);
  };
  const leave = (listener: Listener<E>): void => {
    listener.isDone = true;
    listener.wake();
    listeners.delete(listener);
    if (listeners.size > 0) return;
    running?.abort();
    running = null;
  };

  return {
    listen: () => {
      const listener: Listener<E> = { waiting: [], wake: () => {}, isDone: false };
      enter(listener);
      return drain(listener, () => leave(listener));
    },
    get listeners() {
      return listeners.size;
    },
    close: () => {
      for (const listener of [...listeners]) leave(listener);
    },
  };
};

/** Intentionally no async generator: `return()` must end a wait, which a suspended generator does not do. */
const drain = <E>(listener: Listener<E>, leave: () => void): AsyncGenerator<E, void, void> => {
  const done = { value: undefined, done: true } as const;
  const next = async (): Promise<IteratorResult<E, void>> => {
    for (;;) {
      const [event] = listener.waiting;
      if (listener.waiting.length > 0) {
        listener.waiting.shift();
        return { value: event as E, done: false };
      }
      if (listener.isDone) return done;
      await new Promise<void>((resolve) => {
        listener.wake = resolve;
      });
    }
  };
  const finish = async (): Promise<typeof done> => {
    listener.waiting.length = 0;
    leave();
    return done;
  };
  return {
    next,
    return: finish,
    throw: async (error) => {
      await finish();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await finish()),
  };
};
