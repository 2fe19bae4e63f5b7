import type { SubnetModel } from '#entities/subnet/model.ts';
import { correlate } from '#inventory/correlation/correlate.ts';
import type { CloudRecords, CorrelationConfig, NetworkRecords } from '#inventory/correlation/correlation-input.ts';

const cloudSnapshot = (of: Partial<CloudRecords> = {}): CloudRecords => ({
  source: 'cloud',
  resources: [],
  edges: [],
  certificates: [],
  complete: true,
  ...of,
});

const networkSnapshot = (of: Partial<NetworkRecords> = {}): NetworkRecords => ({
  source: 'net',
  hosts: [],
  subnets: [],
  tags: [],
  discoveries: [],
  complete: true,
  ...of,
});

export const subnet = (id: string, cidr: string, subnetType = 'Lan'): SubnetModel => ({
  type: 'Subnet',
  source: 'net',
  id,
  networkId: 'network-1',
  name: id,
  cidr,
  description: null,
  subnetType,
  virtualizationServiceId: null,
  tagIds: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

/** An edge as ScanOrbit reports it; what it is called does not matter to correlation. */
export const edge = (
  fromId: string,
  _relationship: string,
  kind: string,
  identifier: string,
): CloudRecords['edges'][number] => ({ fromId, target: { kind, identifier } });

/** Links as `host=resource rule CONFIDENCE`, and everything else that was decided. */
export function decided(
  cloud: Partial<CloudRecords>,
  network: Partial<NetworkRecords>,
  config?: Partial<CorrelationConfig>,
) {
  const result = correlate([cloudSnapshot(cloud)], [networkSnapshot(network)], config);
  return {
    result,
    links: result.links.map(
      ({ host, resource, rule, confidence }) => `${host.id}=${resource.id} ${rule} ${confidence}`,
    ),
    refused: result.candidates.map(({ host, resource, whyNot }) => `${host.id}=${resource.id} ${whyNot.join(' ')}`),
    relations: result.relations.map(
      ({ kind, host, other, rule, confidence }) => `${host.id} ${kind} ${other.id} ${rule} ${confidence}`,
    ),
    hostReasons: (id: string) => result.unmatched.network.find(({ asset }) => asset.id === id)?.reasons ?? null,
    resourceReasons: (id: string) => result.unmatched.cloud.find(({ asset }) => asset.id === id)?.reasons ?? null,
  };
}
