import type { CertificateNames } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import { canonicalAddress, canonicalMac, identifiesNobody, isSharedMac } from '#lib/addresses.ts';
import { parseAwsHostName } from './aws-host-name.ts';
import { instanceIdsIn } from './aws-id.ts';
import { normalizeCidr } from './cidr.ts';
import { normalizeCertificateName, normalizeFqdn, normalizeShortName, shortNameOf } from './host-name.ts';
import type { Alias } from './identifier.ts';

/** Every name by which a host can be found, some perhaps more than once. Names of its services are not among them. */
export function hostAliases(host: HostModel): Alias[] {
  const aliases: Alias[] = [{ kind: 'ID', key: host.id }];
  for (const { address, macAddress } of host.addresses) addAddress(aliases, address, macAddress);
  for (const { macAddress } of host.interfaces) addMac(aliases, macAddress);
  for (const name of [host.hostname, host.sysName]) if (name) addHostName(aliases, name);
  for (const name of [host.name, host.virtualization?.name]) if (name) addTitle(aliases, name);
  return aliases;
}

function addAddress(aliases: Alias[], address: string, macAddress: string | null): void {
  const ip = canonicalAddress(address);
  if (ip !== null && !identifiesNobody(ip)) aliases.push({ kind: 'IP', key: ip });
  addMac(aliases, macAddress);
}

function addMac(aliases: Alias[], macAddress: string | null): void {
  const mac = macAddress === null ? null : canonicalMac(macAddress);
  if (mac !== null && !isSharedMac(mac)) aliases.push({ kind: 'MAC', key: mac });
}

function addHostName(aliases: Alias[], name: string): void {
  aliases.push({ kind: 'HOSTNAME', key: normalizeFqdn(name) ?? name.toLowerCase() });
  addTitle(aliases, name);
}

function addTitle(aliases: Alias[], name: string): void {
  const aws = parseAwsHostName(name);
  if (aws?.form === 'PRIVATE_IP' || aws?.form === 'PUBLIC_IP') aliases.push({ kind: 'IP', key: aws.ip });
  for (const key of instanceIdsIn(name)) aliases.push({ kind: 'AWS_ID', key });
  if (canonicalAddress(name) === null) aliases.push({ kind: 'NAME', key: shortNameOf(name) });
}

export function serviceAliases(service: ServiceModel): Alias[] {
  const names = [service.name, service.virtualization?.name].filter((name) => name !== null && name !== undefined);
  return [
    { kind: 'ID', key: service.id },
    ...names.filter((name) => name !== '').map((name): Alias => ({ kind: 'NAME', key: normalizeShortName(name) })),
  ];
}

export function subnetAliases(subnet: SubnetModel): Alias[] {
  const cidr = normalizeCidr(subnet.cidr);
  return [...titleAliases(subnet), ...(cidr === null ? [] : [{ kind: 'CIDR', key: cidr } as const])];
}

export const accountAliases = (account: CloudAccountModel): Alias[] => [
  ...titleAliases(account),
  { kind: 'ACCOUNT_NUMBER', key: account.awsAccountNumber },
];

/** A wildcard is stored as it is. It is found because a full name is also looked up as the wildcard that covers it. */
export const certificateAliases = ({ id, primaryDomain, altNames }: CertificateNames): Alias[] => [
  { kind: 'ID', key: id },
  ...[primaryDomain, ...altNames].flatMap((name): Alias[] =>
    name ? [{ kind: 'DOMAIN', key: normalizeCertificateName(name) ?? name.toLowerCase() }] : [],
  ),
];

export const titleAliases = ({ id, name }: { readonly id: string; readonly name: string }): Alias[] => [
  { kind: 'ID', key: id },
  ...(name === '' ? [] : [{ kind: 'NAME', key: normalizeShortName(name) } as const]),
];
