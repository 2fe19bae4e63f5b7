import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCompany } from '../company.ts';
import { tenOperations } from '../operations.ts';
import { crowd } from './crowd.ts';
import { endScans, makeTrouble } from './trouble.ts';
import { deployedNodeOptions, startWatchedGateway, type Vitals } from './watched-gateway.ts';

/**
 * Mixed load with random faults on both upstreams, while scans end and the index reads their accounts anew. Ends with 1 when the gateway
 * crashed, left a rejection unhandled, answered an error without a code or none at all, hardly ever sent an answer that it had kept, or
 * grew: resident memory at the end against that after the first two minutes, in which caches fill, each upstream fails in every way, and
 * accounts are read anew. A run of less than five minutes says nothing of memory, and does not judge it. Node gets the options of the
 * Kubernetes deployment: V8 lets garbage lie in proportion to the heap it may take, which on a machine with memory to spare says more of
 * the machine than of the gateway.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    connections: { type: 'string', default: '200' },
    'node-options': { type: 'string', default: deployedNodeOptions() },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const nodeOptions = values['node-options'];
const MOST_GROWTH = seconds >= 300 ? 1.15 : Number.POSITIVE_INFINITY;
const WARM_UP_S = Math.min(120, seconds / 2);
const WINDOW_S = Math.min(15, seconds / 4);
const LEAST_KEPT_SHARE = 0.05;

const company = createCompany(Date.now());
const scanorbit = await startScanOrbitDemo({
  world: company.cloud,
  edition: 'observed',
  movingScans: false,
  rateLimit: false,
  latencyMs: 10,
});
const scanopy = await startScanopyDemo({
  world: company.network,
  version: '0.16.0',
  apiKey: `scp_u_${'0'.repeat(32)}`,
  rateLimit: false,
  latencyMs: 10,
});
// Enough for the load to reach the upstreams, and little enough for calls to wait.
const budget = { ratePerSecond: 150, burst: 150 };
const timeouts = { headersMs: 1_000, bodyMs: 1_000, callMs: 3_000 };
const gateway = await startWatchedGateway(
  {
    sources: [
      { name: 'scanorbit', kind: 'scanorbit', url: scanorbit.url, apiKey: scanorbit.apiKey, budget, timeouts },
      { name: 'scanopy', kind: 'scanopy', url: scanopy.url, apiKey: scanopy.apiKey, budget, timeouts },
    ],
    server: { port: 0 },
    index: { directory: null, refreshSeconds: 30 },
    // So small that they do not go on filling to the end, which would look like a leak.
    cache: { maxBytes: 32_000_000, keptAnswersBytes: 16_000_000 },
    log: { level: 'silent' },
  },
  nodeOptions,
);

/** How many questions were answered by a kept answer, by joining an execution, and by one of their own. */
const keptAnswers = async (url: string): Promise<Readonly<Record<'hit' | 'join' | 'miss', number>>> => {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const count = (outcome: string) =>
    Number(new RegExp(`^inventory_kept_answers_total\\{outcome="${outcome}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { hit: count('hit'), join: count('join'), miss: count('miss') };
};

const over = new AbortController();
const trouble = makeTrouble([scanorbit, scanopy], over.signal);
const scans = endScans(scanorbit, company.cloud.accounts, over.signal);
const people = crowd(gateway.url, tenOperations(company), connections, over.signal);
const samples: (Vitals & { readonly at: number })[] = [];
const startedAt = Date.now();
for (let at = 0; at < seconds && gateway.crash() === null; at = (Date.now() - startedAt) / 1000) {
  await delay(1_000);
  const vitals = await Promise.race([gateway.vitals(), delay(5_000)]);
  if (vitals) samples.push({ ...vitals, at });
}
over.abort();
const [seen, faults] = await Promise.all([people, trouble, scans]);
const crash = gateway.crash();
const kept = crash === null ? await keptAnswers(gateway.url) : { hit: 0, join: 0, miss: 0 };
await gateway.stop();
await Promise.all([scanorbit.close(), scanopy.close()]);

const answered = kept.hit + kept.join + kept.miss;
const share = (count: number): number => Number((count / Math.max(1, answered)).toFixed(3));
const mean = (until: number): number => {
  const window = samples.filter(({ at }) => at > until - WINDOW_S && at <= until).map(({ rssBytes }) => rssBytes);
  return window.reduce((sum, bytes) => sum + bytes, 0) / Math.max(1, window.length);
};
const early = mean(WARM_UP_S);
const late = mean(seconds);
const sorted = seen.milliseconds.toSorted((a, b) => a - b);
const percentile = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
const unhandled = samples.at(-1)?.unhandledRejections ?? 0;

console.table({
  seconds,
  connections,
  'node options': nodeOptions,
  operations: seen.operations,
  'abandoned by callers': seen.abandoned,
  'share of kept answers': share(kept.hit),
  'share of joined executions': share(kept.join),
  'upstream requests': scanorbit.countOf() + scanopy.countOf(),
  faults: [...faults.values()].reduce((sum, count) => sum + count, 0),
  'p50 ms': percentile(0.5),
  'p99 ms': percentile(0.99),
  'longest stall of the event loop ms': Math.round(samples.at(-1)?.longestStallMs ?? 0),
  'RSS MB after the warm-up': Math.round(early / 1e6),
  'RSS MB at the end': Math.round(late / 1e6),
  'RSS ratio': Number((late / early).toFixed(3)),
});
const everyMinute = samples.filter(({ at }, i) => Math.floor(at / 30) !== Math.floor((samples[i - 1]?.at ?? -1) / 30));
console.table(
  everyMinute.map(({ at, rssBytes, heapBytes }) => ({
    second: Math.round(at),
    'RSS MB': Math.round(rssBytes / 1e6),
    'heap MB': Math.round(heapBytes / 1e6),
  })),
);
console.log('errors by code', Object.fromEntries(seen.codes), '\nfaults', Object.fromEntries(faults));

const failures = [
  crash !== null && `crashed: ${crash}`,
  unhandled > 0 && `${unhandled} unhandled rejections`,
  seen.brokenCount > 0 &&
    `${seen.brokenCount} answers without a typed error or without an answer:\n${seen.broken.join('\n')}`,
  !(late / early <= MOST_GROWTH) && `memory grew by more than ${MOST_GROWTH}`,
  share(kept.hit) < LEAST_KEPT_SHARE && 'hardly any answer was a kept one',
  seen.operations < seconds && 'hardly anything was asked',
].filter((failure) => failure !== false);
console.log(failures.length > 0 ? `\nFAILED\n${failures.join('\n')}` : '\nPassed');
if (failures.length > 0) process.exitCode = 1;
