import { cpus } from 'node:os';
import { OURS } from './contenders.ts';
import type { Asking } from './questions.ts';
import { WORKLOADS } from './workloads.ts';

/** What one contender showed for one workload in one round. */
export interface Cell {
  readonly contender: string;
  readonly workload: string;
  readonly asking: Asking;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuSecondsPerThousand: number;
  readonly rssBytes: number;
  readonly upstreamPerThousand: number;
  readonly failed: number;
  /** No question was asked twice, where none should be. */
  readonly isNew: boolean;
}

export interface Facts {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly latencyMs: number;
  readonly tool: string;
  readonly totals: { readonly resources: number; readonly findings: number; readonly hosts: number };
  readonly versions: readonly { readonly name: string; readonly version: string }[];
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
};

/** Two digits that mean something, or whole numbers. */
const figure = (value: number): string =>
  !Number.isFinite(value)
    ? '–'
    : value >= 10
      ? Math.round(value).toLocaleString('en')
      : String(Number(value.toPrecision(2)));

const perSecondOf = (cells: readonly Cell[]): number => median(cells.map(({ perSecond }) => perSecond));

const rowOf = (cells: readonly Cell[], ours: readonly number[]): string => {
  const of = (field: (cell: Cell) => number) => median(cells.map(field));
  const perSecond = perSecondOf(cells);
  return `| ${[
    `${cells[0]?.contender}${cells.every(({ isNew }) => isNew) ? '' : ' (some asked twice)'}`,
    `**${figure(perSecond)}**`,
    ours.map((of) => figure(of / perSecond)).join(' / '),
    `${figure(of((cell) => cell.p50Ms))} / ${figure(of((cell) => cell.p99Ms))}`,
    figure(of((cell) => cell.cpuSecondsPerThousand)),
    figure(of((cell) => cell.rssBytes) / 1e6),
    figure(of((cell) => cell.upstreamPerThousand)),
    cells.reduce((sum, { failed }) => sum + failed, 0),
  ].join(' | ')} |`;
};

/** A row for each that ran, in the order of `names`. */
const tableOf = (cells: readonly Cell[], names: readonly string[]): string => {
  const rows = names.map((name) => cells.filter(({ contender }) => contender === name));
  const isOurs = ([cell]: readonly Cell[]): boolean => cell?.contender.startsWith(OURS) === true;
  const ours = rows.filter(isOurs).map(perSecondOf);
  return `| | answers/s | ours are × as many, without / with threads | p50 / p99 ms | CPU s per 1,000 answers | RSS MB | upstream requests per 1,000 answers | failed |
|---|---|---|---|---|---|---|---|
${rows
  .filter((of) => of.length > 0)
  .map((of) => rowOf(of, isOurs(of) ? [] : ours))
  .join('\n')}`;
};

export const peersReport = (cells: readonly Cell[], facts: Facts): string => {
  const { rounds, seconds, connections, latencyMs, tool, totals, versions } = facts;
  const names = versions.map(({ name }) => name);
  const tables = WORKLOADS.flatMap(({ name, rows }) =>
    (['repeated', 'new variables'] as const).map((asking) => {
      const of = cells.filter((cell) => cell.workload === name && cell.asking === asking);
      const how =
        asking === 'repeated'
          ? 'the same question again and again'
          : `new variables every time, ${Math.floor(rows / 2) + 1} to ${rows} rows`;
      return `### ${name}, ${how}\n\n${tableOf(of, names)}`;
    }),
  );
  return `# Beside its peers

\`npm run bench:peers\` (\`--rounds ${rounds} --seconds ${seconds} --connections ${connections} --latency ${latencyMs}\`; \`--quick\` for one short round): each server alone and
freshly started in each round, in alternating order, ${connections} connections for ${seconds} s by ${tool} after two of warm-up, medians of
${rounds} rounds. ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}; the load and the upstreams run on them too.

The same two demo upstreams for all, in a process of their own, which refuse nobody and take ${latencyMs} ms to begin an answer: ${totals.resources.toLocaleString('en')}
resources, ${totals.findings.toLocaleString('en')} findings and ${totals.hosts.toLocaleString('en')} hosts, every finding about a resource that is there. Before and after each round every server must give the same rows, value for value.

- ${versions.map(({ name, version }) => `${name} ${version}`).join('\n- ')}

Inventory Gateway runs as in production: API key, all limits, a rate for each key, metrics and logs; its index has been read before
the clock starts, and its pacing is what its upstreams grant here. It runs as it does unless it is told otherwise, and with
\`server.threads\`, which use both cores for what is repeated, as Tailcall does for everything. Tailcall has none of these. Its modes: *plain*; *dedupe* makes one
request of equal ones in flight; *cached* is \`dedupe\`, \`httpCache\`, and \`@cache\` on every field that is fetched, for ten minutes whatever
happens upstream. Hive Gateway serves a supergraph that Mesh Compose makes of two OpenAPI documents. The peers pass on pages, of which
there are fewer than of our cursors: with new variables some of theirs come again.

${tables.join('\n\n')}
`;
};
