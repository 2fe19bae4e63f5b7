import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { defineConfig } from '#sources/kinds.ts';
import { collectedLogs } from '../../support/collected-logs.ts';
import type { Harness, HarnessOptions } from '../../support/harness.ts';
import { listenBySocket, webSocketClient } from '../../support/listen.ts';
import { skippingClock } from '../../support/skipping-clock.ts';
import { as, key, type Running, startReloadable } from './reloadable.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const start = async (options: HarnessOptions): Promise<Running> => {
  const running = await startReloadable(options);
  closing.push(() => running.close());
  return running;
};

const ACCOUNTS = '{ accounts { id } }';
const NAMES = '{ sources { name } }';
const SCANS = 'subscription { scanUpdated { id status source { name } } }';
const WORLD = createWorld({ seed: 1 });
const RUNNING = WORLD.cloud.scans.find(({ status }) => status === 'running')?.accountId ?? '';
const QUICK = { subscriptions: { busyPollSeconds: 0.05, idlePollSeconds: 0.05 } };

const eventStream = (url: string, name: string): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...as(name) },
    body: JSON.stringify({ query: SCANS }),
  });

interface ScanEvent {
  readonly data: { readonly scanUpdated: { readonly status: string; readonly source: { readonly name: string } } };
}
const isComplete = ({ data }: ScanEvent): boolean => data.scanUpdated.status === 'COMPLETE';

const withKeys = (...keys: readonly ReturnType<typeof key>[]): Pick<ConfigInput, 'auth'> => ({
  auth: { mode: 'api-key', keys: [...keys], tenants: { one: { sources: ['scanorbit'] } } },
});

const named = async ({ query }: Harness, headers = {}): Promise<readonly string[]> => {
  const { data } = await query<{ sources: { name: string }[] }>(NAMES, {}, headers);
  return data.sources.map(({ name }) => name);
};

it('refuses a key that is taken away, also for an answer that is kept, and ends its sockets and streams', async () => {
  const harness = await start({
    scanorbit: [{}],
    world: () => WORLD,
    config: { ...withKeys(key('ada'), key('bob')), ...QUICK },
  });
  const { url, query } = harness;
  for (let i = 0; i < 3; i += 1) expect((await query(ACCOUNTS, {}, as('ada'))).errors).toBeUndefined();
  const [ofAda, ofBob] = [webSocketClient(url, as('ada')), webSocketClient(url, as('bob'))];
  closing.push(() => ofBob.dispose());
  const adaEnds = new Promise((resolve) => ofAda.on('closed', resolve));
  const bobEnds = vi.fn();
  ofBob.on('closed', bobEnds);
  listenBySocket(ofAda, SCANS);
  const bobHears = listenBySocket<ScanEvent>(ofBob, SCANS);
  const stream = await eventStream(url, 'ada');
  await vi.waitUntil(() => harness.scanorbit[0]?.countOf('/scans/recent'), { timeout: 90_000 });

  expect(harness.reload({ ...withKeys(key('bob')), ...QUICK })).toBe(true);
  expect((await query(ACCOUNTS, {}, as('ada'))).status).toBe(401);
  await expect(stream.text()).rejects.toThrow();
  expect(await adaEnds).toMatchObject({ code: 4403 });
  expect((await query(ACCOUNTS, {}, as('bob'))).errors).toBeUndefined();
  harness.scanorbit[0]?.completeScan(RUNNING);
  await bobHears.hears(isComplete);
  expect(bobEnds).not.toHaveBeenCalled();
});

it('ends streams of a tenant that sees other sources now, so that clients come again, and shows it those', async () => {
  const config = (...sources: string[]): Pick<ConfigInput, 'auth'> => ({
    auth: { mode: 'api-key', keys: [key('ada', 'one')], tenants: { one: { sources } } },
  });
  const harness = await start({ scanorbit: [{}, {}], config: config('scanorbit') });
  const client = webSocketClient(harness.url, as('ada'));
  const ends = new Promise((resolve) => client.on('closed', resolve));
  listenBySocket(client, SCANS);
  const stream = await eventStream(harness.url, 'ada');
  await vi.waitUntil(() => harness.scanorbit[0]?.countOf('/scans/recent'), { timeout: 90_000 });
  harness.reload(config('scanorbit-2'));
  expect(await ends).toMatchObject({ code: 1012 });
  await expect(stream.text()).rejects.toThrow();
  expect(await named(harness, as('ada'))).toEqual(['scanorbit-2']);
});

it('subscriptions go on over a source whose key is replaced, and hear what happened in between', async () => {
  const [first, second] = ['1', '2'].map((digit) => `sk_live_${digit.repeat(64)}`) as [string, string];
  const harness = await start({
    scanorbit: [{ apiKey: first }, {}],
    world: () => WORLD,
    config: QUICK,
  });
  const other = await startScanOrbitDemo({
    edition: 'observed',
    rateLimit: false,
    world: WORLD.cloud,
    apiKey: second,
  });
  closing.push(() => other.close());
  const client = webSocketClient(harness.url);
  closing.push(() => client.dispose());
  const listener = listenBySocket<ScanEvent>(client, SCANS);
  // Some requests may be of what is asked before a watch begins; after these, both have compared.
  const areWatched = () => harness.scanorbit.every((cloud) => cloud.countOf('/scans/recent') > 4);
  await vi.waitUntil(areWatched, { timeout: 90_000 });

  // A server of the same state under another address: only it takes the new key.
  other.completeScan(RUNNING);
  harness.reload({
    ...QUICK,
    sources: (of) => of.map((source, i) => (i === 0 ? { ...source, url: other.url, apiKey: second } : source)),
  });
  await listener.hears((event) => isComplete(event) && event.data.scanUpdated.source.name === 'scanorbit');
  harness.scanorbit[1]?.completeScan(RUNNING);
  await listener.hears((event) => isComplete(event) && event.data.scanUpdated.source.name === 'scanorbit-2');
});

it('keeps what a source that stays knows: its answers cost nothing, and its budget goes on', async () => {
  const budget = { limit: 100, windowSeconds: 60, reserve: 0 };
  const harness = await start({ scanorbit: [{ budget }, {}] });
  const left = async () => {
    const { data } = await harness.query<{ sources: { budget: { remaining: number } }[] }>(
      '{ sources { budget { remaining } } }',
    );
    return data.sources[0]?.budget.remaining;
  };
  await harness.query(ACCOUNTS);
  const before = harness.gateway.sources.all.byName('scanorbit');
  const remaining = await left();
  harness.resetUpstreamCalls();
  harness.reload({ limits: { depth: 12 }, sources: (of) => of.slice(0, 1) });
  expect(harness.gateway.sources.all.byName('scanorbit')).toBe(before);
  expect((await harness.query(ACCOUNTS)).errors).toBeUndefined();
  expect(harness.upstreamCalls()).toBe(0);
  expect(await left()).toBe(remaining);
  expect(remaining).toBeLessThan(100);
  expect(await named(harness)).toEqual(['scanorbit']);
});

it('does not spend a budget twice when a source gets another key, or another budget', async () => {
  const budget = { limit: 100, windowSeconds: 60, reserve: 0 };
  const harness = await start({ scanorbit: [{ budget }] });
  const left = () => harness.gateway.sources.all.all[0]?.client.status().budget.remaining;
  await harness.query(ACCOUNTS);
  const remaining = left();
  expect(remaining).toBeLessThan(100);
  harness.reload({ sources: (of) => of.map((source) => ({ ...source, apiKey: 'another-key-of-ours' })) });
  expect(left()).toBe(remaining);
  harness.reload({ sources: (of) => of.map((source) => ({ ...source, budget: { ...budget, limit: 50 } })) });
  expect(left()).toBe((remaining ?? 0) - 50);
});

it('lets operations under way end on a source that is removed, and closes it when none can be under way', async () => {
  const clock = skippingClock();
  const harness = await start({ scanorbit: [{ latencyMs: 300 }, {}], deps: { clock } });
  const removed = harness.gateway.sources.all.byName('scanorbit');
  const close = vi.spyOn(removed?.client as { close(): Promise<void> }, 'close');
  harness.resetUpstreamCalls();
  const answer = harness.query('{ accounts { resources(first: 1) { nodes { id } } } }');
  await vi.waitUntil(() => harness.scanorbit[0]?.countOf(), { timeout: 90_000 });
  harness.reload({ sources: (of) => of.slice(1) });
  expect((await answer).errors).toBeUndefined();
  expect(close).not.toHaveBeenCalled();
  clock.skip(harness.config.limits.operationTimeoutMs);
  await vi.waitUntil(() => close.mock.calls.length > 0, { timeout: 90_000 });
  expect(await named(harness)).toEqual(['scanorbit-2']);
});

it('applies limits at once, and lets callers go on with what their rate has left them', async () => {
  const rate = { operations: 3, windowSeconds: 3600 };
  const harness = await start({ scanorbit: [{}], config: { limits: { rate } } });
  const statuses = async (times: number) => {
    const answers = [];
    for (let i = 0; i < times; i += 1) answers.push((await harness.query(NAMES)).status);
    return answers;
  };
  expect(await statuses(2)).toEqual([200, 200]);
  harness.reload({ limits: { rate, depth: 3 } });
  expect((await harness.query('{ accounts { resources { nodes { id } } } }')).errors?.[0]?.message).toMatch(/depth/i);
  expect(await statuses(1)).toEqual([429]);
  harness.reload({ limits: { rate: null } });
  expect(await statuses(4)).toEqual([200, 200, 200, 200]);
});

it('refuses what the new configuration does not let through, also where its answer is kept', async () => {
  const harness = await start({ scanorbit: [{}] });
  const document = '{ accounts { id resources(first: 1) { nodes { id } } } }';
  for (let i = 0; i < 3; i += 1) expect((await harness.query(document)).errors).toBeUndefined();
  harness.reload({ limits: { depth: 2 } });
  expect((await harness.query(document)).errors?.[0]?.message).toMatch(/depth/i);
  harness.reload({ persisted: { trustedOnly: true } });
  expect((await harness.query(document)).errors).toHaveLength(1);
});

it('refuses a bad configuration with every problem in one record, and goes on with the former one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reload-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  const manifest = join(directory, 'documents.json');
  await writeFile(manifest, 'no JSON');
  const config = defineConfig({
    sources: [{ name: 'a', kind: 'scanopy', url: 'http://127.0.0.1:1', apiKey: 'key-0' }],
  });
  const { logger, lines } = collectedLogs(config);
  const harness = await start({ scanorbit: [{}], config: { log: { level: 'info' } }, deps: { logger } });
  const metrics = async () => await (await fetch(new URL('/metrics', harness.url))).text();
  const taken = /^inventory_config_last_reload_success_timestamp_seconds (\S+)$/m.exec(await metrics())?.[1];
  expect(Number(taken)).toBeGreaterThan(1_700_000_000);

  const reloaded = harness.reload({
    log: { level: 'info' },
    limits: { depth: 2 },
    persisted: { manifest },
    questions: { directory: join(directory, 'missing') },
  });
  expect(reloaded).toBe(false);
  const refusals = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'error');
  expect(refusals).toHaveLength(1);
  expect(refusals[0].problems.map(({ path }: { path: string }) => path)).toEqual([
    'questions.directory',
    'persisted.manifest',
  ]);
  expect(await metrics()).toMatch(/^inventory_config_last_reload_successful 0$/m);
  expect((await harness.query(ACCOUNTS)).errors).toBeUndefined();

  const secret = `not a valid key ${'s'.repeat(20)}`;
  harness.reload({ sources: (of) => [...of.map((source) => ({ ...source, apiKey: secret })), ...of] });
  expect(lines.join('')).toContain('expected a unique name');
  expect(lines.join('')).not.toContain(secret);

  harness.reload({ log: { level: 'info' }, cache: { maxBytes: 0 } });
  expect(await metrics()).toMatch(/^inventory_config_last_reload_successful 1$/m);
  const warned = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'warn');
  expect(warned.map(({ settings }) => settings)).toEqual([['cache']]);
});

it('never shows a key that came with a reload in the logs', async () => {
  const config = defineConfig({
    sources: [{ name: 'a', kind: 'scanopy', url: 'http://127.0.0.1:1', apiKey: 'key-0' }],
  });
  const { logger, lines } = collectedLogs(config);
  const harness = await start({ scanorbit: [{}], config: { log: { level: 'info' } }, deps: { logger } });
  const apiKey = 'a-key-that-came-later';
  harness.reload({ log: { level: 'info' }, sources: (of) => of.map((source) => ({ ...source, apiKey })) });
  logger.info(`Somebody repeats ${apiKey}`);
  expect(lines.join('')).toContain('Somebody repeats [redacted]');
  expect(lines.join('')).not.toContain(apiKey);
});
