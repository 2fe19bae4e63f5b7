import { Command } from 'commander';
import type { GatewayConfig } from '#config/config.ts';
import type { Gateway } from '#server/create-gateway.ts';
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
  const environment = environmentWith({ INVENTORY_CONFIG: file, HOST: host, PORT: port });
  const started = Promise.withResolvers<Gateway>();
  const reload = (): void => void started.promise.then((gateway) => gateway.reload(load));
  // From now on: while nobody listens, it ends the process.
  process.on('SIGHUP', reload);
  const { NotedFiles } = await import('#server/noted-files.ts');
  let files = new NotedFiles();
  const load = (): GatewayConfig => {
    const former = files;
    files = new NotedFiles();
    try {
      return loadConfig(environment, files);
    } catch (error) {
      // What the gateway goes on with is made of the former ones.
      for (const path of former.paths) files.add(path);
      throw error;
    }
  };
  const config = load();
  const { createGateway } = await import('#server/create-gateway.ts');
  const { createLogger } = await import('#server/observability/logger.ts');
  const { watchFiles } = await import('#server/watch-files.ts');
  const logger = createLogger(config);
  const gateway = await createGateway(config, { logger });
  started.resolve(gateway);
  const watch = config.server.reload ? watchFiles({ files: () => files, onChange: reload }) : null;
  const ended = untilSignal(async () => {
    logger.info('Shutting down: finishing the operations in flight');
    watch?.close();
    await gateway.close();
  });
  const sources = config.sources.map((source) => source.name);
  logger.info({ url: gateway.url, sources, auth: config.auth.mode }, 'Ready');
  await ended;
};
