import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { ConfigInput } from '#config/config.ts';
import { createCompany, SIZES } from '../company.ts';
import { builtGateway, UNLIMITED_BUDGET, untilIndexed } from '../servers/built-gateway.ts';
import { freePort, startProcess, untilAnswered } from '../servers/process.ts';
import { startUpstreams } from '../servers/start.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '15' },
    resources: { type: 'string', default: String(SIZES.resources) },
    out: { type: 'string', default: new URL('../results/start.md', import.meta.url).pathname },
  },
});
const runs = Number(values.runs);
const sizes = { ...SIZES, resources: Number(values.resources) };
const LATENCY_MS = 20;

const now = Date.now();
const { cloud, network } = createCompany(now, sizes);
const upstreams = await startUpstreams(now, LATENCY_MS, false, sizes);
const folder = await mkdtemp(join(tmpdir(), 'bench-start-'));
const snapshot = join(folder, 'snapshot');
const directory = join(folder, 'index');
const port = await freePort();
const url = `http://127.0.0.1:${port}/graphql`;

const configFor = (indexDirectory: string): ConfigInput => ({
  server: { port, profile: 'production' },
  index: { directory: indexDirectory },
  sources: (['scanorbit', 'scanopy'] as const).map((kind) => ({
    ...{ name: kind, kind, budget: UNLIMITED_BUDGET },
    ...upstreams.hello[kind],
  })),
});

/** Neither upstream can search, so that without a snapshot all of its rows have to be read. */
const QUERY =
  '{ resources(first: 20, filter: { search: "orders" }) { totalCount nodes { name } } hosts(first: 20) { totalCount } }';

const ask = async (): Promise<{ readonly resources: number; readonly hosts: number }> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<'resources' | 'hosts', { totalCount: number }>;
    errors?: unknown;
  };
  if (errors) throw new Error(`Expected an answer, got ${JSON.stringify(errors)}`);
  return { resources: data.resources.totalCount, hosts: data.hosts.totalCount };
};

const answerOnce = async (command: Awaited<ReturnType<typeof builtGateway>>) => {
  await upstreams.ask();
  const startedAt = performance.now();
  const running = startProcess(command);
  try {
    const listening = await untilAnswered(() => fetch(new URL('/healthz', url)), running, 5);
    await listening.arrayBuffer();
    const listeningMs = performance.now() - startedAt;
    const answer = await ask();
    const answeredMs = performance.now() - startedAt;
    const { scanorbit, scanopy } = await upstreams.ask();
    const { rssBytes } = await running.usage();
    return { answer, listeningMs, answeredMs, calls: scanorbit.calls + scanopy.calls, rssBytes };
  } finally {
    await running.stop();
  }
};

type Start = Awaited<ReturnType<typeof answerOnce>>;

const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[of.length >> 1] ?? Number.NaN;

/** Writes the snapshot that the other starts find. */
const keepSnapshot = async (): Promise<Start['answer']> => {
  const running = startProcess(await builtGateway(folder, configFor(snapshot)));
  try {
    const answer = await untilAnswered(ask, running);
    await untilIndexed(url);
    return answer;
  } finally {
    await running.stop();
  }
};

const phasesOf = async (configFile: string): Promise<Readonly<Record<string, number>>> => {
  const script = join(import.meta.dirname, 'phases.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, configFile], { cwd: folder });
  const line = stdout.split('\n').find((of) => of.startsWith('{"node"'));
  return JSON.parse(line ?? '{}') as Record<string, number>;
};

const starts: Record<'without' | 'with', Start[]> = { without: [], with: [] };
const phases: Readonly<Record<string, number>>[] = [];
try {
  const expected = await keepSnapshot();
  if (expected.hosts !== network.hosts.length)
    throw new Error(`Expected ${network.hosts.length} hosts, got ${expected.hosts}`);
  for (let run = 0; run < runs; run += 1) {
    for (const kept of ['without', 'with'] as const) {
      await rm(directory, { recursive: true, force: true });
      await (kept === 'with' ? cp(snapshot, directory, { recursive: true }) : mkdir(directory));
      const command = await builtGateway(folder, configFor(directory));
      const start = await answerOnce(command);
      if (start.answer.resources !== expected.resources || start.answer.hosts !== expected.hosts)
        throw new Error(`Expected ${JSON.stringify(expected)}, got ${JSON.stringify(start.answer)}`);
      starts[kept].push(start);
    }
    phases.push(await phasesOf(join(folder, 'gateway.yaml')));
  }
} finally {
  await upstreams.stop();
  await rm(folder, { recursive: true, force: true });
}

const rowOf = (name: string, of: readonly Start[]): string => {
  const whole = (field: (start: Start) => number) => Math.round(median(of.map(field)));
  const first = whole(({ answeredMs, listeningMs }) => answeredMs - listeningMs);
  return `| ${name} | ${whole((start) => start.listeningMs)} | ${first} | **${whole((start) => start.answeredMs)}** | ${whole((start) => start.calls)} | ${Math.round(whole((start) => start.rssBytes) / 1e6)} |`;
};

const phaseRow = (name: string, says: string): string =>
  `| ${says} | ${Math.round(median(phases.map((of) => of[name] ?? Number.NaN)))} |`;

const report = `# Start

\`npm run bench:start\` (\`--runs ${runs} --resources ${sizes.resources}\`): from the start of the process, as \`npm start\` starts it once built, to
its first answer, which must be right: a search in ${cloud.resources.length.toLocaleString('en')} resources and a count of ${network.hosts.length.toLocaleString('en')} hosts, over demo upstreams that refuse nobody and
take ${LATENCY_MS} ms to begin an answer. Medians of ${runs} starts, in turns; ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, load of the machine ${loadavg()[0]?.toFixed(0)}.

| | listening after ms | then the first answer ms | together ms | upstream requests until then | RSS MB |
|---|---|---|---|---|---|
${rowOf('without a snapshot', starts.without)}
${rowOf('with a snapshot on disk', starts.with)}

Until it listens, with a snapshot, measured step by step in other starts:

| step | ms |
|---|---|
${phaseRow('node', 'Node itself')}
${phaseRow('command line', 'modules of the command line, of the configuration and of the kinds of source')}
${phaseRow('configuration', 'reading and validating the configuration')}
${phaseRow('modules', 'modules of the gateway, with the schema built')}
${phaseRow('listening', 'sources, the snapshot, the server')}
`;
await writeFile(values.out, report);
console.log(report);
