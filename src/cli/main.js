#!/usr/bin/env node
// Plain JavaScript, and nothing is imported before the check: older versions cannot even read what follows. `#cli/run-cli.ts` is the
// source in the source tree, and what it was compiled to in the package.
const OLDEST = 24;
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`inventory-gateway needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}.`);
  process.exit(1);
}
// From what lives long while an index is read, V8 concludes that what is made for a request does, too, and makes that where only full
// collections look.
(await import('node:v8')).setFlagsFromString('--no-allocation-site-pretenuring');
const { runCli } = await import('#cli/run-cli.ts');
await runCli(process.argv);
