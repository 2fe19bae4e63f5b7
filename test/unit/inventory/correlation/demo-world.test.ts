import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedName } from '#demo/scanopy/host-title.ts';
import { wireVersion } from '#demo/scanopy/wire-version.ts';
import { createWorld } from '#demo/world/world.ts';
import { correlate } from '#inventory/correlation/correlate.ts';
import { confusionOf } from './confusion.ts';
import { snapshotsOf } from './world-snapshots.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

/** Answered by rules 1, 2, 4 and 10. */
const COMPLETE_RULES = ['manual', 'instance-id-name', 'eip-address', 'operator-ip-tag'];

describe.each([
  ['the demo company', { now: NOW }],
  ['a company of 5,000 resources and 2,000 hosts', { now: NOW, resources: 5000, hosts: 2000 }],
  ['another such company', { now: NOW, seed: 7, resources: 5000, hosts: 2000 }],
])('%s', (_name, options) => {
  const confusion = confusionOf(options);

  it('has no wrong link among the CERTAIN and HIGH ones', () => {
    expect(confusion.result.links.length).toBeGreaterThan(30);
    expect(confusion.wrongSureLinks).toEqual([]);
  });

  it('has every labelled link of the rules that need nothing more than both public APIs', () => {
    const world = createWorld(options);
    const links = new Set(confusion.result.links.map(({ host, resource }) => `${host.id} ${resource.id}`));
    const labels = world.truth.filter(({ rule, confidence }) => COMPLETE_RULES.includes(rule) && confidence !== 'LOW');
    expect(new Set(labels.map(({ rule }) => rule))).toEqual(new Set(COMPLETE_RULES));
    expect(labels.filter(({ hostId, resourceId }) => !links.has(`${hostId} ${resourceId}`))).toEqual([]);
  });

  it('links no host that only looks like a resource', () => {
    expect(confusion.linkedDecoys).toEqual([]);
  });

  it('has a reason for every asset without a link, on both sides, and no link among those', () => {
    const { links, unmatched } = confusion.result;
    expect(confusion.withoutCode).toBe(0);
    const linked = new Set(links.flatMap(({ host, resource }) => [host.id, resource.id]));
    expect([...unmatched.cloud, ...unmatched.network].filter(({ asset }) => linked.has(asset.id))).toEqual([]);
    expect(unmatched.network.length + new Set(links.map(({ host }) => host.id)).size).toBe(confusion.hosts);
  });
});

describe('correlation', () => {
  const { cloud, network } = snapshotsOf(createWorld({ now: NOW }));
  const expected = correlate([cloud], [network]);
  const shuffled = <T>(rows: readonly T[], seed: number): T[] =>
    fc.sample(fc.shuffledSubarray([...rows], { minLength: rows.length, maxLength: rows.length }), {
      seed,
      numRuns: 1,
    })[0] ?? [];

  it('decides the same where a server has only names that a person gave', () => {
    const world = createWorld({ now: NOW });
    const late = wireVersion('0.17.22');
    const hosts = world.network.hosts.map((host) => ({ ...host, name: storedName(late, host) }));
    expect(hosts.filter(({ name }) => name === '').length).toBeGreaterThan(hosts.length / 2);
    const snapshots = snapshotsOf({ ...world, network: { ...world.network, hosts } });
    const pairs = ({ links }: typeof expected) => links.map(({ host, resource }) => `${host.id} ${resource.id}`).sort();
    expect(pairs(correlate([snapshots.cloud], [snapshots.network]))).toEqual(pairs(expected));
  });

  it('decides the same whatever the order of its input', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const mixedCloud = {
          ...cloud,
          resources: shuffled(cloud.resources, seed).map((row) => ({ ...row, tags: shuffled(row.tags, seed) })),
          edges: shuffled(cloud.edges, seed),
          certificates: shuffled(cloud.certificates, seed),
        };
        const mixedNetwork = {
          ...network,
          hosts: shuffled(network.hosts, seed).map((host) => ({
            ...host,
            addresses: shuffled(host.addresses, seed),
            services: shuffled(host.services, seed),
          })),
          subnets: shuffled(network.subnets, seed),
          tags: shuffled(network.tags, seed),
        };
        expect(correlate([mixedCloud], [mixedNetwork])).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('is symmetric: one resource of a kind a host, one host a resource and network', () => {
    const slots = expected.links.map(({ host, resource }) => {
      const service = cloud.resources.find(({ id }) => id === resource.id)?.service;
      return {
        host: host.id,
        resource: resource.id,
        isAddress: service === 'eip',
        networkId: network.hosts.find(({ id }) => id === host.id)?.networkId,
      };
    });
    const ofHosts = slots.filter(({ isAddress }) => !isAddress).map(({ host }) => host);
    const ofResources = slots.map(({ resource, networkId }) => `${resource} ${networkId}`);
    expect(new Set(ofHosts).size).toBe(ofHosts.length);
    expect(new Set(ofResources).size).toBe(ofResources.length);
  });

  it('is the same for one snapshot split over two sources', () => {
    const half = Math.floor(network.hosts.length / 2);
    const parts = [network.hosts.slice(0, half), network.hosts.slice(half)].map((hosts) => ({ ...network, hosts }));
    const { links } = correlate([cloud], parts);
    const missing = expected.links.filter(
      (link) => !links.some(({ host, resource }) => host.id === link.host.id && resource.id === link.resource.id),
    );
    expect(missing).toEqual([]);
  });
});
