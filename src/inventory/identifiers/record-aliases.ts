import type { CertificateNames } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import { canonicalAddress, canonicalMac, identifiesNobody, isSharedMac } from '#lib/addresses.ts';
import type { MachineFacts, ResourceFacts, ServiceFacts } from '../facts.ts';
import { type Arn, instanceIdsIn, lastSegment, parseArn, parseAwsId, resourceTail } from './aws-identifiers.ts';
import { normalizeCidr } from './cidr.ts';
import {
  normalizeCertificateName,
  normalizeFqdn,
  normalizeShortName,
  parseAwsHostName,
  shortNameOf,
} from './host-name.ts';
import type { Alias, AliasKind } from './identifier.ts';

type AliasSource = Pick<ResourceFacts, 'id' | 'resourceId' | 'service' | 'name' | 'tags'>;

/** Every name by which a cloud resource can be found, some perhaps more than once. */
export function resourceAliases(resource: AliasSource): Alias[] {
  const { id, resourceId, name } = resource;
  const aliases: Alias[] = [{ kind: 'ID', key: id }];
  const arn = parseArn(resourceId);
  if (arn) addArnAliases(aliases, resource.service, arn);
  else addBareAliases(aliases, resource.service, resourceId);
  if (name) addNameAliases(aliases, resource.service, name);
  for (const { value } of resource.tags) {
    const ip = mayBeAddress(value) ? canonicalAddress(value.trim()) : null;
    if (ip !== null) aliases.push({ kind: 'IP', key: ip });
  }
  return aliases;
}

export const mayBeAddress = (value: string): boolean =>
  value.length < 46 && (value.includes('.') || value.includes(':'));

function addArnAliases(aliases: Alias[], service: string, arn: Arn): void {
  const tail = resourceTail(arn);
  const add = (kind: AliasKind, key: string) => aliases.push({ kind, key });
  add('ARN', arn.text);
  const awsId = arn.service === 'ec2' ? parseAwsId(lastSegment(tail)) : null;
  if (awsId !== null) add('AWS_ID', awsId);
  if (arn.service === 'elasticloadbalancing') addBalancerAliases(add, tail);
  if (service === 'lambda') add('FUNCTION', tail);
  if (service === 'rds') add('DATABASE', tail.toLowerCase());
  if (service === 's3') add('BUCKET', arn.resource.toLowerCase());
  if (service === 'kms_key' || service === 'kms') add('KEY_ID', tail.toLowerCase());
  if (service === 'iam_role' || service === 'iam') {
    add('ROLE', lastSegment(tail));
    if (tail.includes('/')) add('ROLE', tail);
  }
}

function addBalancerAliases(add: (kind: AliasKind, key: string) => void, tail: string): void {
  const [, name, id] = tail.split('/');
  add('BALANCER_SUFFIX', tail);
  if (id) add('BALANCER_ID', id);
  add('BALANCER_NAME', (name ?? tail).toLowerCase());
}

function addBareAliases(aliases: Alias[], service: string, resourceId: string): void {
  const awsId = parseAwsId(resourceId);
  if (awsId !== null) aliases.push({ kind: 'AWS_ID', key: awsId });
  else aliases.push({ kind: 'RESOURCE_ID', key: resourceId });
  if (service === 'rds') aliases.push({ kind: 'DATABASE', key: resourceId.toLowerCase() });
  if (service === 's3') aliases.push({ kind: 'BUCKET', key: resourceId.toLowerCase() });
  if (service === 'kms_key' || service === 'kms') aliases.push({ kind: 'KEY_ID', key: resourceId.toLowerCase() });
  if (service === 'lambda') aliases.push({ kind: 'FUNCTION', key: resourceId });
}

function addNameAliases(aliases: Alias[], service: string, name: string): void {
  const ip = service === 'eip' ? canonicalAddress(name) : null;
  if (ip !== null) {
    aliases.push({ kind: 'IP', key: ip });
    return;
  }
  const domain = normalizeCertificateName(name);
  if (domain !== null) aliases.push({ kind: 'DOMAIN', key: domain });
  aliases.push({ kind: 'NAME', key: normalizeShortName(name) });
}

/** Every name by which a host can be found, some perhaps more than once. Names of its services are not among them. */
export function hostAliases(host: MachineFacts): Alias[] {
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

export function serviceAliases(service: ServiceFacts): Alias[] {
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
