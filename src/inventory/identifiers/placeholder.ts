import { canonicalAddress } from '#lib/addresses.ts';
import { parseArn } from './arn.ts';
import { parseAwsId } from './aws-id.ts';
import type { Alias } from './identifier.ts';

/** The target of an edge for which no inventory has a record: a VPC, a subnet, a target group, an address behind a load balancer. */
export interface Placeholder {
  readonly type: 'Placeholder';
  readonly source: string;
  /** Equal for all edges that point at the same thing. */
  readonly id: string;
  readonly kind: string;
  readonly identifier: string;
  readonly aliases: readonly Alias[];
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
