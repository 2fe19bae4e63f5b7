import type { Confidence, DependencyTargetModel } from '#entities/dependency/model.ts';
import { canonicalAddress } from '#lib/addresses.ts';
import type { NamedFacts, ResourceFacts } from '../facts.ts';
import { lastSegment, parseArn, parseAwsId, resourceTail, resourceType } from './aws-identifiers.ts';
import type { Alias, AliasKind } from './identifier.ts';

/** Finds the resources with an alias. */
export interface ResourceNames {
  ownersOf(kind: AliasKind, key: string): readonly NamedFacts[];
}

export interface ResolvedTarget {
  readonly resource: ResourceFacts;
  /** MEDIUM where only a name identifies the target. */
  readonly confidence: Confidence;
}

/** The resource at which an edge starts. Identifiers repeat between accounts and regions, and the nearest resource is meant. */
export type TargetOrigin = Pick<ResourceFacts, 'source' | 'accountId' | 'region'>;

/**
 * The resource that an edge points at: in the same account and region, else in the same account, else the only one in the source.
 * Null when there is none or when several are equally near; callers then use a placeholder.
 */
export function resolveTarget(
  index: ResourceNames,
  from: TargetOrigin,
  target: DependencyTargetModel,
): ResolvedTarget | null {
  for (const { alias, confidence } of aliasesOfTarget(target)) {
    const rows = index.ownersOf(alias.kind, alias.key).filter((owner) => owner.type === 'Resource');
    const resource = nearest(rows, from, alias.kind === 'ROLE');
    if (resource) return { resource, confidence };
  }
  return null;
}

function nearest(rows: readonly ResourceFacts[], from: TargetOrigin, ownAccountOnly: boolean): ResourceFacts | null {
  const here = rows.filter(({ source }) => source === from.source);
  const account = here.filter(({ accountId }) => accountId === from.accountId);
  const region = account.filter((row) => row.region === from.region);
  for (const near of ownAccountOnly ? [region, account] : [region, account, here]) {
    if (near.length > 0) return near.length === 1 ? (near[0] ?? null) : null;
  }
  return null;
}

interface TargetAlias {
  readonly alias: Alias;
  readonly confidence: Confidence;
}

const certain = (kind: Alias['kind'], key: string): TargetAlias => ({ alias: { kind, key }, confidence: 'CERTAIN' });

/** The aliases that a target may have. An ARN or an AWS id is enough; for any other name the target's kind decides what is meant. */
function aliasesOfTarget({ kind, identifier }: DependencyTargetModel): readonly TargetAlias[] {
  const arn = parseArn(identifier);
  if (arn && resourceType(arn) === 'instance-profile') {
    return [{ alias: { kind: 'ROLE', key: lastSegment(resourceTail(arn)) }, confidence: 'MEDIUM' }];
  }
  if (arn) return [certain('ARN', arn.text), ...shortForms(arn.service, resourceType(arn), resourceTail(arn))];
  const awsId = parseAwsId(identifier);
  if (awsId !== null) return [certain('AWS_ID', awsId)];
  return canonicalAddress(identifier) === null ? namedTarget(kind, identifier) : [];
}

function shortForms(service: string, type: string, tail: string): TargetAlias[] {
  const awsId = service === 'ec2' ? parseAwsId(lastSegment(tail)) : null;
  if (awsId !== null) return [certain('AWS_ID', awsId)];
  if (service === 's3') return [certain('BUCKET', tail.toLowerCase())];
  return service === 'rds' && type === 'db' ? [certain('DATABASE', tail.toLowerCase())] : [];
}

function namedTarget(kind: string, identifier: string): TargetAlias[] {
  switch (kind) {
    case 'lambda':
      return [certain('FUNCTION', identifier)];
    case 'alb':
      return [certain('BALANCER_SUFFIX', identifier), certain('BALANCER_NAME', identifier.toLowerCase())];
    case 'kms':
    case 'kms_key':
      return identifier.startsWith('alias/') ? [] : [certain('KEY_ID', identifier.toLowerCase())];
    case 'iam':
    case 'iam_role':
      return [certain('ROLE', identifier)];
    case 's3':
      return [certain('BUCKET', identifier.toLowerCase())];
    case 'rds':
      return [certain('DATABASE', identifier.toLowerCase())];
    default:
      return [certain('RESOURCE_ID', identifier)];
  }
}

/** The target of an edge for which no inventory has a record: a VPC, a subnet, a target group, an address behind a load balancer. */
export interface Placeholder {
  readonly type: 'Placeholder';
  readonly source: string;
  /** Equal for all edges that point at the same thing. */
  readonly id: string;
  readonly kind: string;
  readonly identifier: string;
}

export interface PlaceholderScope {
  readonly source: string;
  readonly accountId: string;
  readonly region: string | null;
  /** The VPC of the resource that the edge starts at. A private address is unique only within it. */
  readonly vpcId: string | null;
}

/** ARNs and AWS ids are unique everywhere, addresses within a VPC, and names within an account and region. The id contains that scope. */
export function placeholderOf(kind: string, identifier: string, scope: PlaceholderScope): Placeholder {
  const arn = parseArn(identifier);
  const ip = canonicalAddress(identifier);
  const awsId = parseAwsId(identifier);
  const name = arn?.text ?? ip ?? awsId ?? identifier;
  const region = `${scope.accountId}/${scope.region ?? ''}`;
  const local = ip === null ? region : (scope.vpcId ?? region);
  const id = arn || awsId !== null ? `${kind}/${name}` : `${kind}/${local}/${name}`;
  return { type: 'Placeholder', source: scope.source, id, kind, identifier: name };
}
