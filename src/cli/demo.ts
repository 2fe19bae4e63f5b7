import { Command, InvalidArgumentError, Option } from 'commander';
import type { DemoUpstreamOptions, DemoUpstreams } from '#demo/main.ts';
import { configWithSources } from '#sources/kinds.ts';
import { environmentWith, untilSignal } from './process.ts';

interface DemoOptions extends DemoUpstreamOptions {
  readonly host?: string;
  readonly port?: string;
}

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
};

export const demoCommand = (): Command =>
  new Command('demo')
    .description('Start two demo upstreams with an invented company, and the gateway over them. Needs nothing else.')
    .option('--host <host>', 'address of the gateway (HOST; default 127.0.0.1)')
    .option('--port <port>', 'port of the gateway (PORT; default 4000)')
    .addOption(
      new Option('--edition <edition>', 'what the ScanOrbit server is like')
        .choices(['observed', 'documented'])
        .default('observed'),
    )
    .option('--scanopy-version <version>', 'version of the Scanopy server, e.g. 0.14.13, 0.16.0, 0.17.22', '0.16.0')
    .option('--no-rate-limit', 'let the upstreams answer without limit')
    .option('--seed <number>', 'another company', wholeNumber, 1)
    .option('--resources <number>', 'size of its cloud', wholeNumber)
    .option('--hosts <number>', 'size of its network', wholeNumber)
    .option('--ties <number>', 'so many rows share an instant, and change places from page to page', wholeNumber)
    .option('--latency <ms>', 'time the upstreams take to answer', wholeNumber, 0)
    .action(demo);

const demo = async ({ host, port, ...options }: DemoOptions): Promise<void> => {
  const environment = environmentWith({ HOST: host, PORT: port });
  const { createGateway } = await import('#server/create-gateway.ts');
  const { startDemoUpstreams } = await import('#demo/main.ts');
  const upstreams = await startDemoUpstreams(options);
  const base = { sources: [...upstreams.sources], log: { level: 'warn' as const }, auth: { allowOpenNetwork: true } };
  const gateway = await createGateway(configWithSources(base, environment));
  const ended = untilSignal(async () => {
    await gateway.close();
    await upstreams.close();
  });
  console.log(greeting(gateway.url, upstreams.urls, options));
  await ended;
};

const greeting = (
  url: string,
  urls: DemoUpstreams['urls'],
  { edition, scanopyVersion, rateLimit }: DemoOptions,
): string => `
Inventory Gateway over an invented company

  Explorer           ${new URL('/explore', url)}
  GraphiQL and API   ${url}
  Health, metrics    ${new URL('/healthz', url)}  ${new URL('/metrics', url)}

  ScanOrbit (demo)   ${urls.scanorbit}   edition ${edition}
  Scanopy (demo)     ${urls.scanopy}   version ${scanopyVersion}
  Rate limits        ${rateLimit ? 'as the real servers have them' : 'off'}

Open the first address in a browser, or the second, which starts with queries to try. Ctrl-C stops everything.
`;
