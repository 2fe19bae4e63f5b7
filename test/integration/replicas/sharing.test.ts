import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openRedisLink } from '#cluster/redis-link.ts';
import { openReplicas } from '#cluster/replicas.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { systemClock } from '#sources/transport/clock.ts';
import { watchScans } from '#subscriptions/watch-scans.ts';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';
import { listenBySse } from '../../support/listen.ts';
import { openTestCloud } from '../../support/open-test-source.ts';
import { startRedis, type TestRedis } from '../../support/replicas/redis-server.ts';
import { needs } from '../../support/tools.ts';
import { until } from '../../support/until.ts';

const ask = async <Data>(gateway: Gateway, query: string): Promise<{ data: Data; errors: unknown }> => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  return { data, errors };
};

const readiness = async (gateway: Gateway): Promise<unknown> => (await fetch(new URL('/readyz', gateway.url))).json();

const metrics = async (gateway: Gateway): Promise<string> => (await fetch(new URL('/metrics', gateway.url))).text();

const RESOURCES = '{ resources(first: 100) { nodes { id name } } }';
/** In the metrics of a gateway that has polled the scans. */
const POLLS = /inventory_upstream_requests_total\{[^}]*endpoint="\/scans\/active"/;
const HOSTS = '{ hosts(first: 20) { nodes { id name } } }';
const SCANS = 'subscription { scanUpdated { id status } }';

interface ScanEvent {
  readonly data: { readonly scanUpdated: { readonly id: string; readonly status: string } };
}

describe('two gateways on one Redis', needs('Redis'), () => {
  let redis: TestRedis;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => redis.kill());

  /** Removes the keys of that pattern, of which there must be some. */
  const forget = async (pattern: string): Promise<void> => {
    const link = await openRedisLink(redis.url);
    await until(() => link.redis.status === 'ready');
    const keys = await link.redis.keys(pattern);
    expect(keys.length).toBeGreaterThan(0);
    await link.redis.del(...keys);
    link.close();
  };

  const pair = async (options: HarnessOptions): Promise<{ harness: Harness; one: Gateway; two: Gateway }> => {
    const harness = await startHarness({
      ...options,
      config: { ...options.config, redis: { url: redis.url, keyPrefix: randomUUID() } },
    });
    closing.push(() => harness.close());
    const two = await createGateway(harness.config);
    closing.push(() => two.close());
    // A gateway that Redis answers late starts alone, and shares nothing until its next heartbeat.
    for (const gateway of [harness.gateway, two])
      await until(async () => JSON.stringify(await readiness(gateway)).includes('"mode":"shared"'));
    return { harness, one: harness.gateway, two };
  };

  test('what one has read costs the other no upstream request, and is the same', async () => {
    const { harness, one, two } = await pair({ scanorbit: [{}], scanopy: [{}] });
    const first = await ask(one, RESOURCES);
    const hosts = await ask(one, HOSTS);
    harness.resetUpstreamCalls();
    expect(await ask(two, RESOURCES)).toEqual(first);
    expect(await ask(two, HOSTS)).toEqual(hosts);
    expect(first.errors ?? hosts.errors).toBeUndefined();
    // Whether a scan has completed is an answer for seconds, which a busy machine may let pass.
    const calls = [...harness.scanorbit, ...harness.scanopy].flatMap((upstream) => upstream.calls);
    expect(calls.map(({ endpoint }) => endpoint).filter((endpoint) => endpoint !== '/scans/recent')).toEqual([]);
  });

  test('a query that both get at once is sent upstream once', async () => {
    const { harness, one, two } = await pair({ scanopy: [{ latencyMs: 150 }] });
    const answers = await Promise.all([one, two, one, two].map((gateway) => ask(gateway, HOSTS)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const asked = harness.scanopy[0]?.calls.map(({ path, query }) => `${path} ${JSON.stringify(query)}`) ?? [];
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((call, i) => asked.indexOf(call) !== i)).toEqual([]);
  });

  test('an answer that is not readable in Redis any more is requested anew', async () => {
    const { harness, one, two } = await pair({ scanorbit: [{}] });
    const first = await ask(one, RESOURCES);
    const link = await openRedisLink(redis.url);
    await until(() => link.redis.status === 'ready');
    const prefix = harness.config.redis.keyPrefix;
    const keys = await link.redis.keys(`${prefix}:*:answer:*`);
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) await link.redis.set(key, 'not a snapshot', 'PX', 60_000);
    const secret = harness.scanorbit[0]?.apiKey ?? 'none';
    for (const key of await link.redis.keys(`${prefix}:*`)) expect(key).not.toContain(secret);
    link.close();
    expect(await ask(two, RESOURCES)).toEqual(first);
  });

  test('the index is built once and read by both', async () => {
    const { harness, one, two } = await pair({
      scanorbit: [{ movingScans: false }],
      config: { index: { enabled: true, directory: null } },
    });
    const isBuilt = ({ sources }: Gateway) => sources.all.all.every(({ index }) => index?.status().complete === true);
    await until(() => isBuilt(one) && isBuilt(two));
    const [mine, theirs] = [one, two].map(({ sources }) => sources.all.cloud[0]?.index?.snapshot());
    expect(theirs?.resources.size).toBeGreaterThan(100);
    expect(theirs).toEqual(mine);
    const edges = harness.scanorbit[0]?.calls.filter(({ endpoint }) => endpoint.endsWith('/dependencies')) ?? [];
    expect(edges.length).toBeGreaterThan(50);
    expect(new Set(edges.map(({ path }) => path)).size).toBe(edges.length);
  });

  test('one watches for the subscribers of both', async () => {
    const { harness, one, two } = await pair({
      scanorbit: [{ movingScans: false }],
      config: { subscriptions: { busyPollSeconds: 0.05, idlePollSeconds: 60 } },
    });
    const [cloud] = harness.scanorbit;
    const listeners = await Promise.all([one, two].map(({ url }) => listenBySse<ScanEvent>(url, SCANS)));
    await until(() => (cloud?.countOf('/scans/recent') ?? 0) > 20);
    const polls = await Promise.all([one, two].map(async (gateway) => POLLS.test(await metrics(gateway))));
    expect(polls.toSorted()).toEqual([false, true]);
    const scan = cloud?.completeScan(harness.scanorbit[0] ? await anyAccount(one) : '');
    const told = await Promise.all(
      listeners.map((listener) => listener.hears(({ data }) => data.scanUpdated.status === 'COMPLETE')),
    );
    expect(scan).toBeDefined();
    expect(new Set(told.map(({ data }) => data.scanUpdated.id)).size).toBe(1);
    for (const listener of listeners) listener.leave();
  });

  test('a scan that ends while no watcher runs is emitted by the next one', async () => {
    const { harness } = await pair({ scanorbit: [{ movingScans: false }] });
    const [cloud] = harness.scanorbit;
    if (!cloud) throw new Error('expected an upstream');
    const keyPrefix = randomUUID();
    const join = () => openReplicas({ url: redis.url, keyPrefix, replicas: undefined, onMode: () => {} });
    const stop = new AbortController();
    closing.push(() => stop.abort());
    const pace = { busyMs: 100, idleMs: 100, longestMs: 60_000, clock: systemClock };
    const watchOf = async (replicas: Awaited<ReturnType<typeof join>>, heard: ScanModel[]) => {
      const { client } = openTestCloud(cloud);
      const watch = replicas.watch<ScanModel>('cloud', (memory) => watchScans(client, pace, memory));
      void watch((scan) => heard.push(scan), stop.signal);
      return () => client.close();
    };
    const [first, second] = [await join(), await join()];
    closing.push(() => second.close());
    const [heardByFirst, heardBySecond]: [ScanModel[], ScanModel[]] = [[], []];
    const dieFirst = await watchOf(first, heardByFirst);
    await until(() => cloud.countOf('/scans/recent') > 2);
    closing.push(await watchOf(second, heardBySecond));
    const account = await anyAccount(harness.gateway);
    cloud.completeScan(account);
    await until(() => heardByFirst.length > 0 && heardBySecond.length > 0);

    await dieFirst();
    await first.close();
    // What Redis does by itself once the lease is not renewed any more.
    await forget(`${keyPrefix}:*:watcher`);
    const ended = cloud.completeScan(account);
    await until(() => heardBySecond.some(({ id, status }) => id === ended.id && status === 'COMPLETE'));
  });

  test('Redis lost: answers go on, readiness says degraded; Redis back: shared again', async () => {
    const { harness, one, two } = await pair({ scanorbit: [{}] });
    await ask(one, RESOURCES);
    await until(async () => JSON.stringify(await readiness(one)).includes('"live":2'));
    expect(await metrics(one)).toContain('\ninventory_replicas_live 2\n');
    expect(await metrics(one)).toContain('\ninventory_replicas_alone 0\n');
    await redis.kill();
    await until(async () => JSON.stringify(await readiness(one)).includes('alone'));
    expect(await readiness(one)).toMatchObject({ status: 'degraded', replicas: { mode: 'alone' } });
    expect(await metrics(one)).toContain('\ninventory_replicas_alone 1\n');
    const answer = await ask(two, '{ findings(first: 10) { nodes { id } } }');
    expect(answer.errors).toBeUndefined();
    await redis.restart();
    await until(async () => JSON.stringify(await readiness(two)).includes('shared'));
    await until(async () => JSON.stringify(await readiness(one)).includes('shared'));
    await ask(one, '{ accounts { id name } }');
    harness.resetUpstreamCalls();
    expect((await ask(two, '{ accounts { id name } }')).errors).toBeUndefined();
    expect(harness.upstreamCalls()).toBe(0);
  });

  test('Redis that accepts connections and never answers delays no operation', async () => {
    const { one } = await pair({ scanorbit: [{}] });
    redis.freeze();
    try {
      expect((await ask(one, RESOURCES)).errors).toBeUndefined();
      await until(async () => JSON.stringify(await readiness(one)).includes('alone'));
      expect((await ask(one, '{ findings(first: 10) { nodes { id } } }')).errors).toBeUndefined();
    } finally {
      redis.thaw();
    }
    await until(async () => JSON.stringify(await readiness(one)).includes('shared'));
  });

  test('a gateway starts although Redis is away', async () => {
    const harness = await startHarness({
      scanorbit: [{}],
      config: { redis: { url: 'redis://127.0.0.1:1', keyPrefix: 'nobody' } },
    });
    closing.push(() => harness.close());
    expect((await ask(harness.gateway, RESOURCES)).errors).toBeUndefined();
    expect(await readiness(harness.gateway)).toMatchObject({ status: 'degraded', replicas: { mode: 'alone' } });
  });
});

/** The upstream's own id of an account. */
const anyAccount = async (gateway: Gateway): Promise<string> => {
  const { data } = await ask<{ accounts: { sourceId: string }[] }>(gateway, '{ accounts { sourceId } }');
  return data.accounts[0]?.sourceId ?? '';
};
