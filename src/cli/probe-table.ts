import type { SourceProbe } from '#sources/probe-source.ts';

const HEAD = ['SOURCE', 'KIND', 'REACHABLE', 'KEY', 'VERSION', 'BUDGET', 'SEES'] as const;

/** One row for each source, then failures and warnings. */
export const probeTable = (probes: readonly SourceProbe[], urls: ReadonlyMap<string, string>): string => {
  const rows = [[...HEAD], ...probes.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...probes.flatMap((probe) => notes(probe, urls.get(probe.source) ?? ''))].join('\n');
};

const row = ({ source, kind, isReachable, isKeyGood, answer, budget }: SourceProbe): string[] => [
  source,
  kind,
  isReachable ? 'yes' : 'NO',
  isKeyGood === null ? '?' : isKeyGood ? 'good' : 'REFUSED',
  answer?.serverVersion ?? '?',
  `${budget.remaining} left of ${budget.limit}/${budget.windowSeconds}s`,
  answer?.visible ?? '?',
];

const notes = ({ source, answer, failure }: SourceProbe, url: string): string[] => [
  ...(failure === null ? [] : [`\nFAILED   ${source} (${url}): ${failure}`]),
  ...(answer?.warnings ?? []).map((warning) => `\nWARNING  ${source}: ${warning}`),
];
