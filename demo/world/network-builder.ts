import { createRandom, type Random } from '../random.ts';
import { type HostSpec, hostOf } from './network-host.ts';
import type {
  WorldDaemon,
  WorldDiscovery,
  WorldHost,
  WorldNetwork,
  WorldServiceDependency,
  WorldSubnet,
  WorldTag,
  WorldVlan,
} from './network-world.ts';
import { DAY, isoOf, MINUTE } from './time.ts';

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
