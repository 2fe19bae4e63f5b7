import type { ResourceModel } from '#entities/resource/model.ts';
import { canonicalAddress } from '#lib/addresses.ts';
import { type Arn, lastSegment, parseArn, resourceTail } from './arn.ts';
import { parseAwsId } from './aws-id.ts';
import { normalizeCertificateName, normalizeShortName } from './host-name.ts';
import type { Alias, AliasKind } from './identifier.ts';

type AliasSource = Pick<ResourceModel, 'id' | 'resourceId' | 'service' | 'name' | 'tags'>;

/** Every name by which a cloud resource can be found, some perhaps more than once. */
export function resourceAliases(resource: AliasSource): Alias[] {
  const { id, resourceId, name } = resource;
  const aliases: Alias[] = [{ kind: 'ID', key: id }];
  const arn = parseArn(resourceId);
  if (arn) addArnAliases(aliases, resource.service, arn);
  else addBareAliases(aliases, resource.service, resourceId);
  if (name) addNameAliases(aliases, resource.service, name);
  for (const { value } of resource.tags) {
    const ip = mayBeIp(value) ? canonicalAddress(value.trim()) : null;
    if (ip !== null) aliases.push({ kind: 'IP', key: ip });
  }
  return aliases;
}

const mayBeIp = (value: string): boolean => value.length < 46 && (value.includes('.') || value.includes(':'));

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
