import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ConfigInput } from '#config/config.ts';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { runCli } from '../test/integration/cli/run-cli.ts';

/**
 * A real process under load, whose configuration file is replaced once a second: callers' keys come and go, a source goes and comes, limits
 * and time-outs change, a file is bad. Fails when a request of a caller whose key stays fails, or an upstream says 429.
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    out: { type: 'string', default: new URL('results/reload.md', import.meta.url).pathname },
  },
});
const [clients, seconds] = [Number(values.clients), Number(values.seconds)];
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const QUERIES = [
  '{ accounts { id name } }',
  '{ sources { name health budget { remaining } } }',
  '{ resources(first: 20) { nodes { id name account { id } } } }',
  '{ hosts(first: 10) { nodes { id displayName network { name } } } }',
];

const { cloud, network } = createWorld({ seed: 1 });
const upstreams = {
  cloud: await startScanOrbitDemo({ edition: 'observed', world: cloud }),
  other: await startScanOrbitDemo({ edition: 'observed', world: createWorld({ seed: 2 }).cloud }),
  network: await startScanopyDemo({ version: '0.16.0', world: network, apiKey: `scp_u_${'0'.repeat(32)}` }),
};
const directory = await mkdtemp(join(tmpdir(), 'bench-reload-'));
const file = join(directory, 'config.json');

type Sources = NonNullable<ConfigInput['sources']>;
const sources = (callMs: number, names: readonly (keyof typeof upstreams)[] = ['cloud', 'other', 'network']): Sources =>
  names.map((name) => ({
    ...{ name, kind: name === 'network' ? 'scanopy' : 'scanorbit', timeouts: { callMs } },
    ...{ url: upstreams[name].url, apiKey: upstreams[name].apiKey },
  }));

/** YAML holds JSON. */
const put = async (config: ConfigInput | string): Promise<void> => {
  const text = typeof config === 'string' ? config : JSON.stringify({ server: { port: 0 }, index: INDEX, ...config });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
};
const INDEX = { directory: null };
const keys = (...names: string[]): Pick<ConfigInput, 'auth'> => ({
  auth: { mode: 'api-key', keys: names.map((name) => ({ name, sha256: sha256(name) })) },
});

await put({ ...keys('ada', 'bob'), sources: sources(20_000) });
const run = runCli(['serve', '--config', file]);
const [, url = ''] = await run.printed(/"url":"([^"]+)".*"Ready"/);

const statusOf = async (caller: string, query: string): Promise<string> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': caller },
    body: JSON.stringify({ query }),
  });
  const { errors } = (await response.json()) as { errors?: readonly { readonly message: string }[] };
  return errors ? `${response.status} ${errors[0]?.message}` : String(response.status);
};

const tally = new Map<string, number>();
let isOver = false;
const client = async (i: number): Promise<void> => {
  for (let turn = i; !isOver; turn += 1) {
    const outcome = await statusOf('bob', QUERIES[turn % QUERIES.length] ?? '').catch(String);
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
  }
};

/** Milliseconds from the new file to the first refusal, asked for without a pause. */
const untilRefused = async (): Promise<number> => {
  const from = performance.now();
  while ((await statusOf('ada', '{ __typename }').catch(String)).startsWith('200')) await delay(5);
  return performance.now() - from;
};

const CHANGES: readonly (() => Promise<void>)[] = [
  () => put({ ...keys('ada', 'bob'), sources: sources(20_000), limits: { depth: 12 } }),
  () => put({ ...keys('ada', 'bob'), sources: sources(20_000, ['cloud', 'network']) }),
  () => put({ ...keys('ada', 'bob'), sources: sources(20_000) }),
  () => put({ ...keys('ada', 'bob'), sources: sources(15_000) }),
  () => put('sources: [broken'),
];
const loadBefore = loadavg()[0] ?? 0;
const load = Array.from({ length: clients }, (_, i) => client(i));
const waits: number[] = [];
let reloads = 0;
const end = performance.now() + seconds * 1000;
while (performance.now() < end) {
  await put({ ...keys('bob'), sources: sources(20_000) });
  waits.push(await untilRefused());
  reloads += 1;
  for (const change of CHANGES) {
    await change();
    await delay(1000);
    reloads += 1;
  }
}
isOver = true;
await Promise.all(load);
const metrics = await (await fetch(new URL('/metrics', url))).text();
const refusedUpstream = [...metrics.matchAll(/^inventory_upstream_rate_limited_total\{.*\} (\d+)$/gm)]
  .map(([, count]) => Number(count))
  .reduce((sum, count) => sum + count, 0);
run.process.kill('SIGTERM');
const exitCode = await run.exitCode();
await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
await rm(directory, { recursive: true, force: true });

const answered = tally.get('200') ?? 0;
const failed = [...tally.values()].reduce((sum, count) => sum + count, 0) - answered;
const loads = [loadBefore, loadavg()[0] ?? 0].map((of) => of.toFixed(1)).join(' and ');
const report = `# Reload under load

\`npm run bench:reload\`, Node ${process.version}, ${availableParallelism()} cores for the gateway, its upstreams and its callers. ${clients} callers
that ask without a pause; upstreams at their real limits; a new configuration file about once a second; load of the machine before and
after ${loads}.

| | |
|---|---|
| changes of the file | ${reloads} |
| answers to the callers whose key stays | ${answered} |
| failed ones | ${failed} |
| 429 of an upstream | ${refusedUpstream} |
| ms from the new file to the refusal of a key that it lacks, one time after the other | ${waits.map(Math.round).join(', ')} |
`;
console.log(report);
for (const [outcome, count] of tally) if (outcome !== '200') console.log(`${count} × ${outcome}`);
if (failed > 0 || refusedUpstream > 0 || exitCode !== 0) process.exitCode = 1;
else await writeFile(values.out, report);
