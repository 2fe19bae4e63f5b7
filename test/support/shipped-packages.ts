import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license?: string | null | undefined;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly dev?: boolean; readonly license?: string }>
  >;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;

/** What an installation brings along, by the lock file. */
export const installedPackages = (): ShippedPackage[] =>
  Object.entries(readJson<Lock>('package-lock.json').packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version, license }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, license }));

/** What the explorer was built of, and the texts that must come along. */
export const bundledPackages = (): (ShippedPackage & { readonly text: string | null })[] =>
  readJson('dist/explorer/licences.json');
