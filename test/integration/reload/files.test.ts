import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { post } from '../../support/harness.ts';
import { until } from '../../support/until.ts';
import { type CliRun, runCli } from '../cli/run-cli.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const startDemo = async (): Promise<ScanOrbitDemo> => {
  const world = createWorld({ seed: 1 });
  const demo = await startScanOrbitDemo({ edition: 'observed', rateLimit: false, world: world.cloud });
  closing.push(() => demo.close());
  return demo;
};

const temporary = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'reload-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
};

/** A configuration file whose keys of callers are these. */
const configOf = ({ url }: ScanOrbitDemo, secret: string, keys: readonly string[], more = ''): string => `
sources:
  - { name: cloud, kind: scanorbit, url: '${url}', apiKey: '\${file:${secret}}' }
server: { port: 0 }
index: { enabled: false, directory: null }
auth:
  mode: api-key
  keys: [${keys.map((key) => `{ name: ${key}, sha256: ${sha256(key)} }`).join(', ')}]
${more}`;

const serve = async (file: string, ...args: string[]): Promise<{ readonly run: CliRun; readonly url: string }> => {
  const run = runCli(['serve', '--config', file, ...args]);
  return { run, url: await untilReady(run) };
};

const untilReady = async (run: CliRun): Promise<string> => {
  closing.push(async () => {
    run.process.kill('SIGTERM');
    await run.exitCode();
  });
  const [, url = ''] = await run.printed(/"url":"([^"]+)".*"Ready"/);
  return url;
};

/** Who reads the pipe waits until somebody writes, so that other things can be done in between. */
const withPipe = async () => {
  const directory = await temporary();
  const at = (name: string) => join(directory, name);
  await promisify(execFile)('mkfifo', [at('pipe')]);
  return { file: at('config.yaml'), secret: at('key'), pipe: at('pipe') };
};

const statusOf = async (url: string, key: string): Promise<number> =>
  (await post(url, { query: '{ __typename }' }, { 'x-api-key': key })).status;

/** Whether the source answers with its present key. */
const isAnswered = async (url: string, key: string): Promise<boolean> => {
  const { errors } = await post(url, { query: '{ accounts { id } }' }, { 'x-api-key': key });
  return errors === undefined;
};

it('takes a file that is replaced, refuses a bad one with every problem, and takes the next good one', async () => {
  const demo = await startDemo();
  const directory = await temporary();
  const [file, secret] = [join(directory, 'config.yaml'), join(directory, 'key')];
  await writeFile(secret, `${demo.apiKey}\n`);
  await writeFile(file, configOf(demo, secret, ['ada', 'bob']));
  const { run, url } = await serve(file);
  expect([await statusOf(url, 'ada'), await statusOf(url, 'bob')]).toEqual([200, 200]);
  expect(await isAnswered(url, 'ada')).toBe(true);

  await writeFile(`${file}.new`, configOf(demo, secret, ['bob']));
  await rename(`${file}.new`, file);
  await until(async () => (await statusOf(url, 'ada')) === 401);

  await writeFile(file, configOf(demo, `${secret}-missing`, ['ada'], 'limits: { depth: none }'));
  const [refusal] = await run.printed(/^.*The configuration that was read is refused.*$/m);
  const { problems } = JSON.parse(refusal) as { problems: { path: string }[] };
  expect(problems.map(({ path }) => path).toSorted()).toEqual(['limits.depth', 'sources[0].apiKey']);
  expect([await statusOf(url, 'ada'), await statusOf(url, 'bob')]).toEqual([401, 200]);

  await writeFile(file, configOf(demo, secret, ['ada', 'bob']));
  await until(async () => (await statusOf(url, 'ada')) === 200);
  expect(run.stderr()).not.toContain(demo.apiKey);
});

it('takes a secret that is rotated by links, as Kubernetes mounts it', async () => {
  const demo = await startDemo();
  const directory = await temporary();
  const secret = join(directory, 'mount', 'key');
  const put = async (version: string, key: string) => {
    await mkdir(join(directory, 'mount', version), { recursive: true });
    await writeFile(join(directory, 'mount', version, 'key'), key);
    await symlink(version, join(directory, 'mount', '..data.new'));
    await rename(join(directory, 'mount', '..data.new'), join(directory, 'mount', '..data'));
  };
  await put('..first', `sk_live_${'0'.repeat(64)}`);
  await symlink(join('..data', 'key'), secret);
  const file = join(directory, 'config.yaml');
  await writeFile(file, configOf(demo, secret, ['ada']));
  const { run, url } = await serve(file);
  expect(await isAnswered(url, 'ada')).toBe(false);
  await put('..second', demo.apiKey);
  await until(() => isAnswered(url, 'ada'));
  expect(run.stderr()).not.toContain(demo.apiKey);
});

it('takes what is written while it starts: after it has read the file, and before it looks for changes', async () => {
  const demo = await startDemo();
  const { file, secret, pipe } = await withPipe();
  await writeFile(secret, demo.apiKey);
  await writeFile(file, configOf(demo, pipe, ['ada']));
  const served = serve(file);
  // It has read the file that refers to the pipe when it opens the pipe, and waits for its text.
  const writer = await open(pipe, 'w');
  await writeFile(file, configOf(demo, secret, ['bob']));
  await writer.writeFile(demo.apiKey);
  await writer.close();
  const { url } = await served;
  await until(async () => (await statusOf(url, 'bob')) === 200);
  expect(await statusOf(url, 'ada')).toBe(401);
});

it('goes on starting when SIGHUP comes meanwhile, and reads anew then', async () => {
  const demo = await startDemo();
  const { file, secret, pipe } = await withPipe();
  await writeFile(secret, demo.apiKey);
  await writeFile(file, configOf(demo, pipe, ['ada'], '').replace('{ port: 0 }', '{ port: 0, reload: false }'));
  const run = runCli(['serve', '--config', file]);
  const writer = await open(pipe, 'w');
  await writeFile(file, configOf(demo, secret, ['bob']));
  run.process.kill('SIGHUP');
  await writer.writeFile(demo.apiKey);
  await writer.close();
  const url = await untilReady(run);
  await until(async () => (await statusOf(url, 'bob')) === 200);
});

it('reads anew on SIGHUP alone where server.reload is off', async () => {
  const demo = await startDemo();
  const directory = await temporary();
  const [file, secret] = [join(directory, 'config.yaml'), join(directory, 'key')];
  await writeFile(secret, demo.apiKey);
  const config = (...keys: string[]) =>
    configOf(demo, secret, keys).replace('{ port: 0 }', '{ port: 0, reload: false }');
  await writeFile(file, config('ada'));
  const { run, url } = await serve(file);
  await writeFile(file, config('bob'));
  run.process.kill('SIGHUP');
  await until(async () => (await statusOf(url, 'bob')) === 200);
  expect(await statusOf(url, 'ada')).toBe(401);
  expect(run.process.exitCode).toBeNull();
  expect(run.stderr().match(/The configuration was read anew/g)).toHaveLength(1);
});
