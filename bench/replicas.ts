import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { type GatewayProcesses, startGatewayProcesses } from '../test/support/replicas/gateway-processes.ts';
import { load, mostInAnyStretch, type Tally, windowsOf } from '../test/support/replicas/load.ts';
import { startRedis } from '../test/support/replicas/redis-server.ts';
import { TOOLS } from '../test/support/tools.ts';

/**
 * Four gateway processes on one Redis at the real ScanOrbit limit, under load; one is killed, then Redis, then Redis comes back.
 * Fails when the upstream had to refuse anything, or counted more than its limit in a window.
 */
const LIMIT = 100;
const WINDOW_SECONDS = 60;
const CLIENTS_EACH = 10;
const RESULTS = new URL('results/replicas.md', import.meta.url);

interface Event {
  readonly atSeconds: number;
  readonly what: string;
  readonly calls: number;
}

const main = async (): Promise<void> => {
  if (TOOLS.Redis.path === null) throw new Error('Expected a redis-server on this machine.');
  const redis = await startRedis();
  const processes = await startGatewayProcesses({
    redis,
    count: 4,
    limit: LIMIT,
    windowSeconds: WINDOW_SECONDS,
    index: true,
    resources: 1_200,
  });
  const ended = new AbortController();
  const started = Date.now();
  const events: Event[] = [];
  const note = (what: string): void => {
    const event = { atSeconds: Math.round((Date.now() - started) / 1000), what, calls: processes.upstream.countOf() };
    events.push(event);
    console.log(`${event.atSeconds} s: ${what} (${event.calls} upstream requests so far)`);
  };
  const until = (seconds: number) => delay(Math.max(0, started + seconds * 1000 - Date.now()));
  const { tallies, done } = load(processes, CLIENTS_EACH, ended.signal);
  note('load begins on four processes');
  await until(75);
  processes.runs[3]?.process.kill('SIGKILL');
  note('one process is killed');
  await until(100);
  await redis.kill();
  note('Redis is killed');
  await until(200);
  await redis.restart();
  note('Redis is started again, empty');
  await until(290);
  ended.abort();
  await done;
  note('load ends');
  const report = reportOf(processes, tallies, events);
  await processes.close();
  await redis.kill();
  mkdirSync(new URL('.', RESULTS), { recursive: true });
  writeFileSync(RESULTS, report.text);
  console.log(report.text);
  if (report.refused > 0 || report.most > LIMIT) process.exitCode = 1;
};

const reportOf = (
  { upstream, runs }: GatewayProcesses,
  tallies: readonly Tally[],
  events: readonly Event[],
): { text: string; refused: number; most: number } => {
  const windowMs = WINDOW_SECONDS * 1000;
  const windows = windowsOf(upstream.calls, windowMs);
  const refused = upstream.calls.filter(({ status }) => status === 429).length;
  const most = Math.max(...windows);
  const survivors = tallies.slice(0, 3);
  const sum = (read: (tally: Tally) => number) => tallies.reduce((total, tally) => total + read(tally), 0);
  const codes = new Map<string, number>();
  for (const { errors } of tallies) for (const [code, n] of errors) codes.set(code, (codes.get(code) ?? 0) + n);
  const crashed = runs.slice(0, 3).filter((run) => run.process.exitCode !== null || /unhandled/i.test(run.stderr()));
  const lines = [
    '# Four gateways, one Redis, one ScanOrbit limit',
    '',
    `\`npm run bench:replicas\` on ${availableParallelism()} cores, Node ${process.version}. The demo ScanOrbit grants ${LIMIT} requests in a window of ${WINDOW_SECONDS} s`,
    `(1,200 resources, background index on) to four \`serve\` processes with ${CLIENTS_EACH} clients each, all asking about ever new resources.`,
    '',
    '| second | what happens | upstream requests so far |',
    '|---:|---|---:|',
    ...events.map(({ atSeconds, what, calls }) => `| ${atSeconds} | ${what} | ${calls} |`),
    '',
    '| counted by the upstream | |',
    '|---|---:|',
    `| requests in each of its windows | ${windows.join(', ')} |`,
    `| most in one of its windows | ${most} |`,
    `| answers 429 | ${refused} |`,
    `| most in any ${WINDOW_SECONDS} s, across windows | ${mostInAnyStretch(upstream.calls, windowMs)} |`,
    '',
    'A fixed window lets the end of one and the beginning of the next lie close together, so the last figure may be larger than the limit.',
    '',
    'The clients ask for far more than the limit allows, at once and again: what cannot be answered before its deadline of 10 s is told',
    'when to come back. A time-out is a call whose turn came with the opening of a window, too late for its answer to arrive in time.',
    '',
    '| counted by the clients | |',
    '|---|---:|',
    `| operations | ${sum(({ operations }) => operations)} |`,
    `| answered without an error | ${sum(({ answered }) => answered)} |`,
    ...[...codes].map(([code, n]) => `| with ${code} | ${n} |`),
    `| no answer from a surviving process | ${survivors.reduce((total, { unreachable }) => total + unreachable, 0)} |`,
    `| surviving processes that crashed or left a rejection unhandled | ${crashed.length} |`,
    '',
  ];
  return { text: lines.join('\n'), refused, most };
};

await main();
