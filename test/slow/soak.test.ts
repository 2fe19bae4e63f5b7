import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SOAK = join(dirname(dirname(import.meta.dirname)), 'bench/soak/run.ts');

it('15 seconds of mixed load over 200 connections with random faults: no crash, no unhandled rejection, no untyped error', {
  timeout: 180_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [SOAK, '--seconds', '15']);
  expect(stdout).toContain('Passed');
});
