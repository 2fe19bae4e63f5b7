import type { Reply } from '../answer.ts';

/** A question whose answer several processes may have, or may be asking for. */
export interface SharedQuestion {
  /** Path and query as sent. */
  readonly path: string;
  /** How long the answer may be shared. */
  readonly freshMs: number;
  /** Of the data: an answer of another version is not taken. Undefined, when it could not be learned: nothing is shared. */
  readonly version: string | null | undefined;
  /** Epoch milliseconds after which nobody waits any more. */
  readonly deadlineAt: () => number;
  /** False when the caller wants an answer of its own, which others may then read. */
  readonly mayRead: boolean;
  /** Runs `wait` as time in the queue: callers whose deadline comes meanwhile get the error of the budget. Aborts when nobody waits. */
  readonly inQueue: <T>(wait: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}

export interface SharedReply extends Reply {
  /** Milliseconds since the upstream gave it; null: just now, to us. */
  readonly ageMs: number | null;
}

/** A second level of the cache, outside of the process. Of one source and credential. */
export interface SharedAnswers {
  /**
   * An answer another process got, or is just getting, else what `ask` gives. Fails only as `ask` does: where nothing can be shared,
   * it is asked. The answer is as the upstream sent it, and is parsed and validated anew by every reader.
   */
  through(question: SharedQuestion, ask: () => Promise<Reply>): Promise<SharedReply>;
}
