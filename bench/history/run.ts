import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildHistory } from './build-history.ts';
import { type KeptHistory, openKeptHistory, type StoreName } from './kept-history.ts';
import { type Figures, measureGateway, measureStore, median } from './measure-history.ts';

const { values } = parseArgs({
  options: {
    resources: { type: 'string', default: '100000' },
    days: { type: 'string', default: '365' },
    /** Of each store, after how many of them it ends. */
    readings: { type: 'string' },
    stores: { type: 'string', default: 'SQLite,PostgreSQL' },
    /** Where the histories stay, so that another run goes on with them. */
    keep: { type: 'string' },
    out: { type: 'string', default: new URL('../results/history.md', import.meta.url).pathname },
  },
});
const resources = Number(values.resources);
const days = Number(values.days);
const readings = values.readings?.split(',').map(Number) ?? [];
const END = Date.UTC(2026, 10, 1);

const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'bench-history-')));
await mkdir(directory, { recursive: true });
// PostgreSQL runs as another user, below it.
await chmod(directory, 0o755);
const load = loadavg()[0] ?? 0;
const columns = new Map<string, Figures>();
for (const [i, name] of (values.stores.split(',') as StoreName[]).entries()) {
  const history = await openKeptHistory(name, directory);
  columns.set(name, await figuresOf(history, readings[i] ?? days));
  await history.close();
}
if (!values.keep) await rm(directory, { recursive: true });

async function figuresOf(history: KeptHistory, most: number): Promise<Figures> {
  const took = await buildHistory(history, { resources, days, end: END, readings: most });
  const isNew = took.length === most;
  const [first, later] = isNew ? [took[0], took.slice(1)] : [undefined, took];
  const figures = {
    readings: most,
    ...(first === undefined ? {} : { 'adding the first reading': first }),
    ...(later.length === 0 ? {} : { 'adding a later one, median': median(later) }),
    'size on disk, MB': (await history.bytes()) / 1e6,
    ...(await measureStore(history)),
    ...(await measureGateway(history)),
  };
  console.log(history.name, figures);
  return figures;
}

const names = [...new Set([...columns.values()].flatMap((figures) => Object.keys(figures)))];
const row = (name: string) =>
  `| ${name} | ${[...columns.values()].map((figures) => shown(figures[name])).join(' | ')} |`;
const shown = (value: number | undefined): string =>
  value === undefined
    ? ''
    : value < 100 && !Number.isInteger(value)
      ? value.toFixed(1)
      : Math.round(value).toLocaleString('en');

const report = `# History

\`npm run bench:history -- --resources ${resources} --days ${days}${values.readings ? ` --readings ${values.readings}` : ''}\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${cpus().length} cores,
load of the machine at the start ${load.toFixed(1)}. An invented estate of ${resources.toLocaleString('en')} resources, a tenth as many hosts with their services,
and three relations a resource; readings of it, a day apart by a fake clock. With each, 1 % of all records change, one in ten of those
resources is replaced by another, and every resource is seen again at a time of its own batch of 50.
Milliseconds, medians, where nothing else is said.

| | ${[...columns.keys()].join(' | ')} |
|---|${[...columns.keys()].map(() => '--:').join('|')}|
${names.map(row).join('\n')}

PostgreSQL runs on the same machine with its default settings, over TCP. "All rows" are those of the cloud source: resources and relations.
A moment is rebuilt by the first question about it, and then held for the next ones; the gateway answers over HTTP.
`;
await writeFile(values.out, report);
console.log(report);
