import { refOf } from '#lib/record-ref.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { NetworkMapping } from './correlation.ts';
import type { CorrelationConfig } from './correlation-input.ts';
import { bySourceAndId } from './group-by.ts';
import type { HostFacts } from './host-facts.ts';

/** Whether a host's network belongs to the VPC of a resource: only then do equal private addresses mean the same machine. */
type ScopeVerdict = 'IN' | 'OUT' | 'UNKNOWN';

/** What rules read besides what shares a key. */
export interface Scope {
  isMapped(facts: HostFacts): boolean;
  /** Whether any network belongs to the VPC. */
  isVpcMapped(vpcId: string): boolean;
  verdict(facts: HostFacts, resource: CloudFacts): ScopeVerdict;
  /** Whether a NAT gateway uses the Elastic IP. */
  isOfNat(elasticIp: CloudFacts): boolean;
}

export function createScope(mappings: readonly NetworkMapping[], isOfNat: Scope['isOfNat']): Scope {
  const vpcsOf = new Map(mappings.map((mapping) => [networkKey(mapping), new Set(mapping.vpcIds)]));
  const mappedVpcs = new Set(mappings.flatMap(({ vpcIds }) => vpcIds));
  const vpcsOfHost = ({ host }: HostFacts) => vpcsOf.get(networkKey(host));
  return {
    isMapped: (facts) => vpcsOfHost(facts) !== undefined,
    isVpcMapped: (vpcId) => mappedVpcs.has(vpcId),
    verdict(facts, { vpcId }) {
      const vpcs = vpcsOfHost(facts);
      if (!vpcs || vpcId === null) return 'UNKNOWN';
      return vpcs.has(vpcId) ? 'IN' : 'OUT';
    },
    isOfNat,
  };
}

export const networkKey = ({ source, networkId }: Pick<HostFacts['host'], 'source' | 'networkId'>): string =>
  `${source} ${networkId}`;

/** A link that is sure enough to learn from it. */
export interface Anchor {
  readonly facts: HostFacts;
  readonly resource: CloudFacts;
}

const ENOUGH_ANCHORS = 2;

/**
 * Which VPC each network belongs to. A configured mapping is taken as it is. Otherwise the mapping is learned from the anchor
 * links: at least two of a network's hosts must be linked with instances, and all those instances must lie in one VPC. If a single
 * one lies in another VPC, the network gets no mapping.
 * @param networks a host of each, by {@link networkKey}
 */
export function mappingsOf(
  networks: ReadonlyMap<string, HostFacts>,
  anchors: Iterable<Anchor>,
  { vpcsOfNetwork }: CorrelationConfig,
): readonly NetworkMapping[] {
  const inVpc = [...anchors].filter(({ resource }) => resource.row.service === 'ec2' && resource.vpcId !== null);
  const learnedOf = Map.groupBy(inVpc.sort(byEnds), ({ facts }) => networkKey(facts.host));
  return [...networks.keys()].sort().flatMap((key): NetworkMapping[] => {
    const { source = '', networkId = '' } = networks.get(key)?.host ?? {};
    const configured = Object.hasOwn(vpcsOfNetwork, networkId) ? vpcsOfNetwork[networkId] : undefined;
    if (configured) return [{ source, networkId, vpcIds: configured, anchors: [] }];
    const learned = learnedOf.get(key) ?? [];
    const vpcIds = [...new Set(learned.map(({ resource }) => resource.vpcId ?? ''))];
    return vpcIds.length === 1 && learned.length >= ENOUGH_ANCHORS
      ? [{ source, networkId, vpcIds, anchors: learned.map(({ facts }) => refOf(facts.host)) }]
      : [];
  });
}

const byEnds = (a: Anchor, b: Anchor): number =>
  bySourceAndId(a.facts.host, b.facts.host) || bySourceAndId(a.resource.row, b.resource.row);
