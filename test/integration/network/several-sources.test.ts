import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { idOf, NOW } from './fixtures.ts';

const worlds = [createWorld({ seed: 1, now: NOW }), createWorld({ seed: 2, now: NOW, hosts: 180 })] as const;
const [one, two] = [worlds[0].network, worlds[1].network];

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    world: (index) => worlds[index] ?? worlds[0],
    scanorbit: [{ name: 'cloud-a' }, { name: 'cloud-b' }],
    // The second one also has every row of the first, as a restored backup would: same ids, another source.
    scanopy: [
      { name: 'old', version: '0.14.13', world: one },
      { name: 'new', version: '0.17.22', world: two },
      { name: 'copy', version: '0.16.0', world: one },
    ],
  });
});
afterAll(() => harness.close());

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly {
    readonly id: string;
    readonly sourceId: string;
    readonly source: { readonly name: string };
  }[];
}
const ask = async <Data>(query: string, variables?: Record<string, unknown>) => {
  const answer = await harness.query<Data>(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

test('three Scanopy servers of three generations are one list beside two ScanOrbit organizations, exactly counted', async () => {
  const { hosts, resources } = await ask<{ hosts: Page; resources: { totalCount: number } }>(
    '{ hosts(first: 1000) { totalCount nodes { id sourceId source { name } } } resources(first: 1) { totalCount } }',
  );
  const expected = [...one.hosts.map(() => 'old'), ...two.hosts.map(() => 'new'), ...one.hosts.map(() => 'copy')];
  expect(hosts.totalCount).toBe(expected.length);
  expect(hosts.nodes.map(({ source }) => source.name)).toEqual(expected);
  expect(resources.totalCount).toBe(worlds[0].cloud.resources.length + worlds[1].cloud.resources.length);
});

test('equal upstream ids of two servers do not clash', async () => {
  const [host] = one.hosts;
  const ids = ['old', 'copy'].map((source) => idOf('Host', host?.id ?? '', source));
  const { nodes } = await ask<{ nodes: { id: string; network: { id: string }; source: { name: string } }[] }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Host { source { name } network { id name } } } }',
    { ids },
  );
  expect(nodes.map(({ id }) => id)).toEqual(ids);
  expect(nodes.map(({ source }) => source.name)).toEqual(['old', 'copy']);
  expect(new Set(nodes.map(({ network }) => network.id)).size).toBe(2);
});

test('pages run over the border between two servers', async () => {
  const { edges } = (
    await ask<{ hosts: { edges: { cursor: string }[] } }>(
      `{ hosts(first: 1, after: "${Buffer.from(`offset:${one.hosts.length - 3}`).toString('base64url')}") { edges { cursor } } }`,
    )
  ).hosts;
  const { hosts } = await ask<{ hosts: Page }>(
    `{ hosts(first: 4, after: "${edges[0]?.cursor}") { totalCount nodes { id sourceId source { name } } } }`,
  );
  expect(hosts.nodes.map(({ source }) => source.name)).toEqual(['old', 'new', 'new', 'new']);
});

test('a filter by source, or by a record of a source, sends requests to that source alone', async () => {
  await ask('{ hosts(first: 1) { totalCount } }');
  harness.resetUpstreamCalls();
  const network = two.networks[0]?.id ?? '';
  const { named, owned, both } = await ask<Record<'named' | 'owned' | 'both', Page>>(
    `query ($network: ID!) { named: services(filter: { source: "new" }) { totalCount }
      owned: services(filter: { network: $network }) { totalCount }
      both: services(filter: { source: "old", network: $network }) { totalCount } }`,
    { network: idOf('Network', network, 'new') },
  );
  const services = two.hosts.flatMap((host) => host.services.map(() => host.networkId));
  expect(named.totalCount).toBe(services.length);
  expect(owned.totalCount).toBe(services.filter((id) => id === network).length);
  expect(both.totalCount).toBe(0);
  expect(harness.scanopy.map((server) => server.countOf())).toEqual([0, 2, 0]);
});

test.each([
  ['an id of another type', `{ hosts(filter: { network: "${idOf('Host', 'x', 'old')}" }) { totalCount } }`],
  ['no id at all', '{ service(id: "nonsense") { name } }'],
  ['an unknown source', '{ services(filter: { source: "nowhere" }) { totalCount } }'],
  ['a text that is no MAC', '{ hosts(filter: { macAddress: "zz" }) { totalCount } }'],
  ['a text that is no address', '{ hosts(filter: { address: "10.0.0" }) { totalCount } }'],
])('%s is bad input', async (_, query) => {
  const answer = await harness.query(query);
  expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('an id that no server can have is null, or filters everything out, without a call', async () => {
  harness.resetUpstreamCalls();
  const { host, hosts } = await ask<{ host: null; hosts: Page }>(
    `{ host(id: "${idOf('Host', 'not-a-uuid', 'old')}") { name } hosts(filter: { tag: "${idOf('NetworkTag', 'x', 'old')}" }) { totalCount } }`,
  );
  expect(host).toBeNull();
  expect(hosts.totalCount).toBe(0);
  expect(harness.upstreamCalls()).toBe(0);
});

test('a server that is down is left out and named, and the others answer', async () => {
  harness.scanopy[1]?.faults.add({ kind: 'status-500' });
  const answer = await harness.query<{ hosts: Page; daemons: unknown[] }>(
    '{ hosts(first: 1, filter: { hidden: false }) { totalCount } daemons { name } }',
  );
  harness.scanopy[1]?.faults.clear();
  expect(answer.data.daemons).toHaveLength(one.daemons.length * 2);
  expect(answer.data.hosts.totalCount).toBe(one.hosts.filter(({ hidden }) => !hidden).length * 2);
  expect(new Set(answer.errors?.map(({ extensions }) => extensions.source))).toEqual(new Set(['new']));
  expect(answer.errors?.map(({ path }) => path?.[0]).sort()).toEqual(['daemons', 'hosts']);
});
