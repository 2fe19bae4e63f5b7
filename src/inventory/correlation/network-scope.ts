import { refKey, refOf } from '#lib/record-ref.ts';
import type { ResourceFacts } from '../facts.ts';
import type { Correlation, NetworkMapping } from './correlation.ts';
import { type CorrelationIndex, groupBy } from './correlation-index.ts';
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

const ENOUGH_ANCHORS = 2;

/**
 * Which VPC each network belongs to. A configured mapping is taken as it is. Otherwise the mapping is learned from the anchor
 * links: at least two of a network's hosts must be linked with instances, and all those instances must lie in one VPC. If a single
 * one lies in another VPC, the network gets no mapping.
 */
export function mappingsOf(index: CorrelationIndex, anchors: readonly Correlation[]): readonly NetworkMapping[] {
  const { vpcsOfNetwork } = index.config;
  const networks = groupBy(index.hosts, ({ host }) => [`${host.source} ${host.networkId}`]);
  const linkOfHost = groupBy(
    anchors.filter(({ status }) => status === 'LINKED'),
    ({ host }) => [refKey(host)],
  );
  return [...networks.keys()].sort().flatMap((key): NetworkMapping[] => {
    const hosts = networks.get(key) ?? [];
    const { source = '', networkId = '' } = hosts[0]?.host ?? {};
    const configured = Object.hasOwn(vpcsOfNetwork, networkId) ? vpcsOfNetwork[networkId] : undefined;
    if (configured) return [{ source, networkId, vpcIds: configured, anchors: [] }];
    const learned = hosts.flatMap(({ host }) =>
      (linkOfHost.get(refKey(host)) ?? []).flatMap(({ resource }) => {
        const row = index.resourceByRowId.get(resource.id)?.find((one) => one.source === resource.source);
        const vpcId = row?.service === 'ec2' ? index.vpcOf(row) : null;
        return vpcId === null || vpcId === undefined ? [] : [{ vpcId, anchor: refOf(host) }];
      }),
    );
    const vpcIds = [...new Set(learned.map(({ vpcId }) => vpcId))];
    return vpcIds.length === 1 && learned.length >= ENOUGH_ANCHORS
      ? [{ source, networkId, vpcIds, anchors: learned.map(({ anchor }) => anchor) }]
      : [];
  });
}
