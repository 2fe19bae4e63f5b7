import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { createSchema } from 'graphql-yoga';
import { afterEach, expect, it, vi } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { createWorld } from '#demo/world/world.ts';
import type { Harness, HarnessOptions } from '../../support/harness.ts';
import { listenBySocket, listenBySse, webSocketClient } from '../../support/listen.ts';
import { metric } from '../../support/metrics.ts';
import { until } from '../../support/until.ts';
import { as, key, type Running, startReloadable } from '../reload/reloadable.ts';

const ROWS = '{ resources { totalCount nodes { id name } } }';
const WORLD = createWorld({ seed: 1 });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).reverse()) await close();
});

const start = async (options: HarnessOptions = {}, threads = 2): Promise<Running> => {
  const running = await startReloadable({
    ...{ scanorbit: [{ movingScans: false }], scanopy: [{}] },
    ...options,
    config: { ...options.config, server: { threads, ...options.config?.server } },
  });
  closing.push(() => running.close());
  return running;
};

const repeated = (of: Harness) => metric(of, 'inventory_repeated_answers_total');

/** Asks until threads have given answers by themselves and said so. */
const untilRepeated = (of: Harness, query = ROWS, headers: Record<string, string> = {}) =>
  until(async () => {
    for (let i = 0; i < 5; i += 1) await of.query(query, {}, headers);
    return (await repeated(of)) > 0;
  });

it('threads give kept answers again by themselves, each with an id of its own, and every one is counted', async () => {
  const of = await start({}, 1);
  const body = JSON.stringify({ query: ROWS });
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return fetch(of.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  };
  await until(async () => {
    for (let i = 0; i < 5; i += 1) await (await ask()).text();
    return (await repeated(of)) > 0;
  });
  of.resetUpstreamCalls();
  const byThreads = await repeated(of);
  const answers = [];
  for (let i = 0; i < 20; i += 1) answers.push(await ask());
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(new Set(texts).size).toBe(1);
  expect(new Set(answers.map((answer) => answer.headers.get('x-request-id'))).size).toBe(20);
  expect(answers.map((answer) => answer.headers.get('x-inventory-lease'))).toEqual(answers.map(() => null));
  const total = 'inventory_operations_total{type="query",outcome="ok"}';
  await until(async () => (await metric(of, total)) === asked);
  expect(await repeated(of)).toBeGreaterThan(byThreads);
  expect(of.upstreamCalls()).toBe(0);
});

it('no thread repeats an answer once its source has told anything new', async () => {
  const of = await start();
  const total = async (headers = {}) => {
    const { data } = await of.query<{ resources: { totalCount: number } }>(ROWS, {}, headers);
    return data.resources.totalCount;
  };
  await untilRepeated(of);
  let expected = await total();
  for (const { id } of WORLD.cloud.resources.slice(0, 25)) {
    for (let i = 0; i < 4; i += 1) await total();
    of.scanorbit[0]?.removeResource(id);
    expected -= 1;
    expect(await total({ 'cache-control': 'no-cache' })).toBe(expected);
    expect(await Promise.all(Array.from({ length: 8 }, () => total()))).toEqual(new Array(8).fill(expected));
  }
});

it('a key that is taken away is refused at once, also where threads were repeating answers to it', async () => {
  const keys = (...names: string[]): Pick<ConfigInput, 'auth'> => ({
    auth: { mode: 'api-key', keys: names.map((name) => key(name)) },
  });
  const of = await start({ config: { ...keys('ada', 'bob'), server: { operator: { open: true } } } });
  await untilRepeated(of, ROWS, as('bob'));
  expect(of.reload({ ...keys('ada'), server: { threads: 2, operator: { open: true } } })).toBe(true);
  const statuses = await Promise.all(
    Array.from({ length: 8 }, async () => (await of.query(ROWS, {}, as('bob'))).status),
  );
  expect(statuses).toEqual(new Array(8).fill(401));
});

it('a caller gets as many operations as the limit says, whoever answers them', async () => {
  const of = await start({ config: { limits: { rate: { operations: 200, windowSeconds: 86_400 } } } }, 1);
  const counts = new Map<number, number>();
  const ask = async () => {
    const { status } = await of.query(ROWS);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  };
  for (let i = 0; i < 190; i += 1) await ask();
  await until(async () => (await repeated(of)) > 0);
  // What a lease took and nobody used comes back once its time is over.
  await until(async () => {
    await ask();
    return counts.get(200) === 200;
  });
  counts.clear();
  for (let i = 0; i < 60; i += 1) await ask();
  expect([...counts]).toEqual([[429, 60]]);
});

it('events, sockets, parts and long bodies go through as without threads', async () => {
  const of = await start({
    scanorbit: [{ movingScans: false }],
    world: () => WORLD,
    config: { subscriptions: { busyPollSeconds: 0.05, idlePollSeconds: 0.05 }, limits: { bodyBytes: 200_000 } },
  });
  const scans = 'subscription { scanUpdated { id status } }';
  const events = await listenBySse<{ data: { scanUpdated: { id: string } } }>(of.url, scans);
  // What changes is what is otherwise than when it was first read.
  await until(() => (of.scanorbit[0]?.countOf('/scans/recent') ?? 0) > 1);
  of.scanorbit[0]?.completeScan(WORLD.cloud.scans.find(({ status }) => status === 'running')?.accountId ?? '');
  expect((await events.hears(() => true)).data.scanUpdated.id).toBeTypeOf('string');
  events.leave();
  const client = webSocketClient(of.url);
  closing.push(() => client.dispose());
  const answers = listenBySocket<{ data: { accounts: object[] } }>(client, '{ accounts { id } }');
  expect((await answers.hears(() => true)).data.accounts).toHaveLength(WORLD.cloud.accounts.length);
  const deferred = await fetch(of.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'multipart/mixed' },
    body: JSON.stringify({ query: '{ accounts { id } ... @defer { resources { totalCount } } }' }),
  });
  expect((await deferred.text()).match(/"hasNext":(true|false)/g)).toEqual(['"hasNext":true', '"hasNext":false']);
  const padded = (bytes: number) => of.query(`{ accounts { id } } #${'x'.repeat(bytes)}`);
  expect([(await padded(100_000)).status, (await padded(1_000_000)).status]).toEqual([200, 413]);
});

it('lets answers in flight finish when the gateway closes, and leaves no file behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'threads-'));
  closing.push(() => rm(folder, { recursive: true }));
  vi.stubEnv('TMPDIR', folder);
  const [started, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  const slow = () => {
    started.resolve();
    return finish.promise;
  };
  const schema = createSchema({ typeDefs: 'type Query { slow: String }', resolvers: { Query: { slow } } });
  const of = await start({ deps: { schema } });
  expect(await readdir(folder)).toHaveLength(1);
  const answer = of.query('{ slow }');
  await started.promise;
  const closed = of.gateway.close();
  finish.resolve('done');
  expect(await answer).toMatchObject({ status: 200, data: { slow: 'done' } });
  await closed;
  expect(await readdir(folder)).toEqual([]);
  await expect(fetch(of.url)).rejects.toThrow();
});

it('another thread takes the place of one that has ended', async () => {
  const threads: Worker[] = [];
  const note = (message: unknown) => void threads.push((message as { readonly worker: Worker }).worker);
  subscribe('worker_threads', note);
  closing.push(() => unsubscribe('worker_threads', note));
  const of = await start({}, 1);
  await untilRepeated(of);
  const isAnswering = () =>
    of.query(ROWS).then(
      ({ status }) => status === 200,
      () => false,
    );
  expect(threads).toHaveLength(1);
  await threads[0]?.terminate();
  await until(isAnswering);
  expect(threads).toHaveLength(2);
});

it('refuses to start where another program has the address', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
  });
  closing.push(() => other.close());
  await expect(start({ config: { server: { port } } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
