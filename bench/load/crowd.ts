import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '#demo/random.ts';
import { ask, type BenchAnswer } from '../ask.ts';
import type { BenchOperation } from '../operations.ts';

export interface CrowdOptions {
  readonly url: string;
  readonly operations: readonly BenchOperation[];
  readonly clients: number;
  readonly seconds: number;
  /** Mean pause of a client between two operations, in milliseconds: people look at answers. */
  readonly pauseMs: number;
}

/** Many clients, each asking one operation after the other, in an order and with variables of its own. */
export const runCrowd = async (options: CrowdOptions): Promise<readonly BenchAnswer[]> => {
  const endsAt = Date.now() + options.seconds * 1000;
  const clients = Array.from({ length: options.clients }, (_, index) => runClient(options, index, endsAt));
  return (await Promise.all(clients)).flat();
};

const runClient = async (
  { url, operations, pauseMs }: CrowdOptions,
  index: number,
  endsAt: number,
): Promise<BenchAnswer[]> => {
  const random = createRandom(`client ${index}`);
  const answers: BenchAnswer[] = [];
  while (Date.now() < endsAt) {
    await sleep(random.next() * 2 * pauseMs);
    const { query, variables } = random.pick(operations);
    answers.push(await ask(url, query, variables(random)));
  }
  return answers;
};

/** The value that this share of them does not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
};
