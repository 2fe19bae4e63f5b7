import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { untilIndexed } from '../../support/indexed-gateway.ts';
import { until } from '../../support/until.ts';
import { type Running, startReloadable } from './reloadable.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Two organizations: the keys that end with 3 are of the other one. */
const start = async (): Promise<Running> => {
  const running = await startReloadable({
    scanorbit: [{}, {}],
    config: { index: { enabled: true, directory: null } },
  });
  closing.push(() => running.close());
  return running;
};

/** One server of both organizations, which takes any key but those that end with 4. */
const startServer = async ({ scanorbit: [ours, others] }: Running): Promise<string> => {
  if (!ours || !others) throw new Error('Expected two servers.');
  const server = createServer((request, response) => {
    if (String(request.headers['x-api-key']).endsWith('4')) return response.writeHead(401).end();
    const { url, apiKey } = String(request.headers['x-api-key']).endsWith('3') ? others : ours;
    void fetch(new URL(request.url ?? '/', url), { headers: { 'x-api-key': apiKey } }).then(async (answer) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(ours.url).pathname}`;
};

const startWithKey = async (): Promise<Running & { withKey(digit: string): boolean }> => {
  const running = await start();
  const url = await startServer(running);
  const withKey = (digit: string) =>
    running.reload({
      sources: (of) => of.slice(0, 1).map((source) => ({ ...source, url, apiKey: `sk_live_${digit.repeat(64)}` })),
    });
  withKey('1');
  await untilIndexed(running);
  return { ...running, withKey };
};

it('a source that is opened anew with the same key shows at once what its index had read', async () => {
  const running = await start();
  await untilIndexed(running);
  running.resetUpstreamCalls();
  running.reload({ sources: (of) => of.map((source) => ({ ...source, timeouts: { callMs: 15_000 } })) });
  await untilIndexed(running);
  expect(running.upstreamCalls()).toBe(0);
});

it('says of a source in an answer about the past how it is now, also when it was opened anew since', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reload-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  const running = await startReloadable({ scanopy: [{}], config: { index: { enabled: true, directory } } });
  closing.push(() => running.close());
  await until(async () => {
    const { data } = await running.query<{ readings: { totalCount: number } }>('{ readings { totalCount } }');
    return data.readings.totalCount > 0;
  });
  const time = new Date().toISOString();
  const limits = async () => {
    const { data } = await running.query<{
      asOf: { hosts: { nodes: { source: { budget: { limit: number } } }[] } };
      sources: { budget: { limit: number } }[];
    }>(
      `query ($time: DateTime!) {
        asOf(time: $time) { hosts(first: 1) { nodes { source { budget { limit } } } } }
        sources { budget { limit } }
      }`,
      { time },
    );
    return { past: data.asOf.hosts.nodes[0]?.source.budget.limit, now: data.sources[0]?.budget.limit };
  };
  const before = await limits();
  running.reload({
    sources: (of) => of.map((source) => ({ ...source, budget: { ratePerSecond: 4, burst: 100 } })),
    index: { enabled: true, directory },
  });
  const after = await limits();
  expect(before.past).toBe(before.now);
  expect(after.now).toBeLessThan(before.now ?? 0);
  expect(after.past).toBe(after.now);
});

it('rules that change hold at once for what was read before, and ask no upstream', async () => {
  const index = { enabled: true, directory: null };
  const running = await startReloadable({ scanorbit: [{}], scanopy: [{}], config: { index } });
  closing.push(() => running.close());
  await untilIndexed(running);
  type Linked = { readonly sourceId: string };
  const pairs = async () => {
    const { data } = await running.query<{ correlations: { nodes: { host: Linked; resource: Linked }[] } }>(
      '{ correlations(first: 1000) { nodes { host { sourceId } resource { sourceId } } } }',
    );
    return data.correlations.nodes.map(({ host, resource }) => `${host.sourceId} ${resource.sourceId}`);
  };
  const before = await pairs();
  const [host = '', resource = ''] = before[0]?.split(' ') ?? [];
  running.resetUpstreamCalls();
  running.reload({ index, correlation: { denials: [{ host, resource }] } });
  const denied = await pairs();
  running.reload({ index });
  expect(before).toContain(`${host} ${resource}`);
  expect(denied).not.toContain(`${host} ${resource}`);
  expect(await pairs()).toEqual(before);
  expect(running.upstreamCalls()).toBe(0);
});

it('another key that sees the same accounts goes on with what was read with the former one', async () => {
  const running = await startWithKey();
  running.resetUpstreamCalls();
  running.withKey('2');
  await untilIndexed(running);
  expect(running.upstreamCalls()).toBeLessThanOrEqual(2);
});

it('a good key after one that the server refuses goes on with what was read before both', async () => {
  const running = await startWithKey();
  running.withKey('4');
  await until(async () => {
    const { data } = await running.query<{ sources: { health: string }[] }>('{ sources { health } }');
    return data.sources[0]?.health === 'UNAUTHORIZED';
  });
  running.resetUpstreamCalls();
  running.withKey('2');
  await untilIndexed(running);
  expect(running.upstreamCalls()).toBeLessThanOrEqual(2);
});

it('a key that sees other accounts shows nothing of what was read with the former one', async () => {
  const running = await startWithKey();
  const [ours, others] = [1, 2].map((seed) => createWorld({ seed }).cloud.resources[0]?.resourceId ?? '');
  const found = async (id = '') => {
    const query = 'query ($any: [String!]!) { lookup(any: $any) { term } }';
    return (await running.query<{ lookup: unknown[] }>(query, { any: [id] })).data.lookup.length;
  };
  expect([await found(ours), await found(others)]).toEqual([1, 0]);
  running.withKey('3');
  await untilIndexed(running);
  expect([await found(ours), await found(others)]).toEqual([0, 1]);
});
