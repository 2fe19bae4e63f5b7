import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCompany, SIZES } from '../company.ts';
import { freePort, startProcess, untilAnswered } from '../servers/process.ts';
import { startUpstreams } from '../servers/start.ts';
import { answersOf, checkAnswers } from './check-answers.ts';
import type { Contender, Upstreams } from './contender.ts';
import { contenders } from './contenders.ts';
import { installPeers } from './install.ts';
import { hasWrk, pressWith } from './pressure.ts';
import { type Asking, writeQuestions } from './questions.ts';
import { type Cell, peersReport } from './report.ts';
import { WORKLOADS } from './workloads.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    connections: { type: 'string', default: '32' },
    latency: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    autocannon: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const seconds = Number(values.seconds ?? (values.quick ? 1 : 3));
const connections = Number(values.connections);
const WARM_UP_SECONDS = 2;
/**
 * More rows than other benches have, so that there are enough windows of them. Tailcall cannot leave out the call for a resource that
 * a finding does not have, and then fails as a whole.
 */
const sizes = { ...SIZES, resources: 5000, findings: 3000, hosts: 2000, onlyFindingsOfResources: true };

const isWrk = hasWrk() && !values.autocannon;
const installed = installPeers(!isWrk);
const press = pressWith(installed, isWrk);
const folder = await mkdtemp(join(tmpdir(), 'bench-peers-'));
const now = Date.now();
const { cloud, network } = createCompany(now, sizes);
const totals = { resources: cloud.resources.length, findings: cloud.findings.length, hosts: network.hosts.length };
const upstreams = await startUpstreams(now, Number(values.latency), false, sizes);
const { scanorbit, scanopy } = upstreams.hello;
const reach: Upstreams = {
  scanorbit: { ...scanorbit, headers: { 'x-api-key': scanorbit.apiKey } },
  scanopy: { ...scanopy, headers: { authorization: `Bearer ${scanopy.apiKey}` } },
};
const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
const all = contenders(reach, installed, version);
const [first] = all;

const start = async (contender: Contender) => {
  const port = await freePort();
  const running = startProcess(await contender.command(port, folder));
  const reached = { contender, url: `http://127.0.0.1:${port}/graphql` };
  const answers = await untilAnswered(() => answersOf(reached, WORKLOADS), running);
  return { ...reached, running, answers };
};

type Started = Awaited<ReturnType<typeof start>>;

const questions = new Map(
  await Promise.all(
    WORKLOADS.flatMap((workload) =>
      (['ours', 'theirs'] as const).map(
        async (speaks) =>
          [`${workload.name} ${speaks}`, await writeQuestions(folder, workload, speaks, totals[workload.of])] as const,
      ),
    ),
  ),
);

const cells: Cell[] = [];

const measure = async ({ contender, url, running }: Started, workload: (typeof WORKLOADS)[number], asking: Asking) => {
  const { speaks, headers } = contender;
  const { file, lines } = questions.get(`${workload.name} ${speaks}`)?.[asking] ?? { file: '', lines: 0 };
  const asked = { url, headers, document: workload[speaks], variablesFile: file, connections };
  const warm = await press({ ...asked, skip: 0, seconds: WARM_UP_SECONDS });
  await upstreams.ask();
  const before = await running.usage();
  // Answers that were under way when the warm-up ended are not counted as answers of it.
  const measured = await press({ ...asked, skip: warm.answers + connections, seconds });
  const after = await running.usage();
  const called = await upstreams.ask();
  const isNew = asking === 'repeated' || speaks === 'theirs' || warm.answers + measured.answers < lines;
  if (!isNew) console.log(`More answers than the ${lines} different questions: some were asked twice.`);
  cells.push({
    ...{ contender: contender.name, workload: workload.name, asking, isNew, failed: measured.failed },
    ...{ perSecond: measured.answers / measured.seconds, p50Ms: measured.p50Ms, p99Ms: measured.p99Ms },
    cpuSecondsPerThousand: (1000 * (after.cpuSeconds - before.cpuSeconds)) / measured.answers,
    rssBytes: after.rssBytes,
    upstreamPerThousand: (1000 * (called.scanorbit.calls + called.scanopy.calls)) / measured.answers,
  });
};

try {
  if (!first) throw new Error('Expected contenders, got none');
  const reference = await start(first);
  await reference.running.stop();
  const chosen = all.filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of round % 2 === 0 ? chosen : chosen.toReversed()) {
      const started = await start(contender);
      try {
        await checkAnswers(started, reference.answers);
        await contender.untilSettled?.(started.url);
        for (const workload of WORKLOADS) {
          for (const asking of ['repeated', 'new variables'] as const) await measure(started, workload, asking);
        }
        await checkAnswers(started, reference.answers);
        console.log(`Round ${round + 1} of ${rounds}: ${contender.name}`);
      } finally {
        await started.running.stop();
      }
    }
  }
} finally {
  await upstreams.stop();
  await rm(folder, { recursive: true, force: true });
}

const report = peersReport(cells, chosenFacts());
console.log(report);
if (values.out || !(values.quick || values.only))
  await writeFile(values.out ?? new URL('../results/peers.md', import.meta.url).pathname, report);

function chosenFacts() {
  return {
    ...{ rounds, seconds, connections, totals, latencyMs: Number(values.latency) },
    tool: isWrk ? 'wrk' : 'autocannon',
    versions: all.map(({ name, version: of }) => ({ name, version: of })),
  };
}
