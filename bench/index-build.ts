import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../test/support/harness.ts';

/** ScanOrbit grants an organization 100 requests a minute; the whole bench runs this many times faster. */
const SPEED_UP = 10;
const REAL_LIMIT = { limit: 100, windowSeconds: 60 };
const REAL_MINUTES = 4;
/** Of real time, between two operations of people while the index is built. */
const PAUSE_MS = 4_000;
const RESULTS = 'bench/results/index.md';

const world = createWorld({ seed: 11, resources: 5_000, hosts: 500 });
const directory = mkdtempSync(join(tmpdir(), 'bench-index-'));

const OPERATIONS = [
  '{ resources(first: 50, filter: { service: ["ec2"] }) { totalCount nodes { name state costEstimateMonthly } } }',
  '{ findings(first: 20, filter: { severity: [HIGH], status: [OPEN] }) { nodes { summary resource { displayName account { name } } } } }',
  'query ($name: String!) { resource(by: { resourceId: $name }) { name dependencies(first: 20) { edges { kind target { identifier } } } } }',
  '{ accounts { name status } resourceStats { total } }',
];
let turn = 0;
/** One after the other, about another resource each time, so that few of them are answered from the cache. */
const nextOperation = () => {
  turn += 1;
  const name = world.cloud.resources[(turn * 37) % world.cloud.resources.length]?.resourceId;
  return { query: OPERATIONS[turn % OPERATIONS.length] ?? '', variables: { name } };
};

/** A kept snapshot is of one server's address: whoever starts again must come back to it. */
interface Address {
  readonly cloud: number;
  readonly network: number;
}

const addressOf = ({ scanorbit, scanopy }: Harness): Address => {
  const [cloud = 0, network = 0] = [...scanorbit, ...scanopy].map(({ url }) => Number(new URL(url).port));
  return { cloud, network };
};

const start = (speedUp: number, inDirectory: string | null, at: Address = { cloud: 0, network: 0 }): Promise<Harness> =>
  startHarness({
    scanorbit: [
      {
        movingScans: false,
        port: at.cloud,
        rateLimit: { limit: REAL_LIMIT.limit, windowMs: (REAL_LIMIT.windowSeconds * 1000) / speedUp },
        budget: { limit: REAL_LIMIT.limit, windowSeconds: REAL_LIMIT.windowSeconds / speedUp },
      },
    ],
    scanopy: [{ version: '0.17.22', port: at.network }],
    world: () => world,
    config: { index: { enabled: true, directory: inDirectory, refreshSeconds: Math.max(5, 300 / speedUp) } },
  });

interface Status {
  readonly sources: readonly { readonly index: { readonly complete: boolean; readonly coverage: number } }[];
}
const statusOf = async ({ query }: Harness) => {
  const { data } = await query<Status>('{ sources { index { complete coverage } } }');
  return data.sources[0]?.index ?? { complete: false, coverage: 0 };
};

const share = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0;

interface Watched {
  readonly seconds: number;
  readonly coverage: number;
  readonly calls: number;
  readonly refused: number;
  readonly times: readonly number[];
  readonly failures: number;
}

/** Asks like people do, until the index is complete or the time is over. */
const watch = async (harness: Harness, pauseMs: number, mostMs: number): Promise<Watched> => {
  const startedAt = performance.now();
  const times: number[] = [];
  let failures = 0;
  let status = await statusOf(harness);
  while (!status.complete && performance.now() - startedAt < mostMs) {
    const { query, variables } = nextOperation();
    const askedAt = performance.now();
    const { errors } = await harness.query(query, variables);
    times.push(performance.now() - askedAt);
    if (errors) failures += 1;
    await sleep(pauseMs);
    status = await statusOf(harness);
  }
  const [cloud] = harness.scanorbit;
  const calls = cloud?.calls ?? [];
  return {
    seconds: (performance.now() - startedAt) / 1000,
    coverage: status.coverage,
    calls: calls.length,
    refused: calls.filter((call) => call.status === 429).length,
    times,
    failures,
  };
};

const GRAPH_QUESTIONS = [
  '{ correlationReport { linksByRule { key count } } }',
  '{ unmatched(side: NETWORK, first: 20) { totalCount } }',
  'query ($name: String!) { lookup(any: [$name]) { node { id } } }',
  '{ resources(first: 20, filter: { search: "orders" }, orderBy: { field: COST, direction: DESC }) { nodes { name } } }',
];

/** After a restart: questions that the index answers, for as long as six of its looks at the source take. */
const afterRestart = async (harness: Harness) => {
  harness.resetUpstreamCalls();
  for (let i = 0; i < 60; i += 1) {
    const name = world.cloud.resources[i]?.resourceId;
    await harness.query(GRAPH_QUESTIONS[i % GRAPH_QUESTIONS.length] ?? '', { name });
    await sleep(500);
  }
  const [cloud] = harness.scanorbit;
  const counts = (endpoint: string) => cloud?.countOf(endpoint) ?? 0;
  const idle = {
    records: counts('/resources') + counts('/resources/{id}/dependencies') + counts('/findings'),
    looks: cloud?.countOf() ?? 0,
  };
  harness.resetUpstreamCalls();
  const account = world.cloud.accounts.find(({ status }) => status === 'ok');
  if (account && cloud) cloud.completeScan(account.id);
  const startedAt = performance.now();
  while (counts('/resources') === 0 && performance.now() - startedAt < 90_000) {
    await harness.query(GRAPH_QUESTIONS[0] ?? '');
    await sleep(500);
  }
  return { ...idle, noticedAfterSeconds: (performance.now() - startedAt) / 1000, read: counts('/resources') > 0 };
};

const real = await start(1, null);
const realWatch = watch(real, PAUSE_MS, REAL_MINUTES * 60_000).finally(() => real.close());
const scaled = await start(SPEED_UP, directory);
console.log(`building at ${SPEED_UP} times the real limit …`);
const built = await watch(scaled, PAUSE_MS / SPEED_UP, 20 * 60_000);
const byEndpoint = Map.groupBy(scaled.scanorbit[0]?.calls ?? [], ({ endpoint }) => endpoint);
const endpoints = [...byEndpoint].map(([endpoint, calls]) => `| \`${endpoint}\` | ${calls.length} |`).toSorted();
await scaled.close();
console.log({ ...built, times: built.times.length });
const again = await start(SPEED_UP, directory, addressOf(scaled));
const restarted = await afterRestart(again);
await again.close();
console.log(restarted);
const short = await realWatch;
console.log({ ...short, times: short.times.length });
rmSync(directory, { recursive: true });

const ms = (value: number): string => `${Math.round(value)} ms`;
mkdirSync('bench/results', { recursive: true });
writeFileSync(
  RESULTS,
  `# Building the index under ScanOrbit's limit

One run of \`npm run bench:index\` on ${new Date().toISOString().slice(0, 10)}: 5,000 resources, ${world.cloud.findings.length} findings, ${world.cloud.edges.length} edges, 500 hosts; the demo
server enforces the limit. Meanwhile somebody asks a small question every ${PAUSE_MS / 1000} s (a page of instances, findings with their
resources, one resource with its relations, accounts and counts), most of which need calls of their own.

## The whole build, ${SPEED_UP} times as fast as it would be

The real thing takes most of an hour, so the server's window and the gateway's budget were both scaled: ${REAL_LIMIT.limit} requests in
${REAL_LIMIT.windowSeconds / SPEED_UP} s instead of ${REAL_LIMIT.windowSeconds} s, and the questions with them. What depends on the limit alone scales back by ${SPEED_UP}; waits of
questions do not, and the machine was not idle, so for those the last table counts.

| | measured | at the real limit, computed |
|---|--:|--:|
| until the index was complete | ${built.seconds.toFixed(0)} s | ${((built.seconds * SPEED_UP) / 60).toFixed(0)} min |
| upstream calls | ${built.calls} | ${built.calls} |
| refused by the server (429) | ${built.refused} | – |
| operations asked meanwhile | ${built.times.length}, ${built.failures} with errors | – |
| their p50 | ${ms(share(built.times, 0.5))} | – |
| their p95 | ${ms(share(built.times, 0.95))} | not scaled, see the last table |

| calls to | |
|---|--:|
${endpoints.join('\n')}

## After a restart, from the kept snapshot

For 30 s (${(30 * SPEED_UP) / 60} real minutes) of questions that the index answers: ${restarted.records} calls for resources, findings or edges, ${restarted.looks} calls
altogether, which look whether a scan has completed (the look is not scaled: an answer is believed for 30 s). Then a scan of one account completed: the index ${restarted.read ? `began to read that account again ${restarted.noticedAfterSeconds.toFixed(0)} s later` : 'did not notice within 90 s'}.

## ${REAL_MINUTES} minutes at the real limit, in the same process at the same time

| | |
|---|--:|
| coverage of the index | ${(short.coverage * 100).toFixed(1)} % |
| upstream calls | ${short.calls}, ${((short.calls / short.seconds) * 60).toFixed(0)} a minute |
| refused by the server (429) | ${short.refused} |
| operations asked meanwhile | ${short.times.length}, ${short.failures} with errors |
| their p50 | ${ms(share(short.times, 0.5))} |
| their p95 | ${ms(share(short.times, 0.95))} |
`,
);
console.log(`Written to ${RESULTS}.`);
