import { labelBalancerTargets } from './balancer-targets.ts';
import { type CloudFacts, cloudFactsOf } from './cloud-facts.ts';
import type { CloudWorld, WorldResource } from './cloud-world.ts';
import { createLabels, type Labels } from './labels.ts';
import { createNetworkBuilder, type NetworkBuilder } from './network-builder.ts';
import { addDependencies, addFormerKinds, addScanner } from './network-operations.ts';
import type { NetworkWorld, WorldNetwork } from './network-world.ts';
import { addOffice, type Office } from './office.ts';
import { addOfficeDecoys, addTagDecoys } from './office-decoys.ts';
import { internalName } from './stretched-hosts.ts';
import { addStretchedNetwork } from './stretched-network.ts';

export interface NetworkWorldOptions {
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Exact number of hosts. */
  readonly hosts: number;
}

export interface LabelledNetwork {
  readonly network: NetworkWorld;
  readonly labels: Labels;
}

/** Below this an office would lack one of its kinds of machine. */
const MIN_HOSTS = 150;

const cities = [
  'Amsterdam',
  'Lisbon',
  'Leeds',
  'Graz',
  'Turku',
  'Gdansk',
  'Porto',
  'Basel',
  'Nantes',
  'Bergen',
] as const;
const HOSTS_PER_OFFICE = 1_000;
const HOSTS_PER_STRETCHED_NETWORK = 500;
/** Of all hosts, at most so many stand for instances. */
const INSTANCE_SHARE = 0.25;

/**
 * The network half of the invented company: offices that number their machines alike, and networks that reach into
 * the VPCs of the cloud half, with the answer sheet of who is who.
 *
 * @throws RangeError when `hosts` is below {@link MIN_HOSTS}, or too small for what the cloud half brings along.
 */
export function createNetworkWorld(cloud: CloudWorld, { seed, now, hosts }: NetworkWorldOptions): LabelledNetwork {
  if (hosts < MIN_HOSTS) throw new RangeError(`hosts must be at least ${MIN_HOSTS}, got ${hosts}`);
  const builder = createNetworkBuilder(seed, now);
  const facts = cloudFactsOf(cloud);
  const labels = createLabels();
  const vpcs = busiestVpcs(facts);
  const stretched = vpcs.slice(
    0,
    Math.min(2 + Math.floor(hosts / HOSTS_PER_STRETCHED_NETWORK), Math.max(1, vpcs.length - 2)),
  );
  const limit = Math.floor((hosts * INSTANCE_SHARE) / Math.max(1, stretched.length));
  const turns = { misleading: 0, recognisable: 0 };
  const clouds = stretched.map((vpcId) => addStretchedNetwork({ builder, facts, labels, turns }, vpcId, limit));
  const offices = addOffices(builder, facts, labels, hosts);
  addTagDecoys(builder, labels, offices, sparesOf(facts, stretched));
  addNamesFromElsewhere(builder, cloud, labels, offices[0]);
  addBehindTunnel(builder, facts, stretched, offices[1]);
  fill(builder, offices, hosts);
  if (builder.hosts.length > hosts) {
    throw new RangeError(`hosts must be at least ${builder.hosts.length} for this cloud, got ${hosts}`);
  }
  labelBalancerTargets(facts, labels, builder.hosts);
  addOperations(builder, [...offices.map((office) => office.network), ...clouds]);
  const { networks, subnets, tags, daemons, dependencies, discoveries, vlans } = builder;
  const organizationId = builder.random.uuid();
  const network = {
    organizationId,
    networks,
    subnets,
    tags,
    hosts: builder.hosts,
    daemons,
    dependencies,
    discoveries,
    vlans,
  };
  return { network, labels };
}

function addOffices(builder: NetworkBuilder, facts: CloudFacts, labels: Labels, hosts: number): readonly Office[] {
  const count = Math.max(2, Math.ceil(hosts / HOSTS_PER_OFFICE));
  const size = Math.floor(((hosts - builder.hosts.length) / count) * 0.75);
  return Array.from({ length: count }, (_, at) => {
    const city = cities[at % cities.length] as string;
    const round = Math.floor(at / cities.length);
    const suffix = round === 0 ? '' : ` ${round + 1}`;
    const prefix = `${city.slice(0, 3).toLowerCase()}${round === 0 ? '' : round + 1}`;
    const office = addOffice(builder, `${city} office${suffix}`, prefix, size);
    addOfficeDecoys(builder, facts, labels, office);
    return office;
  });
}

/** Second sights: an instance that two networks know, a certificate's name, and a bucket that a person pointed at. */
function addNamesFromElsewhere(
  builder: NetworkBuilder,
  cloud: CloudWorld,
  labels: Labels,
  office: Office | undefined,
): void {
  if (office === undefined) return;
  const add = (spec: { name?: string; hostname?: string; tagIds?: readonly string[] }) =>
    builder.host(office.network, { ...spec, addresses: [office.servers.next()] });
  const known = labels.truth.find((link) => link.rule === 'instance-id-name');
  const instance = cloud.resources.find((row) => row.id === known?.resourceId);
  if (instance !== undefined) labels.link(add({ hostname: internalName(instance) }), instance, 'instance-id-name');
  const certificate = cloud.resources.find((row) => row.service === 'acm' && row.name === 'sso.northwind.example');
  if (certificate !== undefined)
    labels.link(add({ hostname: 'sso.northwind.example' }), certificate, 'certificate-name');
  const bucket = cloud.resources.find((row) => row.service === 's3');
  if (bucket === undefined) return;
  const tagIds = [builder.tag(`scanorbit:${bucket.id}`, 'Amber').id];
  labels.link(add({ name: `${office.prefix}-backup-target`, tagIds }), bucket, 'manual');
}

/** A machine beyond a tunnel, at an address that a balancer of some VPC sends traffic to. */
function addBehindTunnel(
  builder: NetworkBuilder,
  { balancersByTarget, vpcOf }: CloudFacts,
  stretched: readonly string[],
  office: Office | undefined,
): void {
  const elsewhere = [...balancersByTarget].find(([, rows]) =>
    rows.every((row) => !stretched.includes(vpcOf.get(row.id) ?? '')),
  );
  if (office === undefined || elsewhere === undefined) return;
  const [address] = elsewhere;
  const cidr = `${address.split('.').slice(0, 3).join('.')}.0/24`;
  const subnet = builder.subnet(office.network, 'VpnTunnel', cidr, 'Tunnel to AWS');
  builder.host(office.network, { addresses: [{ subnet, address, mac: false }] });
}

/** The offices share evenly what is missing from the number asked for. */
function fill(builder: NetworkBuilder, offices: readonly Office[], hosts: number): void {
  for (const [at, office] of offices.entries()) {
    const missing = Math.max(0, hosts - builder.hosts.length);
    office.fill(builder.hosts.length + Math.ceil(missing / (offices.length - at)));
  }
}

function addOperations(builder: NetworkBuilder, networks: readonly WorldNetwork[]): void {
  for (const [at, network] of networks.entries()) {
    addScanner(builder, network, at === 1);
    addDependencies(builder, network);
  }
  addFormerKinds(builder);
}

function busiestVpcs({ instances, vpcOf }: CloudFacts): readonly string[] {
  const running = instances.filter((row) => row.state === 'running');
  const members = Map.groupBy(running, (row) => vpcOf.get(row.id) ?? '');
  return [...members].sort(([, left], [, right]) => right.length - left.length).map(([vpcId]) => vpcId);
}

/** Running instances outside the stretched networks, with a name of their own and no tag that names a host. */
function sparesOf(
  { instances, vpcOf, isUniqueName }: CloudFacts,
  stretched: readonly string[],
): readonly WorldResource[] {
  return instances.filter(
    (row) =>
      row.state === 'running' &&
      !stretched.includes(vpcOf.get(row.id) ?? '') &&
      isUniqueName(row.name ?? '') &&
      !['scanopy:host-id', 'scanopy:not-host-id', 'ip-address'].some((key) => row.tags?.[key] !== undefined),
  );
}
