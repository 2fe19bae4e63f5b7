import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../free-port.ts';
import { TOOLS } from '../tools.ts';

export interface TestPostgres {
  urlOf(database: string): string;
  /** Makes a database that is empty. @returns its URL */
  newDatabase(): Promise<string>;
  bytesOf(database: string): Promise<number>;
  /** Ends the server at once, as a loss of power would. */
  kill(): Promise<void>;
  /** Starts it again with what it has on disk. */
  restart(): Promise<void>;
  /** Ends it, and leaves what it has. */
  stop(): Promise<void>;
  /** Ends it, and removes everything it has. */
  release(): Promise<void>;
}

interface Options {
  /** What is there already is used. @default a new one in the folder for temporary files */
  readonly directory?: string;
  /** Survives a loss of power, as in production, and is slower for it. @default false */
  readonly isSafe?: boolean;
}

/** A server of its own on a free port. It never runs as root, which PostgreSQL refuses. */
export const startPostgres = async ({ isSafe = false, ...options }: Options = {}): Promise<TestPostgres> => {
  const user = process.getuid?.() === 0 ? idsOf('postgres') : null;
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'postgres-')));
  await mkdir(directory, { recursive: true });
  if (user) await chown(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const initdb = TOOLS.PostgreSQL.path ?? 'initdb';
  const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  if (!existsSync(data)) await promisify(execFile)(initdb, args, { ...user, cwd: directory });
  const port = await freePort();
  const launch = () => startServer(join(dirname(initdb), 'postgres'), { data, directory, port, user, isSafe });
  let running = await launch();
  let databases = 0;
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const stop = () => end(running, 'SIGINT');
  return {
    urlOf,
    newDatabase: async () => {
      const name = `history_${++databases}`;
      await asked(urlOf('postgres'), `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    bytesOf: async (database) => {
      const [row] = await asked(urlOf(database), 'SELECT pg_database_size(current_database()) AS bytes');
      return Number(row?.bytes);
    },
    kill: () => end(running, 'SIGQUIT'),
    restart: async () => {
      running = await launch();
    },
    stop,
    release: async () => {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
};

const asked = async (connectionString: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
};

const idsOf = (user: string) => {
  const id = (flag: string) => Number(execFileSync('id', [flag, user]).toString());
  return { uid: id('-u'), gid: id('-g') };
};

interface Place {
  readonly data: string;
  readonly directory: string;
  readonly port: number;
  readonly user: ReturnType<typeof idsOf> | null;
  readonly isSafe: boolean;
}

const startServer = async (program: string, { data, directory, port, user, isSafe }: Place): Promise<ChildProcess> => {
  const settings = [
    ...['listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, 'log_destination=stderr'],
    `fsync=${isSafe ? 'on' : 'off'}`,
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
