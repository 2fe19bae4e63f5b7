import { canonicalAddress } from '#lib/addresses.ts';
import type { EdgeFacts, ResourceFacts } from '../facts.ts';
import { parseAwsId } from '../identifiers/aws-identifiers.ts';
import { distinct } from './group-by.ts';

/** The facts about a resource that rules compare. */
export interface CloudFacts {
  /** A later reading may take its place that differs in nothing but when it was last seen. */
  row: ResourceFacts;
  /** Its VPC as its edges report it; null when none does. */
  readonly vpcId: string | null;
  /** Of a load balancer: the addresses registered with it. */
  readonly targetIps: readonly string[];
  /** Of a NAT gateway: the Elastic IPs that it uses, as `addressKey` names them. */
  readonly natAddresses: readonly string[];
}

const NONE: readonly never[] = [];

export const cloudFactsOf = (row: ResourceFacts, edges: readonly Pick<EdgeFacts, 'target'>[]): CloudFacts => ({
  row,
  vpcId: vpcIn(edges),
  targetIps: row.service === 'alb' ? distinct(targetsOf(edges, 'ec2').flatMap(canonical)) : NONE,
  natAddresses:
    row.service === 'nat_gateway'
      ? distinct(targetsOf(edges, 'eip').map((name) => addressKey(row.source, name)))
      : NONE,
});

/**
 * A resource lies in one VPC, but may have edges to several: ScanOrbit keeps edges that no longer hold. Taking the smaller id makes
 * the choice independent of the order of the edges.
 */
const vpcIn = (edges: readonly Pick<EdgeFacts, 'target'>[]): string | null => {
  let least: string | null = null;
  for (const { target } of edges)
    if (target.kind === 'vpc' && (least === null || target.identifier < least)) least = target.identifier;
  return least;
};

const targetsOf = (edges: readonly Pick<EdgeFacts, 'target'>[], kind: string): readonly string[] =>
  edges.flatMap(({ target }) => (target.kind === kind ? [target.identifier] : []));

const canonical = (text: string): string | readonly string[] => canonicalAddress(text) ?? NONE;

/** An AWS id in lower case; identifiers that are not AWS ids are keys as they are. */
export const identifierKey = (identifier: string): string => parseAwsId(identifier) ?? identifier;

/** Of an Elastic IP, by its identifier. */
export const addressKey = (source: string, identifier: string): string => `${source} ${identifierKey(identifier)}`;
