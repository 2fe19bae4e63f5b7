import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

export interface CliRun {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the first match in stdout or stderr; rejects when the process ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  exitCode(): Promise<number | null>;
}

/** Starts the real program, by default under this Node, with nothing of this process's configuration. */
export const runCli = (
  args: readonly string[],
  environment: Record<string, string> = {},
  node = process.execPath,
): CliRun => {
  const child = spawn(node, [MAIN, ...args], { env: { PATH: process.env.PATH ?? '', ...environment } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = once(child, 'close');
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout + stderr);
          if (match) resolve(match);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        ended.then(() =>
          reject(
            new Error(`Ended (${child.exitCode ?? child.signalCode}) without printing ${pattern}:\n${stdout}${stderr}`),
          ),
        );
        look();
      }),
    exitCode: async () => {
      await ended;
      return child.exitCode;
    },
  };
};
