import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What `serve` does, step by step: says what each took in milliseconds, then ends. Run with the file of the configuration. */
const [, , configFile = ''] = process.argv;
const built = (path: string) => import(pathToFileURL(join(import.meta.dirname, '../../dist/src', path)).href);

const marks: Record<string, number> = { node: performance.now() };
let last = performance.now();
const mark = (phase: string): void => {
  marks[phase] = performance.now() - last;
  last = performance.now();
};

await built('cli/run-cli.js');
mark('command line');
const { loadConfig } = (await built('sources/kinds.js')) as typeof import('#sources/kinds.ts');
const config = loadConfig({ INVENTORY_CONFIG: configFile });
mark('configuration');
const { createGateway } = (await built('server/create-gateway.js')) as typeof import('#server/create-gateway.ts');
mark('modules');
const gateway = await createGateway(config);
mark('listening');
console.log(JSON.stringify(marks));
await gateway.close();
process.exit(0);
