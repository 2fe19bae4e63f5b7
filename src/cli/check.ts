import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import type { GatewayConfig } from '#config/config.ts';
import type { SourceKindSettings } from '#config/source-options.ts';
import { loadConfig } from '#sources/kinds.ts';
import type { SourceProbe } from '#sources/probe-source.ts';
import { environmentWith } from './process.ts';
import { textRows } from './text-rows.ts';

export const checkCommand = (): Command =>
  new Command('check')
    .description('Try every configured source: does it answer, is the key good, what is it, what may be asked of it?')
    .option('-c, --config <file>', 'YAML file (INVENTORY_CONFIG)')
    .addHelpText(
      'after',
      '\nExits with 1 when a source or the history fails, with 2 when the configuration is not usable.',
    )
    .action(check);

const check = async ({ config: file }: { readonly config?: string }): Promise<void> => {
  const config = loadConfig(environmentWith({ INVENTORY_CONFIG: file }));
  const { createSources } = await import('#sources/create-sources.ts');
  const { sourceKinds } = await import('#sources/kinds.ts');
  const { probeSource } = await import('#sources/probe-source.ts');
  const { probeHistory } = await import('#server/open-history.ts');
  const { probeScope } = await import('#server/operation-context.ts');
  const scope = probeScope(randomUUID(), config.limits.operationTimeoutMs);
  const probe = async (sources: GatewayConfig['sources']) => {
    const opened = createSources({ ...config, sources, index: { ...config.index, enabled: false } }, sourceKinds);
    const probes = await Promise.all(opened.all.all.map((source) => probeSource(source, scope)));
    await opened.close();
    return probes;
  };
  const probes = await probe(config.sources);
  const failed = new Set(probes.filter(({ failure }) => failure !== null).map(({ source }) => source));
  const completed = withBasePath(
    config.sources.filter(({ name }) => failed.has(name)),
    sourceKinds,
  );
  const answering = new Set(
    (await probe(completed)).filter(({ failure }) => failure === null).map(({ source }) => source),
  );
  console.log(probeTable(probes, new Map(config.sources.map((source) => [source.name, source.url]))));
  for (const { name, kind, url } of completed.filter((source) => answering.has(source.name))) {
    const variable = `${kind.toUpperCase().replaceAll('-', '_')}_URL`;
    console.log(`\nHINT     ${name}: it answers at ${url}. Set ${variable} or sources[].url to that.`);
  }
  for (const { name, apiKey } of config.sources) {
    if (!apiKey) console.log(`${name}: not tried, since it has no key of its own (callers bring theirs).`);
  }
  const history = await probeHistory(config);
  if (history) console.log(`\nHISTORY  ${history.kind}: ${history.failure ?? 'can be used'}`);
  if (failed.size > 0 || history?.failure) process.exitCode = 1;
};

type SourceConfig = GatewayConfig['sources'][number];

/** Those whose URL lacks what such a URL usually ends with, with that added. */
const withBasePath = (sources: readonly SourceConfig[], kinds: readonly SourceKindSettings[]): SourceConfig[] =>
  sources.flatMap((source) => {
    const basePath = kinds.find(({ name }) => name === source.kind)?.basePath;
    const url = source.url.replace(/\/+$/, '');
    return basePath && !url.endsWith(basePath) ? [{ ...source, url: `${url}${basePath}` }] : [];
  });

const HEAD = ['SOURCE', 'KIND', 'REACHABLE', 'KEY', 'VERSION', 'BUDGET', 'SEES'] as const;

/** One row for each source, then failures and warnings. */
const probeTable = (probes: readonly SourceProbe[], urls: ReadonlyMap<string, string>): string => {
  const rows = textRows(HEAD, probes.map(row));
  return [rows, ...probes.flatMap((probe) => notes(probe, urls.get(probe.source) ?? ''))].join('\n');
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
