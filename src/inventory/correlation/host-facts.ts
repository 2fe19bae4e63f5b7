import type { DiscoveryModel } from '#entities/discovery/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import {
  canonicalAddress,
  canonicalMac,
  identifiesNobody,
  isLocallyAdministered,
  isSharedMac,
} from '#lib/addresses.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import type { MachineFacts } from '../facts.ts';
import { instanceIdsIn } from '../identifiers/aws-identifiers.ts';
import { isFirstHost } from '../identifiers/cidr.ts';
import {
  type AwsHostName,
  normalizeFqdn,
  normalizeShortName,
  parseAwsHostName,
  shortNameOf,
} from '../identifiers/host-name.ts';
import type { NetworkRecords } from './correlation-input.ts';
import { distinct } from './group-by.ts';

/** The facts about a host that rules compare, read and normalised once. */
export interface HostFacts {
  readonly host: MachineFacts;
  /** Names of tags that exist. */
  readonly tags: readonly string[];
  readonly instanceIds: readonly string[];
  readonly awsNames: readonly AwsHostName[];
  readonly regions: ReadonlySet<string>;
  readonly fqdns: readonly string[];
  /** Short names that are neither an address nor the name of a product that runs on the host. */
  readonly shortNames: readonly string[];
  /**
   * Addresses that identify the host: not loopback or link-local, not in a subnet of containers, not the address of the router or
   * of a virtual router, and not found at another host of the same network.
   */
  readonly ips: readonly string[];
  /** Its other addresses. */
  readonly excludedIps: readonly string[];
  /** Of `ips` and `excludedIps`, and of its names that are public addresses. */
  readonly publicAddresses: readonly { readonly ip: string; readonly isUsable: boolean }[];
  /** Full names of its own and of its services. */
  readonly servedNames: ReadonlySet<string>;
  /** A service of it is a database product on that product's port. */
  readonly runsDatabase: boolean;
  /** All its MAC addresses were assigned by a hardware maker, which is never so for an EC2 instance. */
  readonly hardwareMacsOnly: boolean;
  /** When it was last seen, in milliseconds since the epoch; null when that is not known. */
  readonly seenAt: number | null;
}

const CONTAINER_SUBNETS = new Set(['DockerBridge', 'PodmanBridge', 'MacVlan', 'IpVlan', 'Loopback']);

const known = new WeakMap<NetworkRecords['hosts'], readonly HostFacts[]>();

/** Read once for each reading of a network source: only the cloud side may have changed since. */
export const hostFactsOf = (snapshot: NetworkRecords): readonly HostFacts[] =>
  getOrMake(known, snapshot.hosts, () => readFacts(snapshot));

function readFacts(snapshot: NetworkRecords): readonly HostFacts[] {
  const subnets = new Map(snapshot.subnets.map((subnet) => [subnet.id, subnet]));
  const tagNames = new Map(snapshot.tags.map(({ id, name }) => [id, name]));
  const holders = holdersByAddress(snapshot.hosts, subnets);
  const runs = lastRunByNetwork(snapshot.discoveries);
  return snapshot.hosts.map((host) => {
    const names = [host.hostname, host.sysName, host.name, host.virtualization?.name].flatMap((name) => name || []);
    const awsNames = names.flatMap((name) => parseAwsHostName(name) ?? []);
    const ips = distinct(host.addresses.flatMap(({ address }) => canonicalAddress(address) ?? []));
    const usable = new Set(usableIps(host, subnets, holders));
    const [usableOnes, excludedIps] = [ips.filter((ip) => usable.has(ip)), ips.filter((ip) => !usable.has(ip))];
    const fqdns = distinct(
      [host.hostname, host.sysName, host.name].flatMap((name) => (name && normalizeFqdn(name)) || []),
    );
    return {
      host,
      tags: host.tagIds.flatMap((id) => tagNames.get(id) ?? []),
      instanceIds: distinct(names.flatMap(instanceIdsIn)),
      awsNames,
      regions: new Set(awsNames.flatMap(({ region }) => region ?? [])),
      fqdns,
      shortNames: shortNamesOf(host, names),
      ips: usableOnes,
      excludedIps,
      publicAddresses: publicAddresses(usableOnes, excludedIps, awsNames),
      servedNames: new Set([...fqdns, ...host.services.flatMap(({ name }) => normalizeFqdn(name) ?? [])]),
      runsDatabase: runsDatabase(host),
      hardwareMacsOnly: hasHardwareMacsOnly(host),
      seenAt: timeOf(host.lastSeenAt) ?? latest(timeOf(host.updatedAt), runs.get(host.networkId) ?? null),
    };
  });
}

function shortNamesOf(host: MachineFacts, names: readonly string[]): string[] {
  const products = new Set(host.services.map(({ definition }) => normalizeShortName(definition)));
  return distinct(
    names.filter((name) => canonicalAddress(name) === null && parseAwsHostName(name) === null).map(shortNameOf),
  ).filter((name) => name !== '' && !products.has(name));
}

/** By network and address: the ids of the hosts that have it. */
type Holders = ReadonlyMap<string, ReadonlySet<string>>;

const keyOf = (networkId: string, ip: string): string => `${networkId} ${ip}`;

function holdersByAddress(hosts: readonly MachineFacts[], subnets: ReadonlyMap<string, SubnetModel>): Holders {
  const holders = new Map<string, Set<string>>();
  for (const host of hosts) {
    for (const { address, subnetId } of host.addresses) {
      const ip = canonicalAddress(address);
      if (ip === null || CONTAINER_SUBNETS.has(subnets.get(subnetId)?.subnetType ?? '')) continue;
      const key = keyOf(host.networkId, ip);
      holders.set(key, (holders.get(key) ?? new Set()).add(host.id));
    }
  }
  return holders;
}

function usableIps(host: MachineFacts, subnets: ReadonlyMap<string, SubnetModel>, holders: Holders): string[] {
  return host.addresses.flatMap(({ address, subnetId, macAddress }) => {
    const ip = canonicalAddress(address);
    const subnet = subnets.get(subnetId);
    const mac = macAddress === null ? null : canonicalMac(macAddress);
    if (ip === null || identifiesNobody(ip) || CONTAINER_SUBNETS.has(subnet?.subnetType ?? '')) return [];
    if ((mac !== null && isSharedMac(mac)) || (subnet && isFirstHost(ip, subnet.cidr))) return [];
    return (holders.get(keyOf(host.networkId, ip))?.size ?? 0) > 1 ? [] : [ip];
  });
}

function hasHardwareMacsOnly(host: MachineFacts): boolean {
  const macs = [...host.addresses, ...host.interfaces].flatMap(
    ({ macAddress }) => (macAddress && canonicalMac(macAddress)) || [],
  );
  return macs.length > 0 && macs.every((mac) => !isSharedMac(mac) && !isLocallyAdministered(mac));
}

function publicAddresses(
  ips: readonly string[],
  excludedIps: readonly string[],
  awsNames: readonly AwsHostName[],
): HostFacts['publicAddresses'] {
  const named = awsNames.flatMap((name) => (name.form === 'PUBLIC_IP' ? [name.ip] : []));
  const usable = new Set([...ips, ...named.filter((ip) => !excludedIps.includes(ip))]);
  return [...[...usable].map((ip) => ({ ip, isUsable: true })), ...excludedIps.map((ip) => ({ ip, isUsable: false }))];
}

const PRODUCTS: readonly (readonly [RegExp, number])[] = [
  [/postgres/i, 5432],
  [/mysql|mariadb|aurora/i, 3306],
  [/oracle/i, 1521],
  [/sql ?server|mssql/i, 1433],
];

function runsDatabase({ ports, services }: MachineFacts): boolean {
  const numbers = new Map(ports.map(({ id, number }) => [id, number]));
  return services.some(({ definition, bindings }) => {
    const product = PRODUCTS.find(([name]) => name.test(definition));
    return (
      product !== undefined && bindings.some(({ portId }) => portId !== null && numbers.get(portId) === product[1])
    );
  });
}

/** When the last complete discovery of each network ended: it has seen every host that the network then had. */
function lastRunByNetwork(discoveries: readonly DiscoveryModel[]): ReadonlyMap<string, number> {
  const runs = new Map<string, number>();
  for (const { networkId, session } of discoveries) {
    if (session?.phase !== 'Complete') continue;
    const finishedAt = timeOf(session.finishedAt);
    if (finishedAt !== null) runs.set(networkId, Math.max(runs.get(networkId) ?? 0, finishedAt));
  }
  return runs;
}

export function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

const latest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);
