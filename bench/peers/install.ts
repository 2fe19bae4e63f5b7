import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The peers, and what turns an OpenAPI document into a graph for Hive Gateway. */
const PACKAGES = {
  '@tailcallhq/core-linux-x64-gnu': '1.0.0',
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-mesh/compose-cli': '1.8.2',
  '@graphql-mesh/transport-rest': '0.12.2',
  '@omnigraph/openapi': '0.112.4',
  graphql: '16.15.0',
};
const AUTOCANNON = { autocannon: '9.0.0' };

export type PeerPackage = keyof typeof PACKAGES;

const FOLDER = join(import.meta.dirname, '.installed');

/** A folder of their own with a manifest of their own: none of them is a dependency of ours. Installed again only when it changes. */
export const installPeers = (withAutocannon: boolean): string => {
  const manifest = `${JSON.stringify(
    { private: true, type: 'module', dependencies: { ...PACKAGES, ...(withAutocannon && AUTOCANNON) } },
    null,
    2,
  )}\n`;
  const file = join(FOLDER, 'package.json');
  const done = join(FOLDER, 'node_modules/.package-lock.json');
  if (existsSync(file) && existsSync(done) && readFileSync(file, 'utf8') === manifest) return FOLDER;
  console.log(`Installing the peers into ${FOLDER}`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, manifest);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  return FOLDER;
};

export const versionOf = (name: PeerPackage): string => PACKAGES[name];
