import { describe, expect, it } from 'vitest';
import { DEMO_SECRETS } from '#demo/scanopy/demo-secrets.ts';
import { createWorld } from '#demo/world/world.ts';
import { START, world } from './scanopy-server.ts';

const { network, cloud, truth, decoys } = world;
const hosts = new Map(network.hosts.map((host) => [host.id, host]));
const resources = new Map(cloud.resources.map((row) => [row.id, row]));

describe('the network half', () => {
  it('is the same for the same seed and instant, and another for another seed', () => {
    const again = createWorld({ now: START });
    expect(again).toEqual(world);
    expect(createWorld({ seed: 8, now: START }).network.hosts[0]?.id).not.toBe(network.hosts[0]?.id);
  });

  it('has at least three networks and 150 hosts, and every id once', () => {
    expect(network.networks.length).toBeGreaterThanOrEqual(3);
    expect(network.hosts.length).toBeGreaterThanOrEqual(150);
    const children = network.hosts.flatMap(({ addresses, interfaces, ports, services }) => [
      ...addresses,
      ...interfaces,
      ...ports,
      ...services,
      ...services.flatMap((service) => service.bindings),
    ]);
    const ids = [...network.hosts, ...network.subnets, ...network.tags, ...network.discoveries, ...children].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([400, 2000])('comes in %i hosts exactly', (size) => {
    expect(createWorld({ now: START, hosts: size }).network.hosts.length).toBe(size);
  });

  it('refuses fewer hosts than a company has', () => {
    expect(() => createWorld({ now: START, hosts: 20 })).toThrow(RangeError);
  });

  it('every child refers to what its host and network have', () => {
    const subnets = new Map(network.subnets.map((subnet) => [subnet.id, subnet.networkId]));
    for (const host of network.hosts) {
      const addressIds = host.addresses.map(({ id }) => id);
      const portIds = host.ports.map(({ id }) => id);
      for (const address of host.addresses) expect(subnets.get(address.subnetId)).toBe(host.networkId);
      for (const { portId, addressId } of host.services.flatMap((service) => service.bindings)) {
        expect(portId === null || portIds.includes(portId)).toBe(true);
        expect(addressId === null || addressIds.includes(addressId)).toBe(true);
      }
    }
  });

  it('tags, members, and virtualization refer to what does not exist in some places', () => {
    const tagIds = new Set(network.tags.map(({ id }) => id));
    const services = new Set(network.hosts.flatMap((host) => host.services.map(({ id }) => id)));
    expect(network.hosts.some((host) => host.tagIds.some((id) => !tagIds.has(id)))).toBe(true);
    expect(network.dependencies.some((row) => row.members.some(({ serviceId }) => !services.has(serviceId)))).toBe(
      true,
    );
    const providers = network.hosts
      .flatMap((host) => [host, ...host.services])
      .map((row) => row.virtualization?.serviceId);
    expect(providers.some((id) => id && services.has(id))).toBe(true);
    expect(providers.some((id) => id && !services.has(id))).toBe(true);
  });

  it('every network has two subnets of everything, and ranges and addresses repeat', () => {
    for (const { id } of network.networks) {
      const system = network.subnets.filter((subnet) => subnet.networkId === id && subnet.cidr === '0.0.0.0/0');
      expect(system.map(({ name }) => name)).toEqual(['Internet', 'Remote Network']);
    }
    expect(network.subnets.filter((subnet) => subnet.cidr === '172.17.0.0/16').length).toBeGreaterThan(2);
    const holders = network.hosts.filter((host) => host.addresses.some(({ address }) => address === '192.168.0.10'));
    expect(new Set(holders.map((host) => host.networkId)).size).toBeGreaterThan(1);
  });

  it('traps 6, 9, 10: hidden hosts, every way of being nameless, speeds beyond 32 bits', () => {
    const named = (test: (name: string) => boolean) => network.hosts.some((host) => test(host.name));
    expect(network.hosts.some((host) => host.hidden)).toBe(true);
    expect([
      named((name) => name === ''),
      named((name) => /^\d+\.\d+\./.test(name)),
      named((name) => name === 'Nginx'),
    ]).toEqual([true, true, true]);
    const speeds = network.hosts.flatMap((host) => host.interfaces.map((row) => row.speedBps ?? 0));
    expect(Math.max(...speeds)).toBeGreaterThan(2 ** 32);
  });

  it('some bindings are to all addresses', () => {
    const bindings = network.hosts.flatMap((host) => host.services.flatMap((service) => service.bindings));
    expect(bindings.some((binding) => binding.portId !== null && binding.addressId === null)).toBe(true);
  });

  it('has paths and hubs, an unreachable scanner, and runs of every kind', () => {
    expect(new Set(network.dependencies.map(({ type }) => type))).toEqual(new Set(['RequestPath', 'HubAndSpoke']));
    expect(network.daemons.filter((daemon) => daemon.unreachable).length).toBe(1);
    expect(new Set(network.discoveries.map(({ run }) => run.type))).toEqual(
      new Set(['Scheduled', 'AdHoc', 'Historical']),
    );
    const phases = network.discoveries.flatMap(({ run }) => (run.type === 'Historical' ? [run.session.phase] : []));
    expect(phases).toContain('Failed');
  });

  it('holds no secret and no e-mail address', () => {
    const text = JSON.stringify(network);
    expect(DEMO_SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/[\w.]+@[\w.]+/);
  });
});

describe('the answer sheet', () => {
  const rules = new Set(truth.map(({ rule }) => rule));

  it('names hosts and resources that exist, and no pair twice or as both', () => {
    for (const { hostId, resourceId } of truth)
      expect([hosts.has(hostId), resources.has(resourceId)]).toEqual([true, true]);
    for (const { hostId, resourceId } of decoys) {
      expect(hosts.has(hostId) && (resourceId === null || resources.has(resourceId))).toBe(true);
    }
    const pairs = [...truth, ...decoys]
      .filter(({ resourceId }) => resourceId)
      .map((row) => `${row.hostId} ${row.resourceId}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('has every rule that works with public fields', () => {
    expect([...rules].toSorted()).toEqual([
      'alb-dns',
      'certificate-name',
      'db-name',
      'eip-address',
      'instance-id-name',
      'lb-target-ip-in-scope',
      'lb-target-ip-unscoped',
      'manual',
      'name-tag',
      'nlb-dns',
      'operator-ip-tag',
      'rds-endpoint',
    ]);
  });

  it('has rows that look related and are not, for every rule of correlation', () => {
    const whys = [...new Set(decoys.map(({ why }) => why))].join('\n');
    for (const word of [
      'generic',
      'several instances',
      'terminated',
      'product',
      'several networks',
      'another region',
      'no known account',
      'two different instance ids',
      'two accounts',
      'container bridge',
      'NAT gateway',
      'nobody',
      'address again',
      'network side',
      'cloud side',
    ]) {
      expect(whys).toContain(word);
    }
  });

  it('operator tags carry the address of their host', () => {
    const links = truth.filter((link) => link.rule === 'operator-ip-tag' && link.confidence === 'HIGH');
    expect(links.length).toBeGreaterThan(0);
    for (const { hostId, resourceId } of links) {
      const tag = resources.get(resourceId)?.tags?.['private-ip'];
      expect(hosts.get(hostId)?.addresses.map(({ address }) => address)).toContain(tag);
      expect(network.hosts.filter((host) => host.addresses.some(({ address }) => address === tag)).length).toBe(1);
    }
  });

  it('a certain or high link is the only one of its rule for its resource in a network', () => {
    const sure = truth.filter(({ confidence }) => confidence === 'CERTAIN' || confidence === 'HIGH');
    const keys = sure.map((link) => `${link.rule} ${link.resourceId} ${hosts.get(link.hostId)?.networkId}`);
    const balanced = sure.filter(({ rule }) => rule === 'lb-target-ip-in-scope').length;
    expect(keys.length - new Set(keys).size).toBeLessThanOrEqual(balanced);
  });

  it('grows with the company: 5,000 resources and 2,000 hosts', () => {
    const large = createWorld({ now: START, resources: 5_000, hosts: 2_000 });
    expect(new Set(large.truth.map(({ rule }) => rule))).toEqual(rules);
    expect(large.truth.length).toBeGreaterThan(5 * truth.length);
    expect(large.decoys.length).toBeGreaterThan(2 * decoys.length);
    const pairs = [...large.truth, ...large.decoys]
      .filter(({ resourceId }) => resourceId)
      .map((row) => `${row.hostId} ${row.resourceId}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});
