import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = dirname(dirname(import.meta.dirname));

/** Only what a stranger's shell would have, with the Node that runs the test in front. */
const environment = {
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HOME: process.env.HOME,
  npm_config_cache: process.env.npm_config_cache,
};

const npm = (cwd: string, ...args: string[]) =>
  run('npm', args, { cwd, env: environment, maxBuffer: 64 * 1024 * 1024, timeout: 240_000 });

export interface Packed {
  readonly folder: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
  readonly tarball: string;
}

/** Builds and packs the project into a new, otherwise empty folder. */
export const pack = async (): Promise<Packed> => {
  const folder = await mkdtemp(join(tmpdir(), 'inventory-pack-'));
  const { stdout } = await npm(ROOT, 'pack', '--json', '--pack-destination', folder);
  const answer = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as unknown;
  const [packed] = (Array.isArray(answer) ? answer : Object.values(answer as object)) as {
    filename: string;
    files: { path: string }[];
  }[];
  if (!packed) throw new Error('npm pack packed nothing');
  return { folder, tarball: join(folder, packed.filename), files: packed.files.map((file) => file.path) };
};

/** Errors that say there is no registry to ask, as opposed to a package that cannot be installed. */
const NO_REGISTRY = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|ENETUNREACH|ECONNRESET/;

/** Installs the tarball as a stranger would. @returns false when there is no registry to install dependencies from. */
export const install = async ({ folder, tarball }: Packed): Promise<boolean> => {
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  try {
    await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
    return true;
  } catch (error) {
    if (NO_REGISTRY.test(String((error as { stderr?: unknown }).stderr))) return false;
    throw error;
  }
};

/** Starts the installed binary. */
export const start = ({ folder }: Packed, ...args: string[]): ChildProcess =>
  spawn(join(folder, 'node_modules/.bin/inventory-gateway'), args, { cwd: folder, env: environment });

/** The first match in what a process writes. @throws when it ends without. */
export const saying = (child: ChildProcess, wanted: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = '';
    const hear = (piece: Buffer) => {
      heard += piece.toString();
      const match = wanted.exec(heard);
      if (match) resolve(match[0]);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`ended with ${code} having said:\n${heard}`)));
  });
