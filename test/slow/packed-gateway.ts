import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, symlink } from 'node:fs/promises';
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
  readonly unpackedBytes: number;
  readonly tarball: string;
}

/** Builds and packs the project into a new, otherwise empty folder. */
export const pack = async (): Promise<Packed> => {
  const folder = await mkdtemp(join(tmpdir(), 'inventory-pack-'));
  const { stdout } = await npm(ROOT, 'pack', '--offline', '--json', '--pack-destination', folder);
  const answer = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as unknown;
  const [packed] = (Array.isArray(answer) ? answer : Object.values(answer as object)) as {
    filename: string;
    files: { path: string }[];
    unpackedSize: number;
  }[];
  if (!packed) throw new Error('npm pack packed nothing');
  return {
    folder,
    tarball: join(folder, packed.filename),
    files: packed.files.map((file) => file.path),
    unpackedBytes: packed.unpackedSize,
  };
};

interface BillOfMaterials {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly { readonly name: string; readonly version: string; readonly licenses: object[] }[];
}

/** What a release is published with; needs the built explorer. */
export const billOfMaterials = async (): Promise<BillOfMaterials> =>
  JSON.parse((await npm(ROOT, 'run', '--silent', 'sbom')).stdout) as BillOfMaterials;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/**
 * Lays the tarball out as an installation would, without a registry: beside it stand only the packages that the lock file does not call
 * development's, so that an import of one that `dependencies` lacks fails here as it would for a stranger.
 */
export const install = async ({ folder, tarball }: Packed): Promise<void> => {
  const modules = join(folder, 'node_modules');
  const target = join(modules, 'inventory-gateway');
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  await copyDependencies(folder);
  const { bin } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  await mkdir(join(modules, '.bin'));
  for (const [name, path] of Object.entries(bin)) await symlink(join(target, path), join(modules, '.bin', name));
};

const copyDependencies = async (folder: string): Promise<void> => {
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const needed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  for (const [path] of needed) {
    const installed = join(ROOT, path);
    // What is optional may not be for this machine. Packages within another come with it.
    const isNested = path.lastIndexOf('node_modules/') > 0;
    if (!isNested && existsSync(installed))
      await cp(installed, join(folder, path), { recursive: true, dereference: true });
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
