import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { createWorld } from '#demo/world/world.ts';
import { createGateway } from '#server/create-gateway.ts';
import { type Harness, post, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { startHiding } from '../ties/hiding-servers.ts';
import { countsOf, GROUP_FIELDS, type Groups } from './counted.ts';

interface Sources {
  readonly sources: readonly { readonly name: string; readonly index: { readonly complete: boolean } }[];
}

const BY_SERVICE = `{ list: resourceGroups(by: [SERVICE], first: 1000) { ${GROUP_FIELDS} monthlyCost } }`;

let harness: Harness | undefined;
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

const countOf = <T>(rows: readonly T[], of: (row: T) => string): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(rows, (row) => JSON.stringify([of(row)]))].map(([key, { length }]) => [key, length]),
  );

it('a source that fails is left out of the counts, reported beside them, and they are not called complete', async () => {
  const east = createCloudWorld({ seed: 1, resources: 250 });
  const west = createCloudWorld({ seed: 2, company: 'Southwind', resources: 170 });
  harness = await startHarness({
    scanorbit: [
      { name: 'east', world: east, movingScans: false },
      { name: 'west', world: west, movingScans: false },
    ],
  });
  await harness.scanorbit[1]?.close();
  const { data, errors } = await harness.query<{ list: Groups }>(BY_SERVICE);
  expect(countsOf(data.list)).toEqual(countOf(east.resources, ({ service }) => service));
  expect(data.list).toMatchObject({ complete: false, totalCount: 250, readings: [{ from: 'LISTS', missing: 0 }] });
  expect(errors?.map(({ path, extensions: { code, source } }) => [path, code, source])).toEqual([
    [['list'], 'UPSTREAM_UNAVAILABLE', 'west'],
  ]);
});

it('with no source left there are no counts, but the failure', async () => {
  harness = await startHarness({ scanorbit: [{ movingScans: false }] });
  await harness.scanorbit[0]?.close();
  const { data, errors } = await harness.query<{ list: Groups | null }>(BY_SERVICE);
  expect(data.list).toBeNull();
  expect(errors?.map(({ extensions: { code } }) => code)).toEqual(['UPSTREAM_UNAVAILABLE']);
});

it('rows that a server counts and does not show are reported, and the counts are not called complete', async () => {
  const { cloud } = createWorld({ seed: 6, hosts: 160, resources: 250 });
  const hidden = cloud.resources[100];
  const { query } = await startHiding(({ id }) => id === hidden?.id, {
    scanorbit: [{ world: cloud, movingScans: false }],
  });
  const { data, errors } = await query<{ list: Groups }>(BY_SERVICE);
  const shown = cloud.resources.filter((row) => row !== hidden);
  expect(countsOf(data.list)).toEqual(countOf(shown, ({ service }) => service));
  expect(data.list).toMatchObject({ complete: false, totalCount: 249, readings: [{ from: 'LISTS', missing: 1 }] });
  expect(errors?.map(({ path, extensions: { missing } }) => [path, missing])).toEqual([[['list'], 1]]);
});

it('hosts counted by their links while a source is unread are not called complete, and it is reported once', async () => {
  harness = await startHarness({
    scanorbit: [{ movingScans: false }, { name: 'away', movingScans: false }],
    scanopy: [{}],
    world: () => createWorld({ seed: 6, hosts: 160, resources: 250 }),
  });
  await harness.scanorbit[1]?.close();
  const index = { ...harness.config.index, enabled: true, directory: null };
  const { url, close } = await createGateway({ ...harness.config, index });
  onTestFinished(() => close());
  const read = async () => {
    const { data } = await post<Sources>(url, { query: '{ sources { name index { complete } } }' });
    return data.sources.filter((source) => source.index.complete).map(({ name }) => name);
  };
  await vi.waitFor(async () => expect(await read()).toEqual(['scanorbit', 'scanopy']), { timeout: 30_000 });
  for (const linked of [true, false]) {
    const query = `{ list: hostGroups(by: [LINKED], filter: { linked: ${linked} }) { ${GROUP_FIELDS} } }`;
    const { data, errors } = await post<{ list: Groups }>(url, { query });
    expect(Object.keys(countsOf(data.list))).toEqual([`["${linked}"]`]);
    expect(data.list.complete).toBe(false);
    expect(errors?.map(({ path, extensions }) => [path, extensions.source])).toEqual([[['list'], 'away']]);
    const byMaker = query.replace('LINKED', 'MANUFACTURER');
    expect((await post<{ list: Groups }>(url, { query: byMaker })).data.list.complete).toBe(false);
  }
});

it('what must be read is priced: no less than it costs, once for fields of one filter, and refused over the limit', async () => {
  const world = createWorld({ seed: 8, resources: 460, findings: 190, hosts: 150 });
  const dashboard = `{
    services: resourceGroups(by: [SERVICE]) { totalCount }
    regions: resourceGroups(by: [ACCOUNT, REGION]) { totalCount }
    findings: findingGroups(by: [SEVERITY, RESOURCE_SERVICE]) { totalCount }
  }`;
  const start = (limit: number) =>
    startHarness({
      world: () => world,
      scanorbit: [{ movingScans: false }],
      config: { limits: { cost: { scanorbit: limit } } },
    });
  harness = await start(12);
  const { errors, extensions } = await harness.query(dashboard);
  expect(errors).toBeUndefined();
  const { estimated } = extensions.cost as unknown as { estimated: Record<string, number> };
  // Five and two pages, the accounts, the scans and the statistics; rows without a region are not asked for.
  expect(harness.upstreamCalls()).toBe(10);
  expect(estimated.SCANORBIT).toBe(11);
  await harness.close();
  harness = await start(6);
  const refused = await harness.query(dashboard);
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', limit: 6 });
});

it.each([
  ['hosts by subnet and network', '{ hostGroups(by: [SUBNET, NETWORK], first: 500) { totalCount } }'],
  ['hosts with a port', '{ hostGroups(by: [OPEN_PORT], filter: { openPort: ["22"] }) { totalCount } }'],
  ['services by host', '{ serviceGroups(by: [HOST], first: 150) { totalCount } }'],
  ['services by port', '{ serviceGroups(by: [PORT, NETWORK]) { totalCount } }'],
])('%s cost no more than is estimated', async (_, document) => {
  const { network } = createWorld({ seed: 8, hosts: 420 });
  harness = await startHarness({ scanopy: [{ world: network }] });
  // Once the version and the sizes are known.
  await harness.query('{ hosts(first: 1) { totalCount } services(first: 1) { totalCount } }');
  harness.resetUpstreamCalls();
  const { errors, extensions } = await harness.query(document, {}, { 'cache-control': 'no-cache' });
  const { estimated } = extensions.cost as unknown as { estimated: Record<string, number> };
  expect(errors).toBeUndefined();
  expect(harness.upstreamCalls()).toBeGreaterThan(1);
  expect(harness.upstreamCalls()).toBeLessThanOrEqual(estimated.SCANOPY ?? 0);
});

it('counts of people who say no-cache are read from the source', async () => {
  harness = await startIndexed({ scanorbit: [{ movingScans: false }] });
  harness.resetUpstreamCalls();
  const { data } = await harness.query<{ list: Groups }>(BY_SERVICE, {}, { 'cache-control': 'no-cache' });
  expect(data.list.readings).toEqual([{ from: 'LISTS', missing: 0 }]);
  expect(harness.upstreamCalls()).toBeGreaterThan(1);
});
