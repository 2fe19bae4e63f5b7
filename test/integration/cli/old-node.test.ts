import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const majorOf = (node: string): number =>
  Number(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1).split('.')[0]);

/** A Node that is too old, where the machine has one; npm puts the project's own before it. */
const tooOld = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(delimiter)]
  .map((folder) => join(folder, 'node'))
  .find((node) => existsSync(node) && majorOf(node) < 24);

describe('a Node that is too old', () => {
  it.skipIf(!tooOld).each([['serve'], ['demo'], ['check'], ['schema'], ['--help']])(
    'gets an error that names the needed version, and nothing else happens: %s',
    async (command) => {
      const run = runCli([command], {}, tooOld);
      expect(await run.exitCode()).toBe(1);
      expect(run.stdout()).toBe('');
      expect(run.stderr()).toMatch(/^inventory-gateway needs Node 24 or newer, and this is Node \d+\.\d+\.\d+\.\n$/);
    },
  );
});
