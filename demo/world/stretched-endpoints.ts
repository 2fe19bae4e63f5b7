import { createRandom } from '../random.ts';
import type { AddressPool } from './addresses.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { WorldResource } from './cloud-world.ts';
import type { Labels } from './labels.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { HostSpec, ServiceSpec } from './network-host.ts';
import type { WorldHost, WorldNetwork } from './network-world.ts';
import { internetOf } from './office.ts';

const postgres: ServiceSpec = { name: 'PostgreSQL', port: [5432, 'PostgreSQL'] };
const mysql: ServiceSpec = { name: 'MySQL', port: [3306, 'MySql'] };
const https: ServiceSpec = { name: 'HTTPS', definition: 'Custom Service', port: [443, 'Https'] };

interface Placing {
  readonly builder: NetworkBuilder;
  readonly facts: CloudFacts;
  readonly labels: Labels;
  readonly network: WorldNetwork;
  readonly pool: AddressPool;
}

/** What AWS runs in the VPC and the network sees by name: databases, balancers, and the public addresses of the region. */
export function addManagedEndpoints(
  builder: NetworkBuilder,
  facts: CloudFacts,
  labels: Labels,
  network: WorldNetwork,
  vpcId: string,
  pool: AddressPool,
): void {
  const placing: Placing = { builder, facts, labels, network, pool };
  const inVpc = (row: WorldResource) => facts.vpcOf.get(row.id) === vpcId;
  const databases = facts.databases.filter((row) => inVpc(row) && facts.isUniqueId(row) && row.state === 'available');
  for (const [at, row] of databases.entries()) addDatabase(placing, row, at);
  const balancers = facts.balancers.filter((row) => inVpc(row) && isOnlyOfItsName(facts, row));
  for (const [at, row] of balancers.entries()) addBalancer(placing, row, at);
  const owner = facts.instances.find(inVpc);
  // The first network of a region takes all its public addresses.
  const addresses = facts.addresses.filter(
    (row) => row.accountId === owner?.accountId && row.region === owner.region && !labels.isLabelled(row),
  );
  for (const [at, row] of addresses.entries()) addPublicAddress(placing, row, at);
}

function place({ builder, network, pool }: Placing, spec: Partial<HostSpec>): WorldHost {
  return builder.host(network, { addresses: [{ ...pool.next(), mac: false }], ...spec });
}

/** Constant for an account and a region. */
function endpointLabel({ accountId, region }: WorldResource): string {
  return `c${createRandom(`endpoint ${accountId} ${region}`).letters(11, 'abcdefghijklmnopqrstuvwxyz0123456789')}`;
}

/** By its endpoint, by its bare name, or by the endpoint of a cluster that only sounds like it. */
function addDatabase(placing: Placing, row: WorldResource, at: number): void {
  const { labels } = placing;
  const services = [at % 2 === 0 ? postgres : mysql];
  const domain = `${endpointLabel(row)}.${row.region}.rds.amazonaws.com`;
  if (at % 4 === 3) {
    const host = place(placing, { hostname: `${row.resourceId}.cluster-${domain}`, services });
    labels.decoy(host, row, 'the endpoint is a cluster, not this instance');
  } else if (at % 4 === 1) {
    labels.link(place(placing, { name: row.resourceId, services }), row, 'db-name');
  } else {
    labels.link(place(placing, { hostname: `${row.resourceId}.${domain}`, services }), row, 'rds-endpoint');
  }
}

const isOnlyOfItsName = (facts: CloudFacts, row: WorldResource): boolean =>
  facts.balancers.filter((other) => other.name === row.name).length === 1;

function addBalancer(placing: Placing, row: WorldResource, at: number): void {
  const [kind, name, hex] = row.resourceId.split('/').slice(-3);
  const services = [https];
  if (kind === 'net') {
    const hostname = `${name}-${hex}.elb.${row.region}.amazonaws.com`;
    placing.labels.link(place(placing, { hostname, services }), row, 'nlb-dns');
  } else {
    const scheme = at % 2 === 0 ? 'internal-' : '';
    const hostname = `${scheme}${name}-${1_000_000_000 + at}.${row.region}.elb.amazonaws.com`;
    placing.labels.link(place(placing, { hostname, services }), row, 'alb-dns');
  }
}

/** Held by a host, or spelt by its public name; a NAT's address, and one that should be nobody's, prove nothing. */
function addPublicAddress(placing: Placing, row: WorldResource, at: number): void {
  const { builder, facts, labels, network } = placing;
  const address = row.name ?? '';
  const addresses = [{ subnet: internetOf(builder, network), address, mac: false }];
  if (row.state === 'unassociated') {
    labels.decoy(
      place(placing, { addresses, services: [https] }),
      row,
      'the address belongs to nobody and still answers',
    );
  } else if (facts.natOwned.has(row.resourceId)) {
    labels.decoy(place(placing, { addresses }), row, 'the address is a NAT gateway');
  } else if (at % 2 === 0) {
    labels.link(place(placing, { addresses, services: [https] }), row, 'eip-address');
  } else {
    const zone = row.region === 'us-east-1' ? 'compute-1' : `${row.region}.compute`;
    const hostname = `ec2-${address.replaceAll('.', '-')}.${zone}.amazonaws.com`;
    labels.link(place(placing, { hostname, services: [https] }), row, 'eip-address');
  }
}
