import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { noteChange } from '#lib/change-count.ts';
import { HistoryError } from '../history-store.ts';
import type { HistoryAnswer, HistoryNotice, HistoryPlace, HistoryRequest, NumberedRequest } from './messages.ts';

/** The compiled package has the same file with another extension. */
const FILE = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

interface Waiting {
  resolve(result: unknown): void;
  reject(error: HistoryError): void;
}

/** Asks the thread that has the history open. */
export class HistoryThread {
  readonly #place: HistoryPlace;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #number = 0;
  #revision = 0;
  /** What other processes change is noticed. A file has no others. */
  #follows: boolean;

  constructor(place: HistoryPlace) {
    this.#place = place;
    this.#follows = place.kind === 'SQLITE';
    // It follows from the beginning, not from the first question.
    if (!this.#follows) this.#worker = this.#open();
  }

  /** As long as nobody would notice a change, there may have been one. */
  revision(): number {
    if (!this.#follows) this.noteChange();
    return this.#revision;
  }

  noteChange(): void {
    this.#revision++;
    noteChange();
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
    const worker = new Worker(FILE, { workerData: this.#place });
    worker.unref();
    worker.on('message', (message: HistoryAnswer | HistoryNotice) => {
      if ('notice' in message) this.#notice(message);
      else this.#take(message);
    });
    const end = (reason: string) => {
      if (this.#worker === worker) this.#worker = null;
      this.#follows = this.#place.kind === 'SQLITE';
      for (const { reject } of this.#waiting.values()) reject(new HistoryError(reason));
      this.#waiting.clear();
    };
    worker.on('error', ({ message }) => end(`Expected the thread of the history to go on, got: ${message}`));
    worker.on('exit', (code) => end(`Expected the thread of the history to go on, got exit code ${code}.`));
    return worker;
  }

  #notice(message: HistoryNotice): void {
    this.noteChange();
    if (message.notice === 'FOLLOWS') this.#follows = message.follows;
  }

  #take(answer: HistoryAnswer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('result' in answer) waiting?.resolve(answer.result);
    else waiting?.reject(new HistoryError(answer.failure));
  }
}
