import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { first, idOf, network, server, VERSIONS } from './fixtures.ts';

describe.each(VERSIONS)('upstream calls of %s, from a cold start', (version) => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ scanopy: [server(version)] });
  });
  afterEach(() => harness.close());

  const ask = async <Data>(query: string, variables?: Record<string, unknown>): Promise<Data> => {
    const answer = await harness.query<Data>(query, variables);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };

  test('100 hosts with addresses, subnets, ports, services, tags and network cost five calls', async () => {
    const { hosts } = await ask<{ hosts: { nodes: { addresses: unknown[] }[] } }>(`{ hosts(first: 100) { nodes {
      id displayName network { name } tags { name } ports { number protocol }
      addresses { address subnet { cidr network { name } } } services { name host { name } bindings { port { number } address { address } } } } } }`);
    expect(hosts.nodes).toHaveLength(100);
    expect(harness.upstreamCalls()).toBeLessThanOrEqual(5);
  });

  test('100 services with their hosts cost three calls', async () => {
    const { services } = await ask<{ services: { nodes: { host: { name: string } }[] } }>(
      '{ services(first: 100) { nodes { id host { name addresses { address } } bindings { port { number } } } } }',
    );
    expect(services.nodes).toHaveLength(100);
    expect(services.nodes.every(({ host }) => host !== null)).toBe(true);
    expect(harness.upstreamCalls()).toBeLessThanOrEqual(3);
  });

  test('nodes of 250 host ids cost three calls, and keep the order of the ids', async () => {
    const wanted = network.hosts.slice(0, 250).reverse();
    const { nodes } = await ask<{ nodes: { sourceId: string }[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Host { sourceId } } }',
      { ids: wanted.map(({ id }) => idOf('Host', id)) },
    );
    expect(nodes.map(({ sourceId }) => sourceId)).toEqual(wanted.map(({ id }) => id));
    expect(harness.upstreamCalls()).toBe(3);
  });

  test('a reference of which only the identity is selected costs no call', async () => {
    await ask('{ hosts(first: 5) { nodes { network { id sourceId source { name } } addresses { subnet { id } } } } }');
    expect(harness.upstreamCalls()).toBe(1);
  });

  test('hosts that a list contained are not requested by id', async () => {
    await ask('{ hosts(first: 1000) { totalCount nodes { id } } }');
    const listed = harness.upstreamCalls();
    const { host } = await ask<{ host: { name: string } }>(
      'query ($id: ID!) { host(id: $id) { name services { host { name } } } }',
      {
        id: idOf('Host', first(network.hosts, () => true).id),
      },
    );
    expect(host.name).toBe(network.hosts[0]?.name);
    expect(harness.upstreamCalls()).toBe(listed);
  });

  test('every small set is read once, however many fields need it', async () => {
    await ask(`{ networkTags { name } networks { nodes { name tags { name } daemons { name } subnets { nodes { name tags { name } } } } }
      subnets(first: 1000) { nodes { network { name } tags { name } } } daemons { name network { name } } }`);
    for (const endpoint of ['/tags', '/subnets', '/daemons', '/networks', '/sites']) {
      expect(harness.scanopy[0]?.countOf(endpoint), endpoint).toBeLessThanOrEqual(1);
    }
  });
});
