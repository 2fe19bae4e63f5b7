import { canonicalAddress } from '#lib/ip-address.ts';
import { parseArn } from './arn.ts';
import { parseAwsId } from './aws-id.ts';
import type { Alias } from './identifier.ts';

/** Something that edges point at and no inventory lists: a VPC, a subnet, a target group, an address behind a balancer. */
export interface Placeholder {
  readonly type: 'Placeholder';
  readonly source: string;
  /** Equal for every edge that means the same thing. */
  readonly id: string;
  readonly kind: string;
  readonly identifier: string;
  readonly aliases: readonly Alias[];
}

export interface PlaceholderScope {
  readonly source: string;
  readonly accountId: string;
  readonly region: string | null;
  /** VPC of the pointing resource: the scope of a private address. */
  readonly vpcId: string | null;
}

/** ARNs and AWS ids mean one thing everywhere; addresses mean something within a VPC, names within an account and region. */
export function placeholderOf(kind: string, identifier: string, scope: PlaceholderScope): Placeholder {
  const arn = parseArn(identifier);
  const ip = canonicalAddress(identifier);
  const awsId = parseAwsId(identifier);
  const name = arn?.text ?? ip ?? awsId ?? identifier;
  const local =
    ip === null
      ? `${scope.accountId}/${scope.region ?? ''}`
      : (scope.vpcId ?? `${scope.accountId}/${scope.region ?? ''}`);
  const id = arn || awsId !== null ? `${kind}/${name}` : `${kind}/${local}/${name}`;
  const alias: Alias = {
    kind: arn ? 'ARN' : ip !== null ? 'IP' : awsId !== null ? 'AWS_ID' : 'RESOURCE_ID',
    key: name,
  };
  return { type: 'Placeholder', source: scope.source, id, kind, identifier: name, aliases: [alias] };
}
