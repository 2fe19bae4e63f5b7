import type { WorldHost } from '../world/network-world.ts';
import { hostTitle, storedName } from './host-title.ts';
import { type Listing, type ListingContext, listing } from './listing.ts';
import { instantKey } from './ordering.ts';
import { anyOf, scopes, search } from './parameters.ts';
import type { Parameter } from './query.ts';
import { hostOnWire } from './wire-host.ts';
import { knownVirtualization } from './wire-virtualization.ts';

const hosts: Listing<WorldHost> = {
  path: () => 'hosts',
  entity: () => 'Host',
  rows: ({ catalogue }) => catalogue.world.hosts,
  id: (host) => host.id,
  networkId: (host) => host.networkId,
  createdAt: (host) => host.createdAt,
  parameters: (context) => [
    scopes(context.wire, (host) => host.networkId),
    anyOf('ids', (host) => [host.id]),
    anyOf('tag_ids', (host) => host.tagIds),
    ...(context.wire.has('lateParameters') ? lateParameters(context) : []),
  ],
  orders: (wire) => ({
    created_at: (host) => instantKey(host.createdAt),
    updated_at: (host) => instantKey(host.updatedAt),
    name: (host) => (wire.has('nameLadder') ? (hostTitle(wire, host)?.value ?? null) : host.name),
    hostname: (host) => host.hostname,
    virtualized_by: (host) => knownVirtualization(wire, host.virtualization)?.serviceId ?? null,
    [wire.networkKey]: (host) => host.networkId,
    ...(wire.has('lateParameters') && {
      interface_ip: (host: WorldHost) => host.addresses[0]?.address ?? null,
      mac_address: (host: WorldHost) => host.addresses[0]?.macAddress ?? null,
      last_seen_at: (host: WorldHost) => instantKey(host.lastSeenAt),
      manufacturer: (host: WorldHost) => host.manufacturer,
      model: (host: WorldHost) => host.model,
      hidden: (host: WorldHost) => Number(host.hidden),
    }),
  }),
  render: (host, { wire }, query) => {
    const bare = wire.has('lateParameters') && query.get('include_children') === 'false';
    return hostOnWire(wire, host, !bare);
  },
};

function lateParameters({ catalogue, wire }: ListingContext): readonly Parameter<WorldHost>[] {
  const provider = (host: WorldHost) => host.virtualization?.serviceId ?? null;
  return [
    anyOf('hidden', (host) => [String(host.hidden)], 'flag'),
    anyOf('virtualization_service_ids', (host) => [provider(host)]),
    anyOf('virtualization_service_names', (host) => [catalogue.serviceName.get(provider(host) ?? '') ?? null], 'text'),
    anyOf('service_names', (host) => host.services.map((service) => service.name), 'text'),
    anyOf('manufacturers', (host) => [host.manufacturer], 'text'),
    anyOf('models', (host) => [host.model], 'text'),
    anyOf('os_families', (host) => [host.osFamily], 'text'),
    search((host) => [
      storedName(wire, host),
      host.hostname,
      host.sysName,
      host.description,
      ...host.addresses.map((address) => address.address),
      ...host.services.map((service) => service.name),
    ]),
  ];
}

export const hostListing = listing(hosts);
