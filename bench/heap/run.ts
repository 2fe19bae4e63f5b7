import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '#demo/random.ts';
import { ask } from '../ask.ts';
import { createCompany } from '../company.ts';
import { tenOperations } from '../operations.ts';
import { startGateway, startUpstreams } from '../servers/start.ts';

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '20000' },
    out: { type: 'string', default: new URL('../results/heap.md', import.meta.url).pathname },
  },
});
const total = Number(values.operations);
const SAMPLES = 10;
const CLIENTS = 8;
/** Small, so that it is full early: what grows then is a leak. */
const CACHE_BYTES = 16_000_000;

const now = Date.now();
const operations = tenOperations(createCompany(now));
// Budgets that never run out on both sides: what is measured is work done, not waiting.
const upstreams = await startUpstreams(now, 0, false);
const gateway = await startGateway(
  upstreams.hello,
  { cache: { maxBytes: CACHE_BYTES } },
  { ratePerSecond: 10_000, burst: 10_000, reserve: 0 },
);
const random = createRandom('heap');
let failed = 0;

const runOperations = async (count: number): Promise<void> => {
  let left = count;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { query, variables } = random.pick(operations);
      const { codes } = await ask(gateway.hello.url, query, variables(random));
      if (codes.length > 0) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
};

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
const rows: string[] = [];
const heaps: number[] = [];
let upstreamCalls = 0;
for (let sample = 1; sample <= SAMPLES; sample += 1) {
  await runOperations(total / SAMPLES);
  const { heapBytes, rssBytes } = await gateway.ask();
  const { scanorbit, scanopy } = await upstreams.ask();
  upstreamCalls += scanorbit.calls + scanopy.calls;
  heaps.push(heapBytes);
  rows.push(`| ${(sample * total) / SAMPLES} | ${upstreamCalls} | ${megabytes(heapBytes)} | ${megabytes(rssBytes)} |`);
  console.log(rows.at(-1));
}
await gateway.stop();
await upstreams.stop();

const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
const growth = mean(heaps.slice(-3)) - mean(heaps.slice(2, 5));

const report = `# Heap

\`npm run bench:heap\`: ${total} operations of ten kinds with random variables, ${CLIENTS} at a time, by a gateway whose cache holds
${CACHE_BYTES / 1_000_000} MB; heap after a forced garbage collection. ${failed} of the operations had an error.

| operations | upstream calls | heap MB | process MB |
|---|---|---|---|
${rows.join('\n')}

From the mean of samples 3 to 5 to the mean of the last three: **${growth < 0 ? '' : '+'}${megabytes(growth)} MB**.
`;
await writeFile(values.out, report);
console.log(report);
