import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../free-port.ts';
import { TOOLS } from '../tools.ts';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, and everything it knew with it. */
  kill(): Promise<void>;
  /** Takes connections, and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
}

/** A server of its own on a free port; nothing is written to disk. */
export const startRedis = async (): Promise<TestRedis> => {
  const port = await freePort();
  let running = await launch(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => end(running),
    freeze: () => void running.kill('SIGSTOP'),
    thaw: () => void running.kill('SIGCONT'),
    restart: async () => {
      running = await launch(port);
    },
  };
};

const launch = async (port: number): Promise<ChildProcess> => {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(TOOLS.Redis.path ?? 'redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let log = '';
    server.stdout.on('data', (chunk) => {
      log += chunk;
      if (/ready to accept connections/i.test(log)) resolve();
    });
    server.once('exit', () => reject(new Error(`redis-server ended:\n${log}`)));
  });
  return server;
};

const end = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
};
