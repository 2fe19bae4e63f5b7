import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { BenchAnswer } from '../ask.ts';
import { createCompany } from '../company.ts';
import { tenOperations } from '../operations.ts';
import { type Counted, startGateway, startUpstreams } from '../servers/start.ts';
import { runBulk } from './bulk.ts';
import { percentile, runCrowd } from './crowd.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '50' },
    pause: { type: 'string', default: '500' },
    bulk: { type: 'string', default: '300' },
    out: { type: 'string', default: new URL('../results/load.md', import.meta.url).pathname },
  },
});
const seconds = Number(values.seconds);
const clients = Number(values.clients);
const pauseMs = Number(values.pause);

type Setting = {
  readonly name: string;
  readonly start: (reach: Parameters<typeof startGateway>[0]) => ReturnType<typeof startGateway>;
};

const SETTINGS: readonly Setting[] = [
  { name: 'as shipped, index off', start: (reach) => startGateway(reach) },
  { name: 'as shipped, index on', start: (reach) => startGateway(reach, { index: { enabled: true } }) },
  {
    name: 'pacing and cache off',
    // A budget that never runs out is no pacing, a cache of no size is none.
    start: (reach) =>
      startGateway(
        reach,
        { cache: { maxBytes: 0 } },
        { ratePerSecond: 10_000, burst: 10_000, reserve: 0, concurrency: 50 },
      ),
  },
];

interface Row {
  readonly name: string;
  readonly answers: readonly BenchAnswer[];
  readonly counted: Readonly<Record<'scanorbit' | 'scanopy', Counted>>;
}

const measure = async ({ name, start }: Setting): Promise<Row> => {
  const now = Date.now();
  const operations = tenOperations(createCompany(now));
  const upstreams = await startUpstreams(now);
  const gateway = await start(upstreams.hello);
  const answers = await runCrowd({ url: gateway.hello.url, operations, clients, seconds, pauseMs });
  const counted = await upstreams.ask();
  await gateway.stop();
  await upstreams.stop();
  return { name, answers, counted };
};

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
const RATE_LIMITED = 'UPSTREAM_RATE_LIMITED';

const rowOf = ({ name, answers, counted: { scanorbit, scanopy } }: Row): string => {
  const whole = answers.filter(({ codes }) => codes.length === 0);
  const partly = answers.filter(({ codes, hasData }) => codes.length > 0 && hasData);
  const others = answers.filter(({ codes }) => codes.some((code) => code !== RATE_LIMITED));
  const limited = answers.filter(({ codes }) => codes.includes(RATE_LIMITED));
  return `| ${[
    name,
    answers.length,
    percent(whole.length, answers.length),
    percent(partly.length, answers.length),
    limited.length,
    others.length === 0
      ? 0
      : `${others.length} (${[...new Set(others.flatMap(({ codes }) => codes))].filter((code) => code !== RATE_LIMITED).join(', ')})`,
    `${Math.round(
      percentile(
        whole.map(({ ms }) => ms),
        0.5,
      ),
    )} / ${Math.round(
      percentile(
        whole.map(({ ms }) => ms),
        0.95,
      ),
    )}`,
    `${scanorbit.calls} / ${scanopy.calls}`,
    `**${scanorbit.refused + scanopy.refused}**`,
  ].join(' | ')} |`;
};

// Has servers of its own and runs beside the crowds: it takes minutes, and little of the machine.
const bulkRun = Number(values.bulk) > 0 ? runBulk(Number(values.bulk), 4) : null;
const rows: Row[] = [];
for (const setting of SETTINGS) {
  rows.push(await measure(setting));
  console.log(rowOf(rows.at(-1) as Row));
}
const bulk = await bulkRun;
const waits = bulk?.interactive.map(({ ms }) => ms) ?? [];

const report = `# Load

\`npm run bench:load\`: ${clients} concurrent clients for ${seconds} s, each asking one of ten operations after the other with
variables of its own and a pause of ${pauseMs} ms on average, against both demo upstreams at the limits of the real ones (ScanOrbit
100 requests in a fixed window of 60 s, Scanopy 5 a second with a burst of 150; 20 ms to answer). Gateway and upstreams are processes
of their own, and the upstreams count. A world of 1,200 resources, 310 findings and 400 hosts; every run starts cold.

| gateway | operations | answered whole | in part | with ${RATE_LIMITED} | with other errors | ms whole p50 / p95 | upstream calls ScanOrbit / Scanopy | 429 received |
|---|---|---|---|---|---|---|---|---|
${rows.map(rowOf).join('\n')}

"Pacing and cache off" is the same gateway with a budget that never runs out and a cache of no size; calls under way at once are still
shared within it, and it still pauses when it is told 429.
${
  bulk
    ? `
## A person beside a bulk query

One query of ${bulk.bulkCalls} ScanOrbit calls (took ${Math.round(bulk.bulk.ms / 1000)} s, ${bulk.bulk.codes.length === 0 ? 'answered whole' : `errors: ${bulk.bulk.codes.join(', ')}`}), and beside it one call every 4 s or so, never asked before:

| interactive queries | failed | ms p50 | ms p95 (waiting included) | ms max | 429 received |
|---|---|---|---|---|---|
| ${waits.length} | ${bulk.interactive.filter(({ codes }) => codes.length > 0).length} | ${Math.round(percentile(waits, 0.5))} | ${Math.round(percentile(waits, 0.95))} | ${Math.round(Math.max(0, ...waits))} | ${bulk.refused} |
`
    : ''
}`;
await writeFile(values.out, report);
console.log(report);
