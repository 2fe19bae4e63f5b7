import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js');

/**
 * The compiler rewrites `./x.ts` to `./x.js`, and leaves `#room/x.ts` alone, since a package says itself what that means: inside
 * `dist` this one does. Types are not checked here: `npm run types` does that.
 */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const scope = {
  version,
  type: 'module',
  imports: { '#demo/*.ts': './demo/*.js', '#docs/*': './docs/*', '#explorer/*': './explorer/*', '#*.ts': './src/*.js' },
};

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '--project', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(scope, null, 2)}\n`);
cpSync(join(root, 'docs/questions'), join(dist, 'docs/questions'), { recursive: true });
chmodSync(join(dist, 'src/cli/main.js'), 0o755);
