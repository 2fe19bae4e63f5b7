import { createAddressPool } from './addresses.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { WorldResource } from './cloud-world.ts';
import type { Labels } from './labels.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { WorldNetwork, WorldSubnet } from './network-world.ts';
import { addManagedEndpoints } from './stretched-endpoints.ts';
import { misleading, recognisable, type Sighting, seeByOwnWords } from './stretched-hosts.ts';

/** Of the instances that nothing else mentions, every eighth is seen by nobody; every second misleads until each way was shown, then every third. */
const PLAIN_CYCLE = 8;
const UNSEEN_AT = 4;

export interface Stretching {
  readonly builder: NetworkBuilder;
  readonly facts: CloudFacts;
  readonly labels: Labels;
  /** How many instances were shown in which way so far, in all networks. */
  readonly turns: { misleading: number; recognisable: number };
}

/** A network that reaches into a VPC: its machines are instances, at the addresses AWS gave them. */
export function addStretchedNetwork(
  { builder, facts, labels, turns }: Stretching,
  vpcId: string,
  limit: number,
): WorldNetwork {
  const members = facts.instances.filter((row) => facts.vpcOf.get(row.id) === vpcId && isSeen(row));
  const network = builder.network(nameOf(builder, members), [builder.tag('cloud', 'Orange').id]);
  const subnetAt = createSubnets(builder, network);
  const plain = members.filter((row) => isPlain(row, facts));
  const unseen = plain.filter((_, at) => at % PLAIN_CYCLE === UNSEEN_AT);
  // Numbered by network: unlike the addresses of instances, these are nobody else's.
  const secondary = builder.subnet(network, 'Lan', `10.${100 + builder.networks.length}.0.0/18`, 'Secondary range');
  const pool = createAddressPool(secondary);
  for (const [at, instance] of members
    .filter((row) => !unseen.includes(row))
    .slice(0, limit)
    .entries()) {
    const address = instance.privateAddress ?? '';
    const other = unseen[at % unseen.length] ?? instance;
    const addresses = [{ subnet: subnetAt(address), address, name: 'ens5' }];
    const sighting: Sighting = { builder, facts, labels, network, instance, other, addresses, pool };
    if (seeByOwnWords(sighting)) continue;
    const everySo = turns.misleading < misleading.length ? 2 : 3;
    const kind = plain.indexOf(instance) % everySo === 1 ? 'misleading' : 'recognisable';
    const recipes = kind === 'misleading' ? misleading : recognisable;
    recipes[turns[kind] % recipes.length]?.(sighting);
    turns[kind] += 1;
  }
  addManagedEndpoints(builder, facts, labels, network, vpcId, pool);
  return network;
}

function nameOf(builder: NetworkBuilder, [first]: readonly WorldResource[]): string {
  const name = `AWS ${first?.region ?? 'nowhere'}`;
  const count = builder.networks.filter((network) => network.name.startsWith(name)).length;
  return count === 0 ? name : `${name} ${count + 1}`;
}

/** Rows that a scan saw recently, running, with an address. */
const isSeen = (row: WorldResource): boolean =>
  row.state === 'running' && row.privateAddress !== undefined && row.name !== 'orders-canary';

/** Nothing but its own identity links this instance: no balancer sends traffic to it and no tag or name mentions it. */
function isPlain(row: WorldResource, facts: CloudFacts): boolean {
  if (!facts.isUniqueName(row.name ?? '') || row.name === 'web') return false;
  const isTagged = ['scanopy:host-id', 'scanopy:not-host-id', 'ip-address'].some(
    (key) => row.tags?.[key] !== undefined,
  );
  return !isTagged && !facts.balancersByTarget.has(row.privateAddress ?? '');
}

function createSubnets(builder: NetworkBuilder, network: WorldNetwork): (address: string) => WorldSubnet {
  const known = new Map<string, WorldSubnet>();
  return (address) => {
    const cidr = `${address.split('.').slice(0, 3).join('.')}.0/24`;
    const subnet = known.get(cidr) ?? builder.subnet(network, 'Lan', cidr, `Private ${cidr}`);
    known.set(cidr, subnet);
    return subnet;
  };
}
