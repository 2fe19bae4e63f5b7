import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DerivationMessage, DeriveAnswer, DeriveRequest, SourceNews } from './messages.ts';

/** A derivation in a thread of its own. Once it has failed it answers nothing more. */
export interface DerivationThread {
  send(news: SourceNews): void;
  /** @throws Error when the thread ended before it answered. */
  derive(request: DeriveRequest): Promise<DeriveAnswer>;
  close(): Promise<void>;
}

/** The compiled package has the same file with another extension. */
const FILE = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

export const openDerivationThread = (): DerivationThread => {
  const worker = new Worker(FILE);
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  worker.on('error', ended.reject);
  worker.on('exit', (code) => ended.reject(new Error(`Expected the thread to go on, got exit code ${code}.`)));
  // Nothing waits for it unless something is being derived: it must not keep the process alive.
  worker.unref();
  const post = (message: DerivationMessage) => worker.postMessage(message);
  return {
    send: post,
    derive: async (request) => {
      worker.ref();
      const answer = new Promise<DeriveAnswer>((resolve) => worker.once('message', resolve));
      post(request);
      return Promise.race([answer, ended.promise]).finally(() => worker.unref());
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
