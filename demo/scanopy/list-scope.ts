import type {
  WorldDaemon,
  WorldNetwork,
  WorldServiceDependency,
  WorldSubnet,
  WorldTag,
  WorldVlan,
} from '../world/network-world.ts';
import { type AnyListing, listing } from './listing.ts';
import { instantKey } from './ordering.ts';
import { scope } from './parameters.ts';
import { daemonOnWire, dependencyOnWire, networkOnWire, subnetOnWire, tagOnWire, vlanOnWire } from './wire-scope.ts';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

const created = { id: (row: Named) => row.id, createdAt: (row: Named) => row.createdAt };
const inNetwork = { ...created, networkId: (row: { readonly networkId: string }) => row.networkId };
const stampOrders = {
  created_at: (row: Named) => instantKey(row.createdAt),
  updated_at: (row: Named) => instantKey(row.createdAt),
  name: (row: Named) => row.name,
};

const networks = listing<WorldNetwork>({
  ...created,
  path: (wire) => (wire.has('sites') ? 'sites' : 'networks'),
  entity: (wire) => wire.networkEntity,
  rows: ({ catalogue }) => catalogue.world.networks,
  networkId: (network) => network.id,
  parameters: () => [],
  orders: () => ({}),
  render: (network, { wire, catalogue }) => networkOnWire(wire, catalogue.world, network),
});

const subnets = listing<WorldSubnet>({
  ...inNetwork,
  path: () => 'subnets',
  entity: () => 'Subnet',
  rows: ({ catalogue }) => catalogue.world.subnets,
  parameters: ({ wire }) => [scope(wire, inNetwork.networkId)],
  orders: (wire) => ({
    ...stampOrders,
    cidr: (subnet) => subnet.cidr,
    subnet_type: (subnet) => subnet.type,
    [wire.networkKey]: (subnet) => subnet.networkId,
  }),
  render: (subnet, { wire }) => subnetOnWire(wire, subnet),
});

const tags = listing<WorldTag>({
  ...created,
  path: () => 'tags',
  entity: () => 'Tag',
  rows: ({ catalogue }) => catalogue.world.tags,
  networkId: () => null,
  parameters: () => [],
  orders: () => ({ ...stampOrders, color: (tag) => tag.color }),
  render: (tag, { wire, catalogue }) => tagOnWire(wire, catalogue.world, tag),
});

const dependencies = listing<WorldServiceDependency>({
  ...inNetwork,
  path: (wire) => (wire.has('groups') ? 'groups' : 'dependencies'),
  entity: (wire) => (wire.has('groups') ? 'Group' : 'Dependency'),
  rows: ({ catalogue }) => catalogue.world.dependencies,
  parameters: ({ wire }) => [scope(wire, inNetwork.networkId)],
  orders: (wire) => ({
    ...stampOrders,
    [wire.has('groups') ? 'group_type' : 'dependency_type']: (row) => row.type,
    [wire.networkKey]: (row) => row.networkId,
  }),
  render: (row, { wire }) => dependencyOnWire(wire, row),
});

const daemons = listing<WorldDaemon>({
  ...inNetwork,
  path: () => 'daemons',
  entity: () => 'Daemon',
  rows: ({ catalogue }) => catalogue.world.daemons,
  parameters: ({ wire }) => [scope(wire, inNetwork.networkId)],
  orders: (wire) => ({
    ...stampOrders,
    last_seen: (daemon) => instantKey(daemon.lastSeenAt),
    [wire.networkKey]: (daemon) => daemon.networkId,
  }),
  render: (daemon, { wire }) => daemonOnWire(wire, daemon),
});

const vlans = listing<WorldVlan>({
  ...inNetwork,
  path: (wire) => (wire.has('vlans') ? 'vlans' : null),
  entity: () => 'Vlan',
  rows: ({ catalogue }) => catalogue.world.vlans,
  parameters: ({ wire }) => [scope(wire, inNetwork.networkId)],
  orders: () => ({ ...stampOrders, vlan_number: (vlan) => vlan.number }),
  render: (vlan, { wire, catalogue }) => vlanOnWire(wire, catalogue.world, vlan),
});

export const scopeListings: readonly AnyListing[] = [networks, subnets, tags, dependencies, daemons, vlans];
