import { createRandom, type Random } from '../random.ts';
import type {
  WorldBinding,
  WorldDaemon,
  WorldDiscovery,
  WorldHost,
  WorldInterface,
  WorldNetwork,
  WorldPort,
  WorldService,
  WorldServiceDependency,
  WorldSubnet,
  WorldTag,
  WorldVirtualization,
  WorldVlan,
} from './network-world.ts';
import { DAY, HOUR, isoOf, MINUTE } from './time.ts';

interface AddressSpec {
  readonly subnet: WorldSubnet;
  readonly address: string;
  /** @default true */
  readonly mac?: boolean;
  readonly name?: string;
}

export interface ServiceSpec {
  readonly name: string;
  /** @default the name */
  readonly definition?: string;
  /** Number, and the product's word for it. */
  readonly port?: readonly [number, string];
  readonly protocol?: 'Tcp' | 'Udp';
  /** Listens on every address instead of the first. */
  readonly everywhere?: boolean;
  readonly tagIds?: readonly string[];
  readonly virtualization?: WorldVirtualization;
}

export type HostSpec = Partial<Omit<WorldHost, 'addresses' | 'services' | 'ports' | 'networkId'>> & {
  readonly addresses: readonly AddressSpec[];
  readonly services?: readonly ServiceSpec[];
};

/** Collects records while networks are laid out. */
export interface NetworkBuilder {
  readonly random: Random;
  readonly now: number;
  readonly networks: WorldNetwork[];
  readonly subnets: WorldSubnet[];
  readonly tags: WorldTag[];
  readonly hosts: WorldHost[];
  readonly daemons: WorldDaemon[];
  readonly dependencies: WorldServiceDependency[];
  readonly discoveries: WorldDiscovery[];
  readonly vlans: WorldVlan[];
  /** An instant with up to nine fractional digits. */
  instant(milliseconds: number): string;
  mac(): string;
  /** The tag of this name, made when it is new. */
  tag(name: string, color?: string): WorldTag;
  /** With its two `0.0.0.0/0` subnets, as every network of the product starts. */
  network(name: string, tagIds?: readonly string[]): WorldNetwork;
  subnet(network: WorldNetwork, type: string, cidr: string, name: string, more?: Partial<WorldSubnet>): WorldSubnet;
  host(network: WorldNetwork, spec: HostSpec): WorldHost;
}

const NETWORK_AGE = 300 * DAY;
/** People describe few of their tags. */
const TAG_DESCRIPTIONS: Readonly<Record<string, string>> = {
  critical: 'Somebody is called at night when it fails',
  office: 'Machines that people sit next to',
};
const EVERYTHING = '0.0.0.0/0';

export function createNetworkBuilder(seed: number, now: number): NetworkBuilder {
  const random = createRandom(`network ${seed}`);
  const tagByName = new Map<string, WorldTag>();
  const builder: NetworkBuilder = {
    random,
    now,
    networks: [],
    subnets: [],
    tags: [],
    hosts: [],
    daemons: [],
    dependencies: [],
    discoveries: [],
    vlans: [],
    instant: (milliseconds) => withFraction(random, isoOf(milliseconds)),
    mac: () => `52:54:${random.hex(8).toUpperCase().match(/../g)?.join(':')}`,
    tag(name, color = 'Gray') {
      const known = tagByName.get(name);
      if (known !== undefined) return known;
      const description = TAG_DESCRIPTIONS[name] ?? null;
      const tag = { id: random.uuid(), name, description, color, createdAt: builder.instant(now - NETWORK_AGE) };
      tagByName.set(name, tag);
      builder.tags.push(tag);
      return tag;
    },
    network(name, tagIds = []) {
      const age = NETWORK_AGE - builder.networks.length * DAY;
      const network = { id: random.uuid(), name, tagIds, createdAt: builder.instant(now - age) };
      builder.networks.push(network);
      builder.subnet(network, 'Internet', EVERYTHING, 'Internet');
      builder.subnet(network, 'Remote', EVERYTHING, 'Remote Network');
      return network;
    },
    subnet(network, type, cidr, name, more = {}) {
      const subnet: WorldSubnet = {
        id: random.uuid(),
        networkId: network.id,
        name,
        cidr,
        description: null,
        type,
        tagIds: [],
        virtualizationServiceId: null,
        createdAt: builder.instant(now - NETWORK_AGE + builder.subnets.length * MINUTE),
        ...more,
      };
      builder.subnets.push(subnet);
      return subnet;
    },
    host(network, spec) {
      const host = hostOf(builder, network, spec);
      builder.hosts.push(host);
      return host;
    },
  };
  return builder;
}

/** Servers write anything from whole seconds to nanoseconds, without trailing zeros. */
function withFraction(random: Random, iso: string): string {
  const digits = random.pick([0, 3, 6, 9]);
  const seconds = iso.slice(0, 19);
  return digits === 0 ? `${seconds}Z` : `${seconds}.${random.letters(digits - 1, '0123456789')}${random.int(1, 9)}Z`;
}

function hostOf(builder: NetworkBuilder, network: WorldNetwork, spec: HostSpec): WorldHost {
  const { random, now } = builder;
  const addresses = spec.addresses.map(({ subnet, address, mac = true, name }) => ({
    id: random.uuid(),
    subnetId: subnet.id,
    address,
    macAddress: mac ? builder.mac() : null,
    name: name ?? null,
  }));
  const ports: WorldPort[] = [];
  const services = (spec.services ?? []).map((service, position) =>
    serviceOf(builder, service, position, ports, addresses[0]?.id ?? null),
  );
  const createdAt = now - random.int(10, 280) * DAY + random.int(0, 86_000) * 1000;
  return {
    id: random.uuid(),
    networkId: network.id,
    name: '',
    hostname: null,
    sysName: null,
    description: null,
    hidden: false,
    manufacturer: null,
    model: null,
    serialNumber: null,
    lastSeenAt: builder.instant(now - random.int(5, 180) * MINUTE),
    createdAt: builder.instant(createdAt),
    updatedAt: builder.instant(now - random.int(4, 240) * HOUR),
    tagIds: [],
    interfaces: [] as readonly WorldInterface[],
    virtualization: null,
    ...spec,
    addresses,
    ports,
    services,
  };
}

function serviceOf(
  { random }: NetworkBuilder,
  spec: ServiceSpec,
  position: number,
  ports: WorldPort[],
  addressId: string | null,
): WorldService {
  const binding: WorldBinding = { id: random.uuid(), portId: null, addressId };
  const service = {
    id: random.uuid(),
    name: spec.name,
    definition: spec.definition ?? spec.name,
    position,
    tagIds: spec.tagIds ?? [],
    bindings: [binding],
    virtualization: spec.virtualization ?? null,
  };
  if (spec.port === undefined) return service;
  const [number, type] = spec.port;
  const protocol = spec.protocol ?? 'Tcp';
  const known = ports.find((port) => port.number === number && port.protocol === protocol);
  const port = known ?? { id: random.uuid(), number, protocol, type };
  if (known === undefined) ports.push(port);
  return { ...service, bindings: [{ ...binding, portId: port.id, addressId: spec.everywhere ? null : addressId }] };
}
