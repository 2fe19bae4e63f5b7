import { refOf } from '#lib/record-ref.ts';
import type { ResourceFacts } from '../facts.ts';
import type { NetworkMapping } from './correlation.ts';
import type { CorrelationIndex } from './correlation-index.ts';
import type { HostFacts } from './host-facts.ts';

/** Whether a host's network belongs to the VPC of a resource: only then do equal private addresses mean the same machine. */
type ScopeVerdict = 'IN' | 'OUT' | 'UNKNOWN';

export interface Scope {
  readonly mappings: readonly NetworkMapping[];
  isMapped(facts: HostFacts): boolean;
  /** Whether any network belongs to the VPC. */
  isVpcMapped(vpcId: string): boolean;
  verdict(facts: HostFacts, resource: ResourceFacts): ScopeVerdict;
}

export function createScope(index: CorrelationIndex, mappings: readonly NetworkMapping[]): Scope {
  const vpcsOf = new Map(mappings.map(({ source, networkId, vpcIds }) => [`${source} ${networkId}`, new Set(vpcIds)]));
  const mappedVpcs = new Set(mappings.flatMap(({ vpcIds }) => vpcIds));
  const vpcsOfHost = ({ host }: HostFacts) => vpcsOf.get(`${host.source} ${host.networkId}`);
  return {
    mappings,
    isMapped: (facts) => vpcsOfHost(facts) !== undefined,
    isVpcMapped: (vpcId) => mappedVpcs.has(vpcId),
    verdict(facts, resource) {
      const vpcs = vpcsOfHost(facts);
      const vpcId = index.vpcOf(resource);
      if (!vpcs || vpcId === null) return 'UNKNOWN';
      return vpcs.has(vpcId) ? 'IN' : 'OUT';
    },
  };
}

/** A link that is sure enough to learn from it. */
interface Anchor {
  readonly facts: HostFacts;
  readonly resource: ResourceFacts;
}

const ENOUGH_ANCHORS = 2;

/**
 * Which VPC each network belongs to. A configured mapping is taken as it is. Otherwise the mapping is learned from the anchor
 * links: at least two of a network's hosts must be linked with instances, and all those instances must lie in one VPC. If a single
 * one lies in another VPC, the network gets no mapping.
 */
export function mappingsOf(index: CorrelationIndex, anchors: readonly Anchor[]): readonly NetworkMapping[] {
  const { vpcsOfNetwork } = index.config;
  const resourcesOf = Map.groupBy(anchors, ({ facts }) => facts);
  const { hostsByNetwork } = index;
  return [...hostsByNetwork.keys()].sort().flatMap((key): NetworkMapping[] => {
    const hosts = hostsByNetwork.get(key) ?? [];
    const { source = '', networkId = '' } = hosts[0]?.host ?? {};
    const configured = Object.hasOwn(vpcsOfNetwork, networkId) ? vpcsOfNetwork[networkId] : undefined;
    if (configured) return [{ source, networkId, vpcIds: configured, anchors: [] }];
    const learned = hosts.flatMap((facts) =>
      (resourcesOf.get(facts) ?? []).flatMap(({ resource }) => {
        const vpcId = resource.service === 'ec2' ? index.vpcOf(resource) : null;
        return vpcId === null ? [] : [{ vpcId, anchor: refOf(facts.host) }];
      }),
    );
    const vpcIds = [...new Set(learned.map(({ vpcId }) => vpcId))];
    return vpcIds.length === 1 && learned.length >= ENOUGH_ANCHORS
      ? [{ source, networkId, vpcIds, anchors: learned.map(({ anchor }) => anchor) }]
      : [];
  });
}
