import { afterEach, describe, expect, test } from 'vitest';
import { type Harness, type HarnessOptions, startHarness } from '../../support/harness.ts';
import { first, idOf, network, server, VERSIONS } from './fixtures.ts';

let harness: Harness;
afterEach(() => harness.close());

const start = async (version: string, more: NonNullable<HarnessOptions['scanopy']>[number] = {}): Promise<void> => {
  harness = await startHarness({ scanopy: [{ ...server(version), ...more }] });
};
const ask = async <Data>(query: string, variables?: Record<string, unknown>): Promise<Data> => {
  const answer = await harness.query<Data>(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

const serviceIds = new Set(network.hosts.flatMap(({ services }) => services.map(({ id }) => id)));
const tagIds = new Set(network.tags.map(({ id }) => id));

describe.each(VERSIONS)('%s', (version) => {
  test('a key without networks gets empty lists, and null for what exists elsewhere', async () => {
    await start(version, { networkIds: [] });
    const data = await ask<Record<string, unknown>>(
      `query ($host: ID!, $network: ID!, $discovery: ID!) { hosts { totalCount } networks { totalCount } daemons { id }
        host(id: $host) { name } network(id: $network) { name } node(id: $discovery) { id } }`,
      {
        host: idOf('Host', network.hosts[0]?.id ?? ''),
        network: idOf('Network', network.networks[0]?.id ?? ''),
        discovery: idOf('Discovery', network.discoveries[0]?.id ?? ''),
      },
    );
    expect(data).toEqual({
      hosts: { totalCount: 0 },
      networks: { totalCount: 0 },
      daemons: [],
      host: null,
      network: null,
      node: null,
    });
  });

  test('an unknown discovery is as null as a foreign one', async () => {
    await start(version);
    const unknown = idOf('Discovery', '00000000-0000-4000-8000-000000000000');
    expect(await ask(`{ node(id: "${unknown}") { id } }`)).toEqual({ node: null });
  });

  test('dangling tags and members are left out, a dangling hypervisor is null', async () => {
    await start(version);
    const tagged = first(network.hosts, (host) => host.tagIds.some((id) => !tagIds.has(id)));
    const guest = first(
      network.hosts,
      ({ virtualization }) => virtualization?.serviceId != null && !serviceIds.has(virtualization.serviceId),
    );
    const declared = first(network.dependencies, ({ members }) =>
      members.some(({ serviceId }) => !serviceIds.has(serviceId)),
    );
    const data = await ask<{
      tagged: { tags: unknown[] };
      guest: {
        virtualization: { type: string; service: null };
        dependencies: { edges: { kind: string; node: null; target: { identifier: string } }[] };
      };
      serviceDependencies: { sourceId: string; members: { sourceId: string }[] }[];
    }>(
      `query ($tagged: ID!, $guest: ID!) { tagged: host(id: $tagged) { tags { id } }
        guest: host(id: $guest) { virtualization { type service { id } } dependencies(kinds: [VIRTUALIZED_BY]) { edges { kind node { id } target { identifier } } } }
        serviceDependencies { sourceId members { sourceId } } }`,
      { tagged: idOf('Host', tagged.id), guest: idOf('Host', guest.id) },
    );
    expect(data.tagged.tags).toHaveLength(tagged.tagIds.filter((id) => tagIds.has(id)).length);
    expect(data.guest.virtualization).toEqual({ type: guest.virtualization?.type, service: null });
    expect(data.guest.dependencies.edges).toEqual([
      { kind: 'VIRTUALIZED_BY', node: null, target: { identifier: guest.virtualization?.serviceId } },
    ]);
    const members = data.serviceDependencies.find(({ sourceId }) => sourceId === declared.id)?.members;
    expect(members?.map(({ sourceId }) => sourceId)).toEqual(
      declared.members.map(({ serviceId }) => serviceId).filter((id) => serviceIds.has(id)),
    );
  });

  test('lists contain hidden hosts, and can be filtered by that', async () => {
    await start(version);
    const hidden = network.hosts.filter((host) => host.hidden).length;
    expect(hidden).toBeGreaterThan(0);
    expect(
      await ask(
        '{ all: hosts { totalCount } hidden: hosts(filter: { hidden: true }) { totalCount } shown: hosts(filter: { hidden: false }) { totalCount } }',
      ),
    ).toEqual({
      all: { totalCount: network.hosts.length },
      hidden: { totalCount: hidden },
      shown: { totalCount: network.hosts.length - hidden },
    });
  });

  test('one range in several subnets stays several subnets', async () => {
    await start(version);
    const everything = network.subnets.filter(({ cidr }) => cidr === '0.0.0.0/0');
    expect(everything.length).toBeGreaterThan(1);
    const { subnets } = await ask<{ subnets: { nodes: { sourceId: string }[] } }>(
      '{ subnets(first: 1000, filter: { cidr: "0.0.0.0/0" }) { nodes { sourceId } } }',
    );
    expect(subnets.nodes.map(({ sourceId }) => sourceId).sort()).toEqual(everything.map(({ id }) => id).sort());
  });

  test('every host and service has a title, whatever its name is', async () => {
    await start(version);
    expect(network.hosts.some(({ name }) => name === '')).toBe(true);
    const { hosts } = await ask<{ hosts: { nodes: { displayName: string; services: { displayName: string }[] }[] } }>(
      '{ hosts(first: 1000) { nodes { displayName services { displayName } } } }',
    );
    const titles = hosts.nodes.flatMap((host) => [host.displayName, ...host.services.map((of) => of.displayName)]);
    expect(titles.filter((title) => title === '')).toEqual([]);
  });

  test('a port without an address means every address', async () => {
    await start(version);
    const { services } = await ask<{
      services: {
        nodes: { sourceId: string; bindings: { allAddresses: boolean; address: unknown; port: unknown }[] }[];
      };
    }>('{ services(first: 1000) { nodes { sourceId bindings { allAddresses address { id } port { id } } } } }');
    const world = new Map(
      network.hosts.flatMap((host) => host.services.map((service) => [service.id, service] as const)),
    );
    let open = 0;
    for (const { sourceId, bindings } of services.nodes) {
      for (const [i, binding] of (world.get(sourceId)?.bindings ?? []).entries()) {
        const isOpen = binding.portId !== null && binding.addressId === null;
        if (isOpen) open += 1;
        expect(bindings[i]?.allAddresses).toBe(isOpen);
        expect(bindings[i]?.address === null).toBe(binding.addressId === null);
      }
    }
    expect(open).toBeGreaterThan(0);
  });
});

test('upstreams announce no changes, so answers are reused while they are fresh', async () => {
  await start('0.16.0');
  const query = '{ hosts(first: 50) { nodes { name tags { name } } } }';
  await ask(query);
  const calls = harness.upstreamCalls();
  await ask(query);
  expect(harness.upstreamCalls()).toBe(calls);
});

test('upstreams are only read', async () => {
  await start('0.17.22');
  await ask(
    '{ hosts(first: 2) { nodes { name dependents { totalCount } } } vlans { name } activeDiscoveries { phase } discoveries { totalCount } }',
  );
  const calls = harness.scanopy[0]?.calls ?? [];
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.every(({ method, query }) => method === 'GET' && !('mark_viewed' in query))).toBe(true);
});

test('what shares a MAC or an address is not merged', async () => {
  await start('0.16.0');
  const owners = Map.groupBy(
    network.hosts.flatMap((host) => host.addresses.map(({ address }) => ({ address, host: host.id }))),
    ({ address }) => address,
  );
  const [address, rows] = first(
    [...owners],
    ([text, of]) => new Set(of.map(({ host }) => host)).size > 1 && !text.startsWith('127.'),
  );
  const { hosts } = await ask<{ hosts: { totalCount: number } }>(
    `{ hosts(filter: { address: "${address}" }) { totalCount } }`,
  );
  expect(hosts.totalCount).toBe(new Set(rows.map(({ host }) => host)).size);
});

test('the version is that of the newest answer, without a request for it', async () => {
  await start('0.16.0');
  const version = async () =>
    (await ask<{ sources: { serverVersion: string | null }[] }>('{ sources { serverVersion } }')).sources[0]
      ?.serverVersion;
  expect(await version()).toBeNull();
  await ask('{ hosts(first: 1) { totalCount } }');
  expect(await version()).toBe('0.16.0');
  harness.scanopy[0]?.setVersion('0.17.12');
  await ask('{ services(first: 1) { totalCount } }');
  expect(await version()).toBe('0.17.12');
  expect(harness.scanopy[0]?.countOf('/api/version')).toBe(0);
});

test('rows that cannot be read are left out, and the field says so', async () => {
  await start('0.16.0');
  harness.scanopy[0]?.faults.add({ kind: 'invalid-rows' });
  const answer = await harness.query<{ hosts: { nodes: unknown[] }; networkTags: unknown[] }>(
    '{ hosts(first: 200) { nodes { id } } networkTags { id } }',
  );
  expect(answer.data.hosts.nodes.length).toBeGreaterThan(0);
  expect(answer.data.hosts.nodes.length).toBeLessThan(200);
  expect(answer.errors?.map(({ path }) => path?.[0]).sort()).toEqual(['hosts', 'networkTags']);
  expect(answer.errors?.every(({ extensions }) => extensions.code === 'UPSTREAM_INVALID_RESPONSE')).toBe(true);
});
