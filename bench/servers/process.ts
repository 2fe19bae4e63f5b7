import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What to run, and where. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface Usage {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** In one second, as `getconf CLK_TCK` says on every Linux there is. */
const TICKS = 100;
const PAGE_BYTES = 4096;

/** Runs until stopped, its output thrown away as a log collector would take it. */
export const startProcess = ({ file, args, env, cwd }: Command) => {
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  return {
    hasEnded: () => failure !== undefined || child.exitCode !== null || child.signalCode !== null,
    /** Linux: what `/proc` counts of this process, all its threads, and not of its children (no server measured here has any). */
    usage: async (): Promise<Usage> => {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
      // After the command's name, which may contain anything, in brackets: the state is field 3, utime 14, stime 15, rss 24.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const field = (of: number): number => fields[of - 3] ?? Number.NaN;
      return { cpuSeconds: (field(14) + field(15)) / TICKS, rssBytes: field(24) * PAGE_BYTES };
    },
    stop: async (): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null || failure) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(timer);
    },
  };
};

export type RunningProcess = ReturnType<typeof startProcess>;

/** Asks again and again until it is answered at all. @throws when the server ended, or did not answer for that long */
export const untilAnswered = async <T>(
  ask: () => Promise<T>,
  { hasEnded }: RunningProcess,
  everyMs = 100,
  seconds = 60,
): Promise<T> => {
  const endsAt = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (cause) {
      if (hasEnded()) throw new Error('Expected a server that runs, got one that ended', { cause });
      if (performance.now() > endsAt) throw new Error(`Expected an answer within ${seconds} s, got none`, { cause });
      await sleep(everyMs);
    }
  }
};
