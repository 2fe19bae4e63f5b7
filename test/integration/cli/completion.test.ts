import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const hasShell = (shell: string): boolean => {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const completions = async (...words: string[]): Promise<string> => {
  const run = runCli(['complete', '--', ...words]);
  expect(await run.exitCode()).toBe(0);
  return run.stdout();
};

describe('complete', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script that %s can read', async (shell) => {
    const run = runCli(['complete', shell]);
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toContain('inventory-gateway');
    if (hasShell(shell)) execFileSync(shell, ['-n'], { input: run.stdout() });
  });

  it('names the commands, the questions of ask, and options', async () => {
    const commands = await completions('');
    for (const command of ['serve', 'ask', 'query', 'mcp']) expect(commands).toMatch(new RegExp(`^${command}\\b`, 'm'));
    expect(await completions('ask', 'what-b')).toMatch(/^what-breaks-if-it-goes\t/m);
    expect(await completions('ask', '--')).toMatch(/^--json\b/m);
  });
});
