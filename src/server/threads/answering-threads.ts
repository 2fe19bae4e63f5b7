import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { changeCount } from '#lib/change-count.ts';
import type { Logger } from '../observability/logger.ts';
import type { FromThread, ThreadOptions, ToThread } from './lease.ts';
import type { Leases } from './leases.ts';

/** The compiled package has the same file with another extension. */
const FILE = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

export interface AnsweringThreads {
  /** Of the address that all of them take connections at. */
  readonly port: number;
  /** Takes no more connections, and waits for answers in flight; what is left after `graceMs` is cut. */
  close(graceMs: number): Promise<void>;
}

/**
 * Threads that take the connections of callers. They repeat answers by themselves where the main thread has granted a lease, and send
 * everything else on to it. @throws when the address cannot be taken
 */
export const startAnsweringThreads = async (
  { threads, ...options }: Omit<ThreadOptions, 'changes'> & { readonly threads: number },
  leases: Leases,
  logger: Logger,
): Promise<AnsweringThreads> => {
  const workers = new Set<Worker>();
  let isClosing = false;
  const start = async (at: number): Promise<number> => {
    const worker = new Worker(FILE, {
      workerData: { ...options, port: at, changes: changeCount } satisfies ThreadOptions,
    });
    workers.add(worker);
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ENDED') for (const lease of message.leases) leases.end(lease);
    });
    worker.on('error', (err) => logger.error({ err }, 'An answering thread has failed; another one takes its place'));
    const [first] = (await once(worker, 'message')) as [FromThread];
    if (first.kind === 'FAILED') throw Object.assign(new Error('The address cannot be taken.'), { code: first.code });
    const taken = first.kind === 'LISTENING' ? first.port : at;
    worker.on('exit', () => {
      workers.delete(worker);
      if (isClosing) return;
      start(taken).catch((err) => logger.error({ err }, 'An answering thread could not be started'));
    });
    return taken;
  };
  const port = await start(options.port);
  await Promise.all(Array.from({ length: threads - 1 }, () => start(port)));
  return {
    port,
    close: async (graceMs) => {
      isClosing = true;
      const ended = [...workers].map((worker) => once(worker, 'exit'));
      for (const worker of workers) worker.postMessage({ kind: 'CLOSE', graceMs } satisfies ToThread);
      await Promise.all(ended);
    },
  };
};
