import { Command } from 'commander';
import { loadConfig } from '#sources/kinds.ts';
import { environmentWith, untilSignal } from './process.ts';
import { HOW_TO_CONFIGURE } from './report-failure.ts';

export interface ServeOptions {
  readonly config?: string;
  readonly host?: string;
  readonly port?: string;
}

export const serveCommand = (): Command =>
  new Command('serve')
    .description('Start the gateway over the configured sources.')
    .option('-c, --config <file>', 'YAML file (INVENTORY_CONFIG)')
    .option('--host <host>', 'address to listen on (HOST; default 127.0.0.1)')
    .option('--port <port>', 'port to listen on (PORT; default 4000)')
    .addHelpText('after', `\n${HOW_TO_CONFIGURE}`)
    .action(serve);

const serve = async ({ config: file, host, port }: ServeOptions): Promise<void> => {
  const config = loadConfig(environmentWith({ INVENTORY_CONFIG: file, HOST: host, PORT: port }));
  const { createGateway } = await import('#server/create-gateway.ts');
  const { createLogger } = await import('#server/observability/logger.ts');
  const logger = createLogger(config);
  const gateway = await createGateway(config, { logger });
  const ended = untilSignal(async () => {
    logger.info('Shutting down: finishing the operations in flight');
    await gateway.close();
  });
  const sources = config.sources.map((source) => source.name);
  logger.info({ url: gateway.url, sources, auth: config.auth.mode }, 'Ready');
  await ended;
};
