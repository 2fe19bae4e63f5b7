import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);

/** `changeset version` writes the new version into package.json alone: the lock file, the Kubernetes manifests and the chart name it, too. */
const { version } = JSON.parse(read('package.json')) as { version: string };

const lock = JSON.parse(read('package-lock.json')) as { version: string; packages: { '': { version: string } } };
lock.version = version;
lock.packages[''].version = version;
write('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);

const manifests = 'deploy/kubernetes/kustomization.yaml';
write(manifests, read(manifests).replace(/newTag: .+/, `newTag: ${version}`));

const chart = 'deploy/helm/inventory-gateway/Chart.yaml';
write(chart, read(chart).replace(/^(version|appVersion): .+/gm, `$1: ${version}`));
