import { canonicalAddress, canonicalMac } from '#lib/addresses.ts';
import { instanceIdsIn, lastSegment, parseArn, parseAwsId, resourceTail, resourceType } from './aws-identifiers.ts';
import { normalizeCidr } from './cidr.ts';
import {
  type AwsHostName,
  normalizeCertificateName,
  normalizeFqdn,
  normalizeShortName,
  parseAwsHostName,
  wildcardOf,
} from './host-name.ts';
import type { Alias } from './identifier.ts';

/** One meaning of a text. Account and region are given when the text contains them, as an ARN does; only records there are meant then. */
export interface Interpretation extends Alias {
  readonly region?: string;
  /** Twelve digits. */
  readonly accountNumber?: string;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const LONGEST_TEXT = 2048;

/**
 * Every possible meaning of a text, most specific first: id, ARN, AWS id, address, MAC address, range, AWS host name, domain, name.
 * Empty for a blank or overlong text. Never throws.
 */
export function parseIdentifier(text: string): readonly Interpretation[] {
  const term = text.trim();
  if (term === '' || term.length > LONGEST_TEXT) return [];
  const meanings = [...exactMeanings(term), ...addressMeanings(term), ...nameMeanings(term)];
  return meanings.filter(
    (one, index) => meanings.findIndex(({ kind, key }) => kind === one.kind && key === one.key) === index,
  );
}

function exactMeanings(term: string): Interpretation[] {
  const meanings: Interpretation[] = [];
  if (UUID.test(term))
    meanings.push({ kind: 'ID', key: term.toLowerCase() }, { kind: 'KEY_ID', key: term.toLowerCase() });
  meanings.push(...arnMeanings(term));
  const awsId = parseAwsId(term);
  if (awsId !== null) meanings.push({ kind: 'AWS_ID', key: awsId });
  if (/^\d{12}$/.test(term)) meanings.push({ kind: 'ACCOUNT_NUMBER', key: term });
  if (/^(?:app|net|gwy)\/[^/]+\/[0-9a-f]{16}$/.test(term)) meanings.push({ kind: 'BALANCER_SUFFIX', key: term });
  meanings.push({ kind: 'ID', key: term }, { kind: 'RESOURCE_ID', key: term });
  return meanings;
}

/** ScanOrbit stores either the whole ARN of a resource or only its short id. The short id is looked up in the ARN's account and region. */
function arnMeanings(term: string): Interpretation[] {
  const arn = parseArn(term);
  if (!arn) return [];
  const scope = { ...(arn.region && { region: arn.region }), ...(arn.account && { accountNumber: arn.account }) };
  const tail = resourceTail(arn);
  const meanings: Interpretation[] = [{ kind: 'ARN', key: arn.text }];
  const awsId = parseAwsId(lastSegment(tail));
  if (arn.service === 'ec2' && awsId !== null) meanings.push({ kind: 'AWS_ID', key: awsId, ...scope });
  if (arn.service === 'rds' && resourceType(arn) === 'db')
    meanings.push({ kind: 'DATABASE', key: tail.toLowerCase(), ...scope });
  if (arn.service === 'rds' && resourceType(arn) === 'snapshot')
    meanings.push({ kind: 'RESOURCE_ID', key: tail, ...scope });
  if (arn.service === 's3') meanings.push({ kind: 'BUCKET', key: arn.resource.split('/', 1)[0] ?? '', ...scope });
  return meanings;
}

function addressMeanings(term: string): Interpretation[] {
  const meanings: Interpretation[] = [];
  const ip = canonicalAddress(term);
  if (ip !== null) meanings.push({ kind: 'IP', key: ip });
  const mac = canonicalMac(term);
  if (mac !== null) meanings.push({ kind: 'MAC', key: mac });
  const cidr = normalizeCidr(term);
  if (cidr !== null) meanings.push({ kind: 'CIDR', key: cidr });
  return meanings;
}

function nameMeanings(term: string): Interpretation[] {
  const meanings = [...hostNameMeanings(term), ...domainMeanings(term)];
  const name = normalizeShortName(term);
  meanings.push(
    { kind: 'DATABASE', key: term.toLowerCase() },
    { kind: 'FUNCTION', key: term },
    { kind: 'BUCKET', key: term.toLowerCase() },
    { kind: 'ROLE', key: term },
    { kind: 'BALANCER_NAME', key: name },
    { kind: 'NAME', key: name },
  );
  return meanings;
}

/** A full name is a host name and a domain, and is also covered by the wildcard one level up. */
function domainMeanings(term: string): Interpretation[] {
  const fqdn = normalizeFqdn(term);
  if (fqdn !== null)
    return [
      { kind: 'HOSTNAME', key: fqdn },
      { kind: 'DOMAIN', key: fqdn },
      { kind: 'DOMAIN', key: wildcardOf(fqdn) },
    ];
  const wildcard = normalizeCertificateName(term);
  return [
    { kind: 'HOSTNAME', key: term.toLowerCase() },
    ...(wildcard === null ? [] : [{ kind: 'DOMAIN', key: wildcard } as const]),
  ];
}

function hostNameMeanings(term: string): Interpretation[] {
  const aws = parseAwsHostName(term);
  const ids = instanceIdsIn(term).map((key): Interpretation => ({ kind: 'AWS_ID', key }));
  return aws ? [...meaningsOfAwsName(aws), ...ids] : ids;
}

function meaningsOfAwsName(aws: AwsHostName): Interpretation[] {
  const scope = aws.region === null ? {} : { region: aws.region };
  switch (aws.form) {
    case 'PRIVATE_IP':
    case 'PUBLIC_IP':
      return [{ kind: 'IP', key: aws.ip }];
    case 'INSTANCE':
      return [{ kind: 'AWS_ID', key: aws.instanceId, ...scope }];
    case 'DATABASE':
      return [{ kind: 'DATABASE', key: aws.identifier, ...scope }];
    case 'NETWORK_BALANCER':
      return [{ kind: 'BALANCER_ID', key: aws.id, ...scope }];
    case 'APPLICATION_BALANCER':
      return [{ kind: 'BALANCER_NAME', key: aws.name, ...scope }];
    case 'BUCKET':
      return [{ kind: 'BUCKET', key: aws.bucket }];
  }
}
