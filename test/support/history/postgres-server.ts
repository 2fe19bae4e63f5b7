import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../free-port.ts';
import { TOOLS } from '../tools.ts';

export interface TestPostgres {
  /** Makes a database that is empty. @returns its URL */
  newDatabase(): Promise<string>;
  /** Ends the server at once, as a loss of power would. */
  kill(): Promise<void>;
  /** Starts it again with what it has on disk. */
  restart(): Promise<void>;
  /** Ends it, and removes everything it has. */
  release(): Promise<void>;
}

/** A server of its own, in a temporary directory and on a free port. It never runs as root, which PostgreSQL refuses. */
export const startPostgres = async (): Promise<TestPostgres> => {
  const user = process.getuid?.() === 0 ? idsOf('postgres') : null;
  const directory = await mkdtemp(join(tmpdir(), 'postgres-'));
  if (user) await chown(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const initdb = TOOLS.PostgreSQL.path ?? 'initdb';
  await promisify(execFile)(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...user,
    cwd: directory,
  });
  const port = await freePort();
  const launch = () => startServer(join(dirname(initdb), 'postgres'), { data, directory, port, user });
  let running = await launch();
  let databases = 0;
  return {
    newDatabase: async () => {
      const name = `history_${++databases}`;
      const client = new Client({ connectionString: urlOf(port, 'postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(port, name);
    },
    kill: () => end(running, 'SIGQUIT'),
    restart: async () => {
      running = await launch();
    },
    release: async () => {
      await end(running, 'SIGINT');
      await rm(directory, { recursive: true });
    },
  };
};

const urlOf = (port: number, database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;

const idsOf = (user: string) => {
  const id = (flag: string) => Number(execFileSync('id', [flag, user]).toString());
  return { uid: id('-u'), gid: id('-g') };
};

interface Place {
  readonly data: string;
  readonly directory: string;
  readonly port: number;
  readonly user: ReturnType<typeof idsOf> | null;
}

const startServer = async (program: string, { data, directory, port, user }: Place): Promise<ChildProcess> => {
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${directory}`,
    'fsync=off',
    'log_destination=stderr',
  ];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(program, args, { ...user, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (chunk) => {
      log += chunk;
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`postgres ended:\n${log}`)));
  });
  return server;
};

const end = async (server: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
};
