import type { WorldService } from '../world/network-world.ts';
import type { ChildRow } from './listing.ts';
import { type Listing, listing } from './listing.ts';
import { instantKey } from './ordering.ts';
import { anyOf, one, scopes, search } from './parameters.ts';
import type { Parameter } from './query.ts';
import { serviceOnWire } from './wire-service.ts';

type ServiceRow = ChildRow<WorldService>;

const services: Listing<ServiceRow> = {
  path: () => 'services',
  entity: () => 'Service',
  rows: ({ catalogue }) => catalogue.services,
  id: ({ item }) => item.id,
  networkId: ({ host }) => host.networkId,
  createdAt: ({ host }) => host.createdAt,
  parameters: ({ wire }) => [
    scopes(wire, ({ host }) => host.networkId),
    wire.has('lateParameters')
      ? anyOf('host_ids', ({ host }) => [host.id], 'uuid', 'host_id')
      : one('host_id', ({ host }) => host.id),
    anyOf('ids', ({ item }) => [item.id]),
    anyOf('tag_ids', ({ item }) => item.tagIds),
    ...(wire.has('lateParameters') ? lateParameters : []),
  ],
  orders: (wire) => ({
    created_at: ({ host }) => instantKey(host.createdAt),
    updated_at: ({ host }) => instantKey(host.updatedAt),
    name: ({ item }) => item.name,
    host: ({ host }) => host.name,
    position: ({ item }) => item.position,
    [wire.networkKey]: ({ host }) => host.networkId,
    ...(wire.has('lateParameters') && {
      service_definition: ({ item }: ServiceRow) => item.definition,
      last_seen_at: ({ host }: ServiceRow) => instantKey(host.lastSeenAt),
      containerized_by: ({ item }: ServiceRow) => item.virtualization?.serviceId ?? null,
    }),
  }),
  render: ({ host, item }, { wire }) => serviceOnWire(wire, host, item),
};

const lateParameters: readonly Parameter<ServiceRow>[] = [
  anyOf('service_definitions', ({ item }) => [item.definition], 'text'),
  anyOf('virtualization_service_ids', ({ item }) => [item.virtualization?.serviceId ?? null]),
  anyOf('ports', ({ host, item }) => boundPorts(host.ports, item), 'number'),
  search(({ item }) => [item.name, item.definition]),
];

function boundPorts(ports: ServiceRow['host']['ports'], service: WorldService): string[] {
  const bound = new Set(service.bindings.map((binding) => binding.portId));
  return ports.filter((port) => bound.has(port.id)).map((port) => String(port.number));
}

export const serviceListing = listing(services);
