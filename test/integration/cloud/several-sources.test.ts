import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

const east = createCloudWorld({ seed: 1, resources: 250 });
const west = createCloudWorld({ seed: 2, company: 'Southwind', resources: 170 });

let both: Harness;
beforeAll(async () => {
  both = await startHarness({
    scanorbit: [
      { name: 'east', world: east, edition: 'observed', movingScans: false },
      { name: 'west', world: west, edition: 'documented', movingScans: false },
    ],
  });
});
afterAll(() => both.close());

const all = '{ resources(first: 1000) { totalCount nodes { id sourceId source { name } } } }';
interface All {
  readonly resources: { totalCount: number; nodes: { id: string; sourceId: string; source: { name: string } }[] };
}

it('two organizations are one connection, in source order, with an exact total and ids that never clash', async () => {
  const { data, errors } = await both.query<All>(all);
  expect(errors).toBeUndefined();
  const { nodes, totalCount } = data.resources;
  expect(totalCount).toBe(420);
  expect(nodes.map(({ source }) => source.name)).toEqual([...Array(250).fill('east'), ...Array(170).fill('west')]);
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(420);
  expect(new Set(nodes.slice(250).map(({ sourceId }) => sourceId))).toEqual(
    new Set(west.resources.map(({ id }) => id)),
  );
});

it('a page may straddle the seam, forwards and backwards', async () => {
  const { data } = await both.query<{ whole: All['resources']; tail: All['resources']; seam: All['resources'] }>(
    `{ whole: resources(first: 1000) { totalCount nodes { id sourceId source { name } } }
       tail: resources(last: 200) { totalCount nodes { id sourceId source { name } } }
       seam: resources(first: 20, after: "${Buffer.from('offset:239').toString('base64url')}") { totalCount nodes { id sourceId source { name } } } }`,
  );
  expect(data.tail.nodes).toEqual(data.whole.nodes.slice(-200));
  expect(data.seam.nodes).toEqual(data.whole.nodes.slice(240, 260));
});

it('a filter by source, or by an account of it, leaves the other source unasked', async () => {
  const { data: known } = await both.query<{ accounts: { id: string; name: string; source: { name: string } }[] }>(
    '{ accounts { id name source { name } } }',
  );
  const account = known.accounts.find(({ name, source }) => source.name === 'west' && name === 'Production')?.id;
  for (const server of both.scanorbit) server.resetCalls();
  const { data } = await both.query<{ a: All['resources']; b: All['resources']; c: All['resources'] }>(
    `query ($account: ID!) {
       a: resources(first: 1, filter: { source: "west", region: ["us-east-1"] }) { totalCount }
       b: resources(first: 1, filter: { account: $account }) { totalCount }
       c: resources(first: 1, filter: { account: $account, source: "east" }) { totalCount } }`,
    { account },
  );
  expect(both.scanorbit[0]?.countOf()).toBe(0);
  expect(data.c.totalCount).toBe(0);
  expect(data.b.totalCount).toBeGreaterThan(0);
});

it('statistics, regions and services of both are merged', async () => {
  const { data } = await both.query<{ both: { total: number }; west: { total: number }; resourceRegions: string[] }>(
    '{ both: resourceStats { total } west: resourceStats(source: "west") { total } resourceRegions findingStats { total } }',
  );
  expect(data.both.total).toBe(420);
  expect(data.west.total).toBe(170);
  const regions = [...east.resources, ...west.resources]
    .map(({ region }) => region)
    .filter((region) => region !== null);
  expect(data.resourceRegions).toEqual([...new Set(regions)].toSorted());
});

it('every id leads back to its record, through node and nodes', async () => {
  const { data } = await both.query<Record<string, { nodes: { id: string }[] }> & { accounts: { id: string }[] }>(
    `{ resources(last: 3) { nodes { id } } findings(last: 3) { nodes { id } } scans(last: 2) { nodes { id } } accounts { id }
       east: findings(first: 2, filter: { type: ["ssl_expiry"], source: "east" }) { nodes { certificate { id primaryDomain } } }
       west: findings(first: 2, filter: { type: ["ssl_expiry"], source: "west" }) { nodes { certificate { id primaryDomain } } } }`,
  );
  const found = [...(data.east?.nodes ?? []), ...(data.west?.nodes ?? [])] as unknown as {
    certificate: { id: string };
  }[];
  const certificates = found.map(({ certificate }) => certificate.id);
  expect(new Set(certificates).size).toBe(4);
  const ids = [
    ...['resources', 'findings', 'scans'].flatMap((list) => data[list]?.nodes.map(({ id }) => id) ?? []),
    ...data.accounts.map(({ id }) => id),
    ...certificates,
  ];
  const again = await both.query<{ nodes: ({ id: string; __typename: string } | null)[] }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Resource { resourceId } ... on Finding { summary } ... on Certificate { primaryDomain altNames } ... on Scan { status } ... on CloudAccount { name } } }',
    { ids },
  );
  expect(again.errors).toBeUndefined();
  expect(again.data.nodes.map((node) => node?.id)).toEqual(ids);
});

it('one organization that fails leaves the data of the other, with an error beside it', async () => {
  const dead = await startHarness({
    scanorbit: [
      { name: 'east', world: east, edition: 'observed', movingScans: false },
      { name: 'west', world: west, edition: 'observed', movingScans: false },
    ],
  });
  dead.scanorbit[0]?.faults.add({ kind: 'status-503' });
  const { data, errors } = await dead.query<All & { accounts: unknown[] }>(
    '{ resources(first: 1000) { totalCount nodes { id sourceId source { name } } } accounts { name } }',
  );
  expect(data.resources.totalCount).toBe(170);
  expect(data.accounts.length).toBeGreaterThan(0);
  expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code, extensions.source]).toSorted()).toEqual([
    ['accounts', 'UPSTREAM_UNAVAILABLE', 'east'],
    ['resources', 'UPSTREAM_UNAVAILABLE', 'east'],
  ]);
  await dead.close();
});
