import type { ResourceModel } from '#entities/resource/model.ts';
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
  verdict(facts: HostFacts, resource: ResourceModel): ScopeVerdict;
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
