#!/usr/bin/env node
// Nothing is imported before this check: what follows cannot even be parsed by older versions.
const OLDEST = 24;
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`inventory-gateway needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}.`);
  process.exit(1);
}
const { runCli } = await import('./run-cli.ts');
await runCli(process.argv);

export {};
