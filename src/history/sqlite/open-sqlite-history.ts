import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  HistoryError,
  type HistoryRows,
  type HistoryStore,
  type HistoryVersion,
  type PastReading,
  type Reading,
} from '../history-store.ts';
import { readPastState, type StoredState, type StoredValue } from '../past-state.ts';
import type { HistoryAnswer, HistoryRequest, NumberedRequest } from './messages.ts';

/** The compiled package has the same file with another extension. */
const FILE = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

/** A history in one file of SQLite. Nothing is opened before it is needed, and after a failure the next request opens it anew. */
export const openSqliteHistory = (path: string): HistoryStore => {
  const thread = new HistoryThread(path);
  let revision = 0;
  let last: Promise<unknown> = Promise.resolve();
  /** One that writes after the other. */
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
  return {
    append: (reading, rows) =>
      inLine(async () => {
        const isNew = await append(thread, reading, rows);
        if (isNew) revision++;
        return isNew;
      }),
    versions: (query, offset, limit) =>
      thread.ask<readonly HistoryVersion[]>({ kind: 'VERSIONS', query, offset, limit }),
    count: (query) => thread.ask<number>({ kind: 'COUNT', query }),
    readings: (query, limit) => thread.ask<readonly PastReading[]>({ kind: 'READINGS', query, limit }),
    at: (source, time) =>
      readPastState({
        state: () => thread.ask<StoredState | null>({ kind: 'STATE', source, time }),
        values: (records, at) => thread.ask<readonly StoredValue[]>({ kind: 'VALUES', records, at }),
        ids: (records) => thread.ask<readonly string[]>({ kind: 'IDS', records }),
      }),
    earliest: (visible) => thread.ask<ReadonlyMap<string, number>>({ kind: 'EARLIEST', visible }),
    retain: (limits) =>
      inLine(async () => {
        await thread.ask<void>({ kind: 'RETAIN', ...limits });
        revision++;
      }),
    revision: () => revision,
    close: () => inLine(() => thread.close()),
  };
};

const append = async (thread: HistoryThread, reading: Reading, rows: Iterable<HistoryRows>): Promise<boolean> => {
  if (!(await thread.ask<boolean>({ kind: 'BEGIN', reading }))) return false;
  try {
    for (const some of rows) await thread.ask({ kind: 'ROWS', rows: some });
    await thread.ask({ kind: 'COMMIT' });
    return true;
  } catch (error) {
    // Whatever became of it, the next reading begins anew; the first error is the one that tells why.
    await thread.ask({ kind: 'ROLLBACK' }).catch(() => {});
    throw error;
  }
};

interface Waiting {
  resolve(result: unknown): void;
  reject(error: HistoryError): void;
}

/** Asks the thread that has the file open, one after another. */
class HistoryThread {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #number = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws HistoryError */
  async ask<T>(request: HistoryRequest): Promise<T> {
    this.#worker ??= this.#open();
    const number = ++this.#number;
    this.#worker.postMessage({ number, request } satisfies NumberedRequest);
    // Who waits for an answer keeps the process alive; the thread itself does not.
    this.#worker.ref();
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
    return answer as Promise<T>;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    await this.ask({ kind: 'CLOSE' }).catch(() => {});
    this.#worker = null;
    await worker.terminate();
  }

  #open(): Worker {
    const worker = new Worker(FILE, { workerData: { path: this.#path } });
    worker.unref();
    worker.on('message', (answer: HistoryAnswer) => this.#take(answer));
    const end = (reason: string) => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(new HistoryError(reason));
      this.#waiting.clear();
    };
    worker.on('error', ({ message }) => end(`Expected the thread of the history to go on, got: ${message}`));
    worker.on('exit', (code) => end(`Expected the thread of the history to go on, got exit code ${code}.`));
    return worker;
  }

  #take(answer: HistoryAnswer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('result' in answer) waiting?.resolve(answer.result);
    else waiting?.reject(new HistoryError(`Expected the file of the history to be usable, got: ${answer.failure}`));
  }
}
