import type { CloudFacts } from './cloud-facts.ts';
import type { WorldResource } from './cloud-world.ts';
import type { Labels } from './labels.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { HostSpec, ServiceSpec } from './network-host.ts';
import type { WorldHost } from './network-world.ts';
import type { Office } from './office.ts';

const postgres: ServiceSpec = { name: 'PostgreSQL', port: [5432, 'PostgreSQL'] };

/** Names that an instance has too, and why that says nothing. */
const sharedNames: Readonly<Record<string, string>> = {
  web: 'a generic name',
  'build-agent': 'several instances have this name',
  'cache-01': 'several instances have this name',
  'import-2025': 'the instance of this name is terminated',
  'forgotten-poc': 'the instance of this name is stopped',
};

/** Machines of an office that sound like cloud resources. */
export function addOfficeDecoys(builder: NetworkBuilder, facts: CloudFacts, labels: Labels, office: Office): void {
  const add = (spec: Partial<HostSpec>): WorldHost =>
    builder.host(office.network, { ...spec, addresses: [office.servers.next()] });
  const decoys = (host: WorldHost, rows: readonly WorldResource[], why: string) => {
    for (const row of rows.length === 0 ? [null] : rows) labels.decoy(host, row, why);
  };
  for (const [name, why] of Object.entries(sharedNames)) {
    decoys(
      add({ name }),
      facts.instances.filter((row) => row.name === name),
      why,
    );
  }
  decoys(add({ name: 'db', services: [postgres] }), [], 'a generic name');
  decoys(add({ name: 'localhost', hostname: 'localhost.localdomain' }), [], 'a generic name');
  const unknown = `i-0${builder.random.hex(16)}`;
  decoys(add({ hostname: `${unknown}.eu-west-1.compute.internal` }), [], 'no known account has this instance');
  const twins = facts.databases.filter((row) => row.resourceId === 'orders-db');
  const endpoint = `orders-db.c${builder.random.hex(11)}.eu-west-1.rds.amazonaws.com`;
  decoys(add({ hostname: endpoint, services: [postgres] }), twins, 'two accounts have a database of this name');
  const fronts = facts.balancers.filter((row) => row.name === 'front');
  const front = `front-${builder.random.int(1e8, 9e8)}.eu-west-1.elb.amazonaws.com`;
  decoys(add({ hostname: front }), fronts, 'two accounts have a balancer of this name');
}

/**
 * What operators wrote into tags and must not be believed: an address that every office uses, one of a container
 * bridge, and a name that is a product's. `spares` are instances that nothing else is said about.
 */
export function addTagDecoys(
  builder: NetworkBuilder,
  labels: Labels,
  offices: readonly Office[],
  spares: readonly WorldResource[],
): void {
  const [shared, bridged, product] = spares;
  const [office] = offices;
  if (office === undefined || shared === undefined || bridged === undefined || product === undefined) return;
  const holding = (address: string) =>
    builder.hosts.filter((host) => host.addresses.some((candidate) => candidate.address === address));
  for (const [row, address, why] of [
    [shared, '192.168.0.10', 'several networks have this private address'],
    [bridged, '172.17.0.1', 'the address is a container bridge'],
  ] as const) {
    labels.tagResource(row, 'private-ip', address);
    for (const host of holding(address)) labels.decoy(host, row, why);
  }
  labels.tagResource(product, 'Name', 'grafana');
  const grafana = builder.host(office.network, {
    name: 'Grafana',
    addresses: [office.servers.next()],
    services: [{ name: 'Grafana', port: [3000, 'Http3000'] }],
  });
  labels.decoy(grafana, product, 'the name is the product that runs there');
}
