import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { loadConfig } from '#sources/configuration.ts';
import { environmentWith } from './environment-with.ts';
import { probeTable } from './probe-table.ts';

export const checkCommand = (): Command =>
  new Command('check')
    .description('Try every configured source: does it answer, is the key good, what is it, what may be asked of it?')
    .option('-c, --config <file>', 'YAML file (INVENTORY_CONFIG)')
    .addHelpText('after', '\nExits with 1 when a source fails, with 2 when the configuration is not usable.')
    .action(check);

const check = async ({ config: file }: { readonly config?: string }): Promise<void> => {
  const config = loadConfig(environmentWith({ INVENTORY_CONFIG: file }));
  const { createSources } = await import('#sources/create-sources.ts');
  const { sourceKinds } = await import('#sources/kinds.ts');
  const { probeSource } = await import('#sources/probe-source.ts');
  const { probeScope } = await import('#server/probe-scope.ts');
  const sources = createSources({ ...config, index: { ...config.index, enabled: false } }, sourceKinds);
  const scope = probeScope(randomUUID(), config.limits.operationTimeoutMs);
  const probes = await Promise.all(sources.all.all.map((source) => probeSource(source, scope)));
  await sources.close();
  console.log(probeTable(probes, new Map(config.sources.map((source) => [source.name, source.url]))));
  for (const { name, apiKey } of config.sources) {
    if (!apiKey) console.log(`${name}: not tried, since it has no key of its own (callers bring theirs).`);
  }
  if (probes.some((probe) => probe.failure !== null)) process.exitCode = 1;
};
