import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('ends quietly when the reader of its output has seen enough', async () => {
  const command = `"${process.execPath}" src/cli/main.js schema | head -1; echo "exit \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command]);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/exit 0\n$/);
});
