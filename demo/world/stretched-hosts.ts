import type { AddressPool } from './addresses.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { WorldResource } from './cloud-world.ts';
import type { Labels } from './labels.ts';
import type { NetworkBuilder } from './network-builder.ts';
import type { HostSpec } from './network-host.ts';
import type { WorldHost, WorldNetwork } from './network-world.ts';

/** One instance about to be seen on the network, at its private address. */
export interface Sighting {
  readonly builder: NetworkBuilder;
  readonly facts: CloudFacts;
  readonly labels: Labels;
  readonly network: WorldNetwork;
  readonly instance: WorldResource;
  /** An instance of the same VPC that no host stands for. */
  readonly other: WorldResource;
  readonly addresses: HostSpec['addresses'];
  /** Addresses that no other network has. */
  readonly pool: AddressPool;
}

type Recipe = (sighting: Sighting) => void;

const ssh = [{ name: 'SSH', port: [22, 'Ssh'] as const, everywhere: true }];

const see = ({ builder, network, addresses }: Sighting, spec: Partial<HostSpec>): WorldHost =>
  builder.host(network, { manufacturer: 'Amazon EC2', osFamily: 'linux', services: ssh, ...spec, addresses });

/** As a resource-name scheme of a VPC spells it. */
export function internalName({ resourceId, region }: WorldResource, elsewhere?: string): string {
  const place = elsewhere ?? region;
  return place === 'us-east-1' ? `${resourceId}.ec2.internal` : `${resourceId}.${place}.compute.internal`;
}

function tagged(sighting: Sighting, ...names: readonly string[]): WorldHost {
  return see(sighting, { tagIds: names.map((name) => sighting.builder.tag(name, 'Amber').id) });
}

/** The ways in which a scanner or an operator names an instance; every instance gets one of them in turn. */
export const recognisable: readonly Recipe[] = [
  (s) => s.labels.link(see(s, { hostname: internalName(s.instance) }), s.instance, 'instance-id-name'),
  (s) => {
    const name = s.instance.name ?? '';
    const host = see(s, { name, hostname: `${name}.aws.northwind.example` });
    s.labels.link(host, s.instance, 'name-tag');
  },
  (s) => {
    const addresses = [s.pool.next()];
    s.labels.tagResource(s.instance, 'private-ip', addresses[0]?.address ?? '');
    s.labels.link(see({ ...s, addresses }, {}), s.instance, 'operator-ip-tag');
  },
  (s) => s.labels.link(see(s, { sysName: s.instance.resourceId }), s.instance, 'instance-id-name'),
  (s) => s.labels.link(tagged(s, s.instance.resourceId), s.instance, 'manual'),
  (s) => {
    const virtualization = { type: 'Proxmox', name: s.instance.resourceId, externalId: null, composeProject: null };
    const host = see(s, { virtualization: { ...virtualization, serviceId: s.builder.random.uuid() } });
    s.labels.link(host, s.instance, 'instance-id-name');
  },
  (s) => s.labels.link(see(s, { name: s.instance.resourceId }), s.instance, 'instance-id-name'),
  (s) => s.labels.link(tagged(s, `aws:${s.instance.resourceId}`), s.instance, 'manual'),
  (s) => s.labels.link(tagged(s, `scanorbit:${s.instance.id}`), s.instance, 'manual'),
  (s) => {
    const { region, resourceId, accountId } = s.instance;
    const arn = `arn:aws:ec2:${region}:${s.facts.accountNumber.get(accountId)}:instance/${resourceId}`;
    s.labels.link(tagged(s, arn), s.instance, 'manual');
  },
];

/** The ways in which a careless reader goes wrong. */
export const misleading: readonly Recipe[] = [
  (s) => {
    const denied = s.builder.tag(`not:aws:${s.instance.resourceId}`, 'Red').id;
    const host = see(s, { hostname: internalName(s.instance), tagIds: [denied] });
    s.labels.decoy(host, s.instance, 'an operator denied it on the network side');
  },
  (s) => {
    const host = see(s, { hostname: internalName(s.instance), sysName: s.other.resourceId });
    s.labels.decoy(host, s.instance, 'two different instance ids on one host');
    s.labels.decoy(host, s.other, 'two different instance ids on one host');
  },
  (s) => {
    const elsewhere = s.instance.region === 'ca-central-1' ? 'eu-north-1' : 'ca-central-1';
    const host = see(s, { hostname: internalName(s.instance, elsewhere) });
    s.labels.decoy(host, s.instance, 'the name says another region');
  },
  (s) => {
    const label = `ip-${s.instance.privateAddress?.replaceAll('.', '-')}`;
    const host = see(s, { hostname: `${label}.${s.instance.region}.compute.internal` });
    s.labels.decoy(host, s.instance, 'a name made of a private address is the address again');
  },
  (s) => s.labels.decoy(see(s, {}), s.instance, 'a private address alone identifies nothing'),
];

/** What the tags and the name of the instance itself already decide; false when they decide nothing. */
export function seeByOwnWords(sighting: Sighting): boolean {
  const { instance, labels, facts } = sighting;
  const { 'scanopy:host-id': same, 'scanopy:not-host-id': notSame, 'ip-address': address } = instance.tags ?? {};
  const name = instance.name ?? '';
  if (same !== undefined) labels.link(see(sighting, { id: same, name: 'appliance' }), instance, 'manual');
  else if (notSame !== undefined) {
    const host = see(sighting, { id: notSame, hostname: internalName(instance) });
    labels.decoy(host, instance, 'an operator denied it on the cloud side');
  } else if (address !== undefined && address === instance.privateAddress) {
    const host = see(sighting, {});
    if (facts.isUniqueAddress(address)) labels.link(host, instance, 'operator-ip-tag', 'LOW');
  } else if (name === '') see(sighting, {});
  else if (name === 'web' || !facts.isUniqueName(name)) {
    labels.decoy(see(sighting, { name }), instance, 'a generic or shared name');
  } else return false;
  return true;
}
