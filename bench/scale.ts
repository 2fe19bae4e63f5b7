import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Resources; hosts are a tenth, edges three times as many. */
const SIZES = [10_000, 30_000, 100_000];
const RESULTS = 'bench/results/scale.md';

type Figures = Readonly<Record<string, number>>;

const run = (size: number): Figures => {
  const flags = ['--expose-gc', '--max-old-space-size=4096'];
  const line = execFileSync(process.execPath, [...flags, 'bench/scale-run.ts', String(size)], { encoding: 'utf8' });
  console.log(line.trim());
  return JSON.parse(line) as Figures;
};

const all = SIZES.map(run);
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const fine = (value: number): string => (value < 10 ? value.toFixed(1) : whole(value));

const ROWS: readonly (readonly [label: string, key: string, show: (value: number) => string])[] = [
  ['hosts', 'hosts', whole],
  ['edges as the upstream sends them', 'edges', whole],
  ['arrows (with services, guests, cables, links)', 'arrows', whole],
  ['aliases', 'aliases', whole],
  ['links between hosts and resources', 'links', whole],
  ['heap of the snapshots, MB', 'snapshotsMb', whole],
  ['heap of what is derived, MB', 'derivedMb', whole],
  ['derive everything, ms', 'deriveMs', whole],
  ['`graph` to depth 6, cut at 5,000 vertices, ms', 'graphMs', fine],
  ['`impact` of the busiest group or key, ms', 'impactMs', fine],
  ['… its needers', 'impactNeeders', whole],
  ['`impact` of a group that every instance needs, ms', 'hubImpactMs', fine],
  ['… its needers', 'hubNeeders', whole],
  ['lookup p50, µs', 'lookupP50Us', fine],
  ['lookup p99, µs', 'lookupP99Us', fine],
  ['… over terms', 'lookups', whole],
  ['… most hits of one', 'mostHits', whole],
];

const GROWING = ['totalMb', 'deriveMs'];
const perThousand = ({ resources = 1, ...figures }: Figures, key: string): number =>
  (1000 * (figures[key] ?? 0)) / resources;

const table = [
  `| resources | ${SIZES.map(whole).join(' | ')} |`,
  `|---|${SIZES.map(() => '--:').join('|')}|`,
  ...ROWS.map(([label, key, show]) => `| ${label} | ${all.map((figures) => show(figures[key] ?? 0)).join(' | ')} |`),
];
const growth = [
  `| per 1,000 resources | ${SIZES.map(whole).join(' | ')} |`,
  `|---|${SIZES.map(() => '--:').join('|')}|`,
  ...GROWING.map((key) => `| ${key} | ${all.map((figures) => perThousand(figures, key).toFixed(2)).join(' | ')} |`),
];

mkdirSync('bench/results', { recursive: true });
writeFileSync(
  RESULTS,
  `# Scale

One run of \`npm run bench:scale\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load of the machine ${loadavg()[0]?.toFixed(0)}. Each size
has a process of its own. Milliseconds are processor time of the thread that works, which other work on the machine does not
add to; lookups are the fastest of three. Heap is what is left after a collection.

${table.join('\n')}

Growth is linear where a row stays level:

${growth.join('\n')}

The inventory is invented: the demo company, made larger, with further groups around its machines until there are three edges
a resource. What is derived is computed in a thread of its own: \`npm run bench:stall\` measures how long the one that answers
is held up meanwhile, and what that thread keeps for itself, which is not in the heap here. The slow lookups are those of names that thousands of assets share: they give all of them, in order.
`,
);
console.log(`\n${[...table, '', ...growth].join('\n')}\n\nWritten to ${RESULTS}.`);
