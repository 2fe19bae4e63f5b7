import type { AddressPool } from './addresses.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { WorldHost, WorldInterface, WorldNetwork, WorldSubnet } from './network-world.ts';

/** One VLAN for each subnet, numbered alike in every office; the last also names a subnet that is gone. */
export function addVlans(
  builder: NetworkBuilder,
  network: WorldNetwork,
  subnets: readonly WorldSubnet[],
): readonly string[] {
  return subnets.map((subnet, at) => {
    const gone = at === subnets.length - 1 ? [builder.random.uuid()] : [];
    const vlan = {
      id: builder.random.uuid(),
      networkId: network.id,
      number: 10 * (at + 1),
      name: subnet.name.toLowerCase().replaceAll(' ', '-'),
      description: null,
      subnetIds: [subnet.id, ...gone],
      createdAt: builder.instant(builder.now - 86_400_000),
    };
    builder.vlans.push(vlan);
    return vlan.id;
  });
}

/** Beyond 32 bits on purpose. */
const UPLINK_BPS = 100_000_000_000;
const ACCESS_BPS = 1_000_000_000;
const ETHERNET = 6;

export interface Cabling {
  readonly network: WorldNetwork;
  readonly management: AddressPool;
  readonly prefix: string;
  readonly vlanIds: readonly string[];
}

/** A switch with an uplink and a port for each machine plugged in; the machine behind a port is its neighbour. */
export function addSwitch(
  builder: NetworkBuilder,
  { network, management, prefix, vlanIds }: Cabling,
  number: number,
  machines: readonly WorldHost[],
  uplink: { readonly type: 'Interface' | 'Host'; readonly id: string },
): WorldHost {
  const row = (index: number, more: Partial<WorldInterface>): WorldInterface => ({
    id: builder.random.uuid(),
    index,
    name: `Gi1/0/${index}`,
    description: `GigabitEthernet1/0/${index}`,
    alias: null,
    type: ETHERNET,
    adminStatus: 'Up',
    operStatus: 'Up',
    speedBps: ACCESS_BPS,
    macAddress: builder.mac(),
    addressId: null,
    vlanIds: vlanIds.slice(0, 1),
    ...more,
  });
  const up = row(1, { alias: 'Uplink', speedBps: UPLINK_BPS, neighbour: uplink, vlanIds });
  const dangling = row(2, { neighbour: { type: 'Interface', id: builder.random.uuid() } });
  const unused = row(3, { operStatus: 'Down', speedBps: null, macAddress: null });
  const ports = machines.map((machine, at) =>
    row(at + 4, { neighbour: { type: 'Host', id: machine.id }, ...heardFrom(machine) }),
  );
  const name = `${prefix}-sw-${String(number).padStart(2, '0')}`;
  const device = builder.host(network, {
    name,
    sysName: `${name}.mgmt.northwind.example`,
    manufacturer: 'Cisco',
    model: 'Catalyst 9300-24T',
    serialNumber: `FOC${builder.random.letters(8, '0123456789ABCDEFGHJKLMNPRSTUVWXYZ')}`,
    description: 'Cisco IOS XE Software, Version 17.9.4',
    addresses: [{ ...management.next(), name: 'Vlan1' }],
    interfaces: [up, dangling, unused, ...ports],
    services: [
      { name: 'SNMP', port: [161, 'Snmp'], protocol: 'Udp' },
      { name: 'SSH', port: [22, 'Ssh'] },
    ],
  });
  return withManagedPort(builder, device);
}

/** Machines without a known MAC address do not send LLDP. */
function heardFrom({ addresses: [first], hostname }: WorldHost): Pick<WorldInterface, 'lldp'> {
  if (!first?.macAddress) return {};
  const { macAddress: chassisMac, name, address } = first;
  return { lldp: { chassisMac, port: name ?? 'eth0', systemName: hostname, address } };
}

/** The uplink carries the address under which the switch is managed. */
function withManagedPort(builder: NetworkBuilder, device: WorldHost): WorldHost {
  const addressId = device.addresses[0]?.id ?? null;
  const interfaces = device.interfaces.map((row, at) => (at === 0 ? { ...row, addressId } : row));
  const complete = { ...device, interfaces };
  builder.hosts[builder.hosts.indexOf(device)] = complete;
  return complete;
}

/** The way out: private addresses inside, a public one in the Internet subnet. */
export function addRouter(
  builder: NetworkBuilder,
  { network, management, prefix }: Cabling,
  outside: readonly [AddressPool['subnet'], string],
): WorldHost {
  const [subnet, address] = outside;
  return builder.host(network, {
    name: `${prefix}-fw-01`,
    hostname: `${prefix}-fw-01.northwind.example`,
    sysName: `${prefix}-fw-01`,
    manufacturer: 'Fortinet',
    model: 'FortiGate 100F',
    addresses: [
      { ...management.next(), name: 'internal' },
      { subnet, address, name: 'wan1' },
    ],
    services: [
      { name: 'FortiGate', port: [443, 'Https'], everywhere: true },
      { name: 'DHCP', port: [67, 'Dhcp'], protocol: 'Udp' },
    ],
  });
}
