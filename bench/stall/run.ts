import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { validateConfig } from '#config/validate-config.ts';
import type { CloudSnapshot, NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import { hashOf } from '#lib/hash-index.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { createGateway } from '#server/create-gateway.ts';
import { sourceKinds } from '#sources/kinds.ts';
import type { AnySourceKind } from '#sources/source-kind.ts';
import { scaleInventory } from '../scale-inventory.ts';

/**
 * How long the thread that answers is held up while everything, or one account, is derived anew under load. The snapshots are invented;
 * no upstream is asked.
 */
const RESOURCES = Number(process.argv[2] ?? 100_000);
const PER_SECOND = Number(process.argv[4] ?? 200);
const ROUNDS = Number(process.argv[3] ?? 3);
const RESULTS = 'bench/results/stall.md';

const collect = (): void => {
  globalThis.gc?.();
  globalThis.gc?.();
};
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
const threads: Worker[] = [];
subscribe('worker_threads', (message) => threads.push((message as { readonly worker: Worker }).worker));

const { inventory, edges } = await scaleInventory(RESOURCES);
const known: { cloud: CloudSnapshot; network: NetworkSnapshot } = (() => {
  const { cloud, network } = inventory;
  if (!cloud[0] || !network[0]) throw new Error('Expected a snapshot of each side.');
  return { cloud: cloud[0], network: network[0] };
})();
collect();
const snapshotsMb = megabytes(process.memoryUsage().heapUsed);

const kinds = sourceKinds.map(
  (kind): AnySourceKind =>
    kind.side === 'CLOUD'
      ? { ...kind, snapshot: () => async () => known.cloud }
      : { ...kind, snapshot: () => async () => known.network },
);
const config = validateConfig(kinds, {
  sources: [
    { name: 'scanorbit', kind: 'scanorbit', url: 'http://127.0.0.1:9', apiKey: 'none' },
    { name: 'scanopy', kind: 'scanopy', url: 'http://127.0.0.1:9', apiKey: 'none' },
  ],
  server: { port: 0 },
  index: { directory: null },
  log: { level: 'silent' },
  auth: { mode: 'none' },
});
const gateway = await createGateway(config, { kinds });
const [cloudSource] = gateway.sources.all.cloud;
const { inventory: keeper } = gateway.sources.all;
while (keeper.read().gaps.length > 0) await wait(50);

/** Until what is derived is of the newest snapshots. */
const untilDerived = async (): Promise<void> => {
  await keeper.derived();
  while (keeper.formerDerivation()) await wait(5);
};
const firstAt = performance.now();
await untilDerived();
const firstMs = performance.now() - firstAt;

const rows = [...known.cloud.resources.values()];
const LOOKUP = 'query($any: [String!]!) { lookup(any: $any) { matchedOn node { id } } }';
const GRAPH = 'query($id: ID!) { graph(roots: [$id], depth: 1, maxVertices: 20) { vertices { id depth } } }';
const every = <T>(of: Iterable<T>, step: number): readonly T[] => [...of].filter((_, i) => i % step === 0);
const questions = [
  ...every(rows, 20).map(({ resourceId }) => ({ query: LOOKUP, variables: { any: [resourceId] } })),
  ...every(known.network.hosts.values(), 4).map((host) => ({ query: GRAPH, variables: { id: encodeGlobalId(host) } })),
  ...every(
    rows.filter(({ service }) => service === 'ec2'),
    20,
  ).map((row) => ({ query: GRAPH, variables: { id: encodeGlobalId(row) } })),
].sort((one, other) => hashOf(JSON.stringify(one)) - hashOf(JSON.stringify(other)));
const caller = new Worker(new URL('./caller.ts', import.meta.url), {
  workerData: { url: gateway.url, questions, perSecond: PER_SECOND },
});
const tell = async (): Promise<{ readonly times: readonly number[]; readonly failed: number }> => {
  caller.postMessage('TELL');
  return (await once(caller, 'message'))[0];
};

interface Figures {
  readonly tookMs: number;
  readonly stallMs: number;
  readonly stallCpuMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answers: number;
  readonly failed: number;
}

const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? 0;

const measured = async (work: () => Promise<void>): Promise<Figures> => {
  // What was prepared held the loop, and left garbage: neither belongs to the work.
  collect();
  await wait(1500);
  await tell();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let longestCpu = 0;
  let last = process.threadCpuUsage();
  // What the thread used between two turns of a timer: other work on the machine does not add to it.
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    longestCpu = Math.max(longestCpu, (user + system) / 1000);
  }, 1);
  const startedAt = performance.now();
  await work();
  const tookMs = performance.now() - startedAt;
  await wait(500);
  clearInterval(timer);
  delay.disable();
  const { times, failed } = await tell();
  return {
    tookMs,
    stallMs: delay.max / 1e6,
    stallCpuMs: longestCpu,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    answers: times.length,
    failed,
  };
};

/** The account as it is read again: after all others, every row seen again, every fiftieth with another name, each edge as a new object. */
const rescanned = (accountId: string | null, round: number): CloudSnapshot => {
  const later = new Date(Date.now() + round * 1000).toISOString();
  const isRead = (row: { readonly accountId: string }) => accountId === null || row.accountId === accountId;
  const every = [...known.cloud.resources.values()];
  const read = every
    .filter(isRead)
    .map((row, i) => ({ ...row, lastSeenAt: later, name: i % 50 === 0 ? `${row.name} ${round}` : row.name }));
  const edges = new Map(known.cloud.edges);
  for (const { id } of read) {
    const of = edges.get(id);
    if (of)
      edges.set(
        id,
        of.map((edge) => ({ ...edge })),
      );
  }
  const rows = [...every.filter((row) => !isRead(row)), ...read];
  return { ...known.cloud, resources: new Map(rows.map((row) => [row.id, row])), edges };
};
const deriveAnew = async (): Promise<void> => {
  const before = keeper.read();
  cloudSource?.index?.refresh();
  while (keeper.read() === before) await wait(1);
  await untilDerived();
};

await wait(5000);
const quiet = await measured(() => wait(5000));
const bySize = [...Map.groupBy(rows, ({ accountId }) => accountId)].sort(([, a], [, b]) => a.length - b.length);
const [smallest = ''] = bySize[0] ?? [];
const all: Figures[] = [];
const one: Figures[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  known.network = { ...known.network, hosts: new Map([...known.network.hosts].map(([id, row]) => [id, { ...row }])) };
  gateway.sources.all.network[0]?.index?.refresh();
  known.cloud = rescanned(null, round);
  all.push(await measured(deriveAnew));
  await wait(1000);
  known.cloud = rescanned(smallest, round + 10);
  one.push(await measured(deriveAnew));
  await wait(1000);
}
caller.postMessage('END');
await once(caller, 'exit');
await gateway.sources.all.inventory.derived();
rows.length = 0;
await wait(500);
collect();
const { heapUsed } = process.memoryUsage();
const deriving = threads.find((thread) => thread !== caller);
// Taking a snapshot of it collects its garbage first; it has to be read to its end.
const snapshotOfHeap = await deriving?.getHeapSnapshot();
if (snapshotOfHeap) await finished(snapshotOfHeap.resume());
const heap = await deriving?.getHeapStatistics();
const threadMb = megabytes(heap?.used_heap_size ?? 0);
await gateway.close();

const middle = (figures: readonly Figures[], key: keyof Figures): string =>
  percentile(
    figures.map((of) => of[key]),
    0.5,
  ).toFixed(0);
const worst = (figures: readonly Figures[], key: keyof Figures): string =>
  Math.max(...figures.map((of) => of[key])).toFixed(0);
const row = (label: string, figures: readonly Figures[]): string =>
  `| ${label} | ${middle(figures, 'tookMs')} | ${worst(figures, 'stallMs')} | ${worst(figures, 'stallCpuMs')} | ${middle(figures, 'p50Ms')} | ${middle(figures, 'p99Ms')} | ${worst(figures, 'failed')} |`;
const report = `# Stalls

One run of \`npm run bench:stall\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load of the machine ${loadavg()[0]?.toFixed(0)}.
${RESOURCES.toLocaleString('en-US')} invented resources in ${bySize.length} accounts, ${known.network.hosts.size.toLocaleString('en-US')} hosts, ${edges.toLocaleString('en-US')} edges; a gateway in this process answers ${PER_SECOND} requests a second (lookups and walks) of a
caller in a thread of its own. No upstream is asked. Of ${ROUNDS} round(s), times are the median and stalls the worst. The stall in processor
time is the most that the answering thread used between two turns of a timer, to which other work on the machine does not add.

| | derived after, ms | longest stall, ms | in processor time, ms | p50, ms | p99, ms | failed |
|---|--:|--:|--:|--:|--:|--:|
${row('nothing changes', [quiet])}
${row('everything is derived anew', all)}
${row(`an account of ${(bySize[0]?.[1].length ?? 0).toLocaleString('en-US')} resources is derived anew`, one)}

The first derivation after the start, without load, took ${firstMs.toFixed(0)} ms. Heap after a collection: ${snapshotsMb} MB of snapshots at the start; at the end
${megabytes(heapUsed)} MB on the thread that answers and ${threadMb} MB in the thread that derives; flat arrays are beside them, and not counted.
`;
mkdirSync('bench/results', { recursive: true });
writeFileSync(RESULTS, report);
console.log(report);
