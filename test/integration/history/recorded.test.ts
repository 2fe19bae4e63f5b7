import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { HistoryType } from '#history/history-store.ts';
import { createGateway } from '#server/create-gateway.ts';
import { startHarness } from '../../support/harness.ts';
import { replaceNetwork, startWithHistory } from '../../support/history/gateway-with-history.ts';
import { untilIndexed } from '../../support/indexed-gateway.ts';

const MOST = 100_000;

it('a gateway keeps everything that its index has read, and once only over restarts', async () => {
  const { harness, visible, store } = await startWithHistory();
  const inventory = harness.gateway.sources.all.inventory.read();
  const [cloud, network] = [inventory.cloud[0], inventory.network[0]];
  const hosts = [...(network?.hosts.values() ?? [])];
  const expected = {
    Resource: cloud?.resources.size,
    Finding: cloud?.findings.size,
    Edge: [...(cloud?.edges.values() ?? [])].flat().length,
    Host: hosts.length,
    Service: hosts.flatMap(({ services }) => services).length,
    ServiceDependency: network?.serviceDependencies.length,
  };
  const counts = async () => {
    const of = async (type: HistoryType) => [type, await store.count({ visible, types: [type] })] as const;
    return Object.fromEntries(await Promise.all((Object.keys(expected) as HistoryType[]).map(of)));
  };
  await harness.gateway.close();
  expect(Math.min(...Object.values(expected).map(Number))).toBeGreaterThan(0);
  expect(await counts()).toEqual(expected);
  expect(await store.count({ visible, kinds: ['ADDED', 'CHANGED', 'REMOVED'] })).toBe(0);
  const readings = await store.readings({ visible }, MOST);
  expect(new Set(readings.map(({ source, isComplete }) => `${source} ${isComplete}`))).toEqual(
    new Set(['scanorbit true', 'scanopy true']),
  );

  const again = await createGateway(harness.config);
  await again.close();
  expect(await counts()).toEqual(expected);
});

it('a gateway keeps how a host was that is gone, and says between which readings it went', async () => {
  const { world, harness, visible, store } = await startWithHistory();
  const gone = world.network.hosts.at(-1);
  await replaceNetwork(harness, { ...world.network, hosts: world.network.hosts.slice(0, -1) });
  const query = { visible, types: ['Host' as const], kinds: ['REMOVED' as const] };
  await vi.waitFor(
    async () => {
      // Asked, or the index would not look again.
      await harness.query('{ changes { totalCount } }');
      expect(await store.count(query)).toBe(1);
    },
    { timeout: 90_000, interval: 200 },
  );
  const [removed] = await store.versions(query, { limit: 1 });
  expect(removed).toMatchObject({ id: gone?.id, source: 'scanopy', until: null, value: null });
  expect(removed?.before).toMatchObject({ networkId: gone?.networkId, addresses: expect.any(Array) });
  const readings = await store.readings({ visible }, MOST);
  const times = readings.filter(({ source }) => source === 'scanopy').map(({ at }) => at);
  expect(times).toContain(removed?.from);
  expect(times).toContain(removed?.since);
});

it('with the history turned off, no file is made', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const harness = await startHarness({
    ...{ scanopy: [{}], config: { index: { enabled: true, directory }, history: { enabled: false } } },
  });
  await untilIndexed(harness);
  await harness.close();
  expect(await readdir(directory)).toEqual(['scanopy.index.json.gz']);
});
