import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Prints what the package consists of and depends on, as CycloneDX: the locked production dependencies, and the packages whose code is
 * bundled into the explorer. `npm sbom --omit dev` leaves out each package that a development dependency needs as well, so npm is given
 * a lock file without those that users never get.
 */
const root = dirname(import.meta.dirname);
const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly dependencies?: object;
  readonly peerDependencies?: object;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = readJson<Manifest>('package.json');
const lock = readJson<Record<string, unknown> & { packages: Readonly<Record<string, Locked>> }>('package-lock.json');
const bundled = readJson<readonly { readonly name: string; readonly version: string }[]>('dist/explorer/licences.json');

const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
const installed = locked.filter(([, { dev }]) => !dev);
/** Wherever they were found, and without what they depend on: what a bundle needs of that is in the bundle. */
const built = bundled.map(({ name, version }) => {
  const found = locked.find(([path, one]) => path.endsWith(`node_modules/${name}`) && one.version === version);
  const { dev: _dev, dependencies: _needs, peerDependencies: _peers, ...rest } = found?.[1] ?? { version };
  return [`node_modules/${name}`, rest] as const;
});
const packages = { ...Object.fromEntries(built), ...Object.fromEntries(installed) };
const dependencies = { ...Object.fromEntries(bundled.map(({ name }) => [name, '*'])), ...manifest.dependencies };
const { name, version, description, license } = manifest;
const shipped = { name, version, description, license, dependencies };

const parent = mkdtempSync(join(tmpdir(), 'inventory-sbom-'));
// npm names what it describes by its folder.
const folder = join(parent, name);
try {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(shipped));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: { '': shipped, ...packages } }));
  const options = ['--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'];
  process.stdout.write(execFileSync('npm', ['sbom', ...options], { cwd: folder, maxBuffer: 64_000_000 }));
} finally {
  rmSync(parent, { recursive: true });
}
