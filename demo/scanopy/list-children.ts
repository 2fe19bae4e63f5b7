import type { WorldInterface, WorldPort } from '../world/network-world.ts';
import type { AddressRow, BindingRow, ChildRow } from './listing.ts';
import { type AnyListing, listing } from './listing.ts';
import { anyOf, one, scope } from './parameters.ts';
import { addressOnWire, interfaceOnWire, portOnWire } from './wire-host.ts';
import { bindingOnWire } from './wire-service.ts';

/** What every child takes from its host. */
const child = {
  networkId: ({ host }: ChildRow<unknown>) => host.networkId,
  createdAt: ({ host }: ChildRow<unknown>) => host.createdAt,
  orders: () => ({}),
};
const hostId = ({ host }: ChildRow<unknown>) => host.id;
const itemId = ({ item }: ChildRow<{ readonly id: string }>) => item.id;

const addresses = listing<AddressRow>({
  ...child,
  path: (wire) => (wire.has('secondNames') ? 'ip-addresses' : 'interfaces'),
  entity: (wire) => wire.addressEntity,
  rows: ({ catalogue }) => catalogue.addresses,
  id: itemId,
  parameters: ({ wire }) => [
    scope(wire, child.networkId),
    one('host_id', hostId),
    one('subnet_id', ({ item }) => item.subnetId),
  ],
  render: ({ host, item, position }, { wire }) => addressOnWire(wire, host, item, position),
});

const interfaces = listing<ChildRow<WorldInterface>>({
  ...child,
  path: (wire) => (wire.has('sites') ? 'interfaces' : 'if-entries'),
  entity: (wire) => wire.interfaceEntity,
  rows: ({ catalogue }) => catalogue.interfaces,
  id: itemId,
  parameters: ({ wire }) => [
    scope(wire, child.networkId),
    one('host_id', hostId),
    anyOf('ids', (row) => [itemId(row)]),
  ],
  render: ({ host, item }, { wire }) => interfaceOnWire(wire, host, item),
});

const ports = listing<ChildRow<WorldPort>>({
  ...child,
  path: () => 'ports',
  entity: () => 'Port',
  rows: ({ catalogue }) => catalogue.ports,
  id: itemId,
  parameters: ({ wire }) => [
    scope(wire, child.networkId),
    one('host_id', hostId),
    anyOf('ids', (row) => [itemId(row)]),
  ],
  render: ({ host, item }, { wire }) => portOnWire(wire, host, item),
});

const bindings = listing<BindingRow>({
  ...child,
  path: () => 'bindings',
  entity: () => 'Binding',
  rows: ({ catalogue }) => catalogue.bindings,
  id: itemId,
  parameters: ({ wire }) => [
    scope(wire, child.networkId),
    one('service_id', ({ service }) => service.id),
    one('port_id', ({ item }) => item.portId),
    one(wire.addressRefKey, ({ item }) => item.addressId),
  ],
  render: ({ host, service, item }, { wire }) => bindingOnWire(wire, host, service, item),
});

export const childListings: readonly AnyListing[] = [addresses, interfaces, ports, bindings];
