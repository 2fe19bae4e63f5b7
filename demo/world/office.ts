import { type AddressPool, createAddressPool } from './addresses.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { HostSpec, ServiceSpec } from './network-host.ts';
import type { WorldHost, WorldNetwork, WorldSubnet } from './network-world.ts';
import { MACHINE_KINDS, type MachineKind } from './office-machines.ts';
import { addRouter, addSwitch, addVlans, type Cabling } from './office-switching.ts';
import { addContainerHost, addHypervisor } from './office-virtual.ts';

/** What others may build on: where public addresses and further machines go. */
export interface Office {
  readonly network: WorldNetwork;
  readonly prefix: string;
  readonly internet: WorldSubnet;
  readonly servers: AddressPool;
  readonly hosts: readonly WorldHost[];
  /** Machines still wanted to reach the number asked for. */
  fill(total: number): void;
}

interface Zones {
  readonly servers: AddressPool;
  readonly clients: AddressPool;
  readonly things: AddressPool;
  readonly management: AddressPool;
  readonly loopback: WorldSubnet;
  readonly six: WorldSubnet;
}

const PORTS_PER_SWITCH = 20;

/**
 * An office of about `size` machines. Every office numbers its networks alike, so a private address names one machine
 * in each of them.
 */
export function addOffice(builder: NetworkBuilder, city: string, prefix: string, size: number): Office {
  const network = builder.network(city, [builder.tag('office', 'Teal').id]);
  const internet = internetOf(builder, network);
  const zones = createZones(builder, network);
  const vlanIds = addVlans(builder, network, [zones.servers.subnet, zones.clients.subnet, zones.things.subnet]);
  const cabling: Cabling = { network, management: zones.management, prefix, vlanIds };
  const first = builder.hosts.length;
  const router = addRouter(builder, cabling, [internet, `100.64.${builder.networks.length}.1`]);
  addVirtualization(builder, network, prefix, zones, size);
  let number = 0;
  const addMachines = (until: number) => {
    while (builder.hosts.length < until) {
      addMachine(builder, network, prefix, zones, number);
      number += 1;
    }
  };
  addMachines(first + Math.floor(size * 0.9));
  addSwitches(builder, cabling, router, builder.hosts.slice(first + 1));
  return {
    network,
    prefix,
    internet,
    servers: zones.servers,
    hosts: builder.hosts.slice(first),
    fill: addMachines,
  };
}

export function internetOf(builder: NetworkBuilder, network: WorldNetwork): WorldSubnet {
  const found = builder.subnets.find((subnet) => subnet.networkId === network.id && subnet.type === 'Internet');
  if (found === undefined) throw new Error(`${network.name} has no Internet subnet`);
  return found;
}

function createZones(builder: NetworkBuilder, network: WorldNetwork): Zones {
  const zone = (type: string, cidr: string, name: string) =>
    createAddressPool(builder.subnet(network, type, cidr, name));
  return {
    servers: zone('Lan', '192.168.0.0/20', 'Servers'),
    clients: zone('Lan', '192.168.64.0/20', 'Clients'),
    things: zone('IoT', '192.168.128.0/22', 'Printers and things'),
    management: zone('Management', '192.168.240.0/22', 'Management'),
    loopback: builder.subnet(network, 'Loopback', '127.0.0.0/8', 'Loopback'),
    six: builder.subnet(network, 'Lan', 'fd12:3456:789a::/64', 'Servers (IPv6)', {
      description: 'Same range everywhere',
    }),
  };
}

function addMachine(
  builder: NetworkBuilder,
  network: WorldNetwork,
  prefix: string,
  zones: Zones,
  number: number,
): void {
  const kind = kindOf(number);
  const stem = `${prefix}-${kind.stem}-${String(number).padStart(4, '0')}`;
  const { subnet, address } = zones[kind.zone].next();
  const six = { subnet: zones.six, address: `fd12:3456:789a::${(number + 16).toString(16)}`, name: 'eth0' };
  const addresses = [{ subnet, address, name: 'eth0', mac: number % 9 !== 0 }];
  builder.host(network, {
    ...kind.spec,
    ...namesOf(number, stem, address, kind.spec.services),
    addresses: kind.zone === 'servers' && number % 3 === 0 ? [...addresses, six] : addresses,
    tagIds: tagsOf(builder, kind, number),
    ...(number % 29 === 0 && { hidden: true }),
  });
}

/** The kinds in proportion, well mixed and the same in every run. */
function kindOf(number: number): MachineKind {
  let rest = (number * 37) % 100;
  for (const kind of MACHINE_KINDS) {
    if (rest < kind.share) return kind;
    rest -= kind.share;
  }
  throw new RangeError('The shares of the machine kinds add up to less than 100');
}

/** A scanner names machines as best it can: not at all, by address, by product, or by their name. */
function namesOf(number: number, stem: string, address: string, services: readonly ServiceSpec[] = []) {
  const fqdn = `${stem}.office.northwind.example`;
  switch (number % 12) {
    case 3:
      return { name: '', hostname: null };
    case 5:
      return { name: '', hostname: fqdn };
    case 7:
      return { name: address, hostname: null };
    case 9:
      return { name: services.at(-1)?.name ?? address, hostname: null };
    default:
      return { name: stem, hostname: fqdn };
  }
}

function tagsOf(builder: NetworkBuilder, { zone }: MachineKind, number: number): readonly string[] {
  if (number % 41 === 0) return [builder.tag('critical', 'Red').id, builder.random.uuid()];
  return zone === 'servers' && number % 2 === 0 ? [builder.tag('server', 'Blue').id] : [];
}

function addVirtualization(
  builder: NetworkBuilder,
  network: WorldNetwork,
  prefix: string,
  zones: Zones,
  size: number,
): void {
  const base = (stem: string, number: number): HostSpec => {
    const name = `${prefix}-${stem}-${String(number).padStart(2, '0')}`;
    return {
      name,
      hostname: `${name}.office.northwind.example`,
      addresses: [{ ...zones.servers.next(), name: 'vmbr0' }],
    };
  };
  const each = Math.max(1, Math.floor(size / 60));
  for (let number = 1; number <= each; number += 1) {
    addHypervisor(builder, network, 'Proxmox', base('pve', number), 5, zones.servers);
    addContainerHost(builder, network, 'Docker', base('docker', number), zones.loopback);
  }
  addHypervisor(builder, network, 'ESXi', base('esx', 1), 3, zones.servers);
  addContainerHost(builder, network, 'Podman', base('podman', 1), zones.loopback);
}

function addSwitches(
  builder: NetworkBuilder,
  cabling: Cabling,
  router: WorldHost,
  machines: readonly WorldHost[],
): void {
  let uplink: { readonly type: 'Interface' | 'Host'; readonly id: string } = { type: 'Host', id: router.id };
  for (let start = 0; start < machines.length; start += PORTS_PER_SWITCH) {
    const part = machines.slice(start, start + PORTS_PER_SWITCH);
    const added = addSwitch(builder, cabling, 1 + start / PORTS_PER_SWITCH, part, uplink);
    const last = added.interfaces.at(-1);
    if (last !== undefined) uplink = { type: 'Interface', id: last.id };
  }
}
