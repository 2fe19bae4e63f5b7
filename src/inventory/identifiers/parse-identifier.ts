import { canonicalAddress } from '#lib/ip-address.ts';
import { canonicalMac } from '#lib/mac-address.ts';
import { lastSegment, parseArn, resourceTail, resourceType } from './arn.ts';
import { type AwsHostName, parseAwsHostName } from './aws-host-name.ts';
import { instanceIdsIn, parseAwsId } from './aws-id.ts';
import { normalizeCidr } from './cidr.ts';
import { normalizeCertificateName, normalizeFqdn, normalizeShortName, wildcardOf } from './host-name.ts';
import type { Alias } from './identifier.ts';

/** An alias that a text may mean; account and region narrow it when the text itself says them. */
export interface Interpretation extends Alias {
  readonly region?: string;
  /** Twelve digits. */
  readonly accountNumber?: string;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const LONGEST_TEXT = 2048;

/**
 * Every reading of a text, most specific first: id, ARN, AWS id, address, MAC, range, AWS host name, domain, name.
 * Empty for blank or overlong text; never fails.
 */
export function parseIdentifier(text: string): readonly Interpretation[] {
  const term = text.trim();
  if (term === '' || term.length > LONGEST_TEXT) return [];
  const readings = [...exactReadings(term), ...addressReadings(term), ...nameReadings(term)];
  return readings.filter(
    (one, index) => readings.findIndex(({ kind, key }) => kind === one.kind && key === one.key) === index,
  );
}

function exactReadings(term: string): Interpretation[] {
  const readings: Interpretation[] = [];
  if (UUID.test(term))
    readings.push({ kind: 'ID', key: term.toLowerCase() }, { kind: 'KEY_ID', key: term.toLowerCase() });
  readings.push(...arnReadings(term));
  const awsId = parseAwsId(term);
  if (awsId !== null) readings.push({ kind: 'AWS_ID', key: awsId });
  if (/^\d{12}$/.test(term)) readings.push({ kind: 'ACCOUNT_NUMBER', key: term });
  if (/^(?:app|net|gwy)\/[^/]+\/[0-9a-f]{16}$/.test(term)) readings.push({ kind: 'BALANCER_SUFFIX', key: term });
  readings.push({ kind: 'ID', key: term }, { kind: 'RESOURCE_ID', key: term });
  return readings;
}

/** An ARN names a row that stores it whole, and a row that stores only its short id in that account and region. */
function arnReadings(term: string): Interpretation[] {
  const arn = parseArn(term);
  if (!arn) return [];
  const scope = { ...(arn.region && { region: arn.region }), ...(arn.account && { accountNumber: arn.account }) };
  const tail = resourceTail(arn);
  const readings: Interpretation[] = [{ kind: 'ARN', key: arn.text }];
  const awsId = parseAwsId(lastSegment(tail));
  if (arn.service === 'ec2' && awsId !== null) readings.push({ kind: 'AWS_ID', key: awsId, ...scope });
  if (arn.service === 'rds' && resourceType(arn) === 'db')
    readings.push({ kind: 'DATABASE', key: tail.toLowerCase(), ...scope });
  if (arn.service === 'rds' && resourceType(arn) === 'snapshot')
    readings.push({ kind: 'RESOURCE_ID', key: tail, ...scope });
  if (arn.service === 's3') readings.push({ kind: 'BUCKET', key: arn.resource.split('/', 1)[0] ?? '', ...scope });
  return readings;
}

function addressReadings(term: string): Interpretation[] {
  const readings: Interpretation[] = [];
  const ip = canonicalAddress(term);
  if (ip !== null) readings.push({ kind: 'IP', key: ip });
  const mac = canonicalMac(term);
  if (mac !== null) readings.push({ kind: 'MAC', key: mac });
  const cidr = normalizeCidr(term);
  if (cidr !== null) readings.push({ kind: 'CIDR', key: cidr });
  return readings;
}

function nameReadings(term: string): Interpretation[] {
  const readings = [...hostNameReadings(term), ...domainReadings(term)];
  const name = normalizeShortName(term);
  readings.push(
    { kind: 'DATABASE', key: term.toLowerCase() },
    { kind: 'FUNCTION', key: term },
    { kind: 'BUCKET', key: term.toLowerCase() },
    { kind: 'ROLE', key: term },
    { kind: 'BALANCER_NAME', key: name },
    { kind: 'NAME', key: name },
  );
  return readings;
}

/** A full name is a domain's, and what the wildcard of its parent covers. */
function domainReadings(term: string): Interpretation[] {
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

function hostNameReadings(term: string): Interpretation[] {
  const aws = parseAwsHostName(term);
  const ids = instanceIdsIn(term).map((key): Interpretation => ({ kind: 'AWS_ID', key }));
  return aws ? [...readingsOfAwsName(aws), ...ids] : ids;
}

function readingsOfAwsName(aws: AwsHostName): Interpretation[] {
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
