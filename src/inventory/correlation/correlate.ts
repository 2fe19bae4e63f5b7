import { refKey } from '#lib/record-ref.ts';
import { Collector, refOf } from './collector.ts';
import { type Correlation, type CrossRelation, type NetworkMapping, RULESET_VERSION } from './correlation.ts';
import { type CorrelationConfig, DEFAULT_CORRELATION_CONFIG } from './correlation-config.ts';
import {
  bySourceAndId,
  type CorrelationIndex,
  compareText,
  createCorrelationIndex,
  groupBy,
} from './correlation-index.ts';
import { decide } from './decide.ts';
import type { InactiveRule } from './rule.ts';
import { ANCHOR_RULES, FURTHER_RULES, INACTIVE_RULES } from './ruleset.ts';
import { createScope } from './scope.ts';
import type { CloudSnapshot, NetworkSnapshot } from './snapshots.ts';
import { type UnmatchedBySide, unmatchedOf } from './unmatched.ts';

export interface CorrelationResult {
  readonly rulesetVersion: string;
  /**
   * Hosts that are resources. A host is linked with at most one machine, one network interface and any number of Elastic IPs;
   * a resource is linked with at most one host in each network.
   */
  readonly links: readonly Correlation[];
  /** Pairs with some evidence that was not enough for a link, each with the reasons. */
  readonly candidates: readonly Correlation[];
  readonly relations: readonly CrossRelation[];
  readonly unmatched: UnmatchedBySide;
  readonly mappings: readonly NetworkMapping[];
  readonly inactiveRules: readonly InactiveRule[];
}

const ENOUGH_ANCHORS = 2;

/**
 * Decides which hosts are which resources. A pure function: equal snapshots and configuration give equal results, whatever the
 * order of the records. Time and memory grow with the number of records plus the number of pairs that share a key.
 *
 * It works in two passes. The anchor rules need no knowledge of networks; the links they make show which VPC each network
 * belongs to. With that mapping the other rules can compare private addresses and names, which repeat between networks.
 */
export function correlate(
  cloud: readonly CloudSnapshot[],
  network: readonly NetworkSnapshot[],
  config: Partial<CorrelationConfig> = {},
): CorrelationResult {
  const index = createCorrelationIndex(cloud, network, { ...DEFAULT_CORRELATION_CONFIG, ...config });
  const collector = new Collector();
  collector.run(ANCHOR_RULES, index, createScope(index, []));
  const scope = createScope(index, mappingsOf(index, decide(collector.pairs())));
  collector.run(FURTHER_RULES, index, scope);
  const correlations = decide(collector.pairs());
  return {
    rulesetVersion: RULESET_VERSION,
    links: correlations.filter(({ status }) => status === 'LINKED'),
    candidates: correlations.filter(({ status }) => status !== 'LINKED'),
    relations: collector.relations.sort(byEnds),
    unmatched: unmatchedOf(index, scope, collector, correlations, { cloud, network }),
    mappings: scope.mappings,
    inactiveRules: INACTIVE_RULES,
  };
}

const byEnds = (a: CrossRelation, b: CrossRelation): number =>
  bySourceAndId(a.host, b.host) ||
  bySourceAndId(a.other, b.other) ||
  compareText(a.rule, b.rule) ||
  compareText(a.detail, b.detail);

/**
 * Which VPC each network belongs to. A configured mapping is taken as it is. Otherwise the mapping is learned from the anchor
 * links: at least two of a network's hosts must be linked with instances, and all those instances must lie in one VPC. If a single
 * one lies in another VPC, the network gets no mapping.
 */
function mappingsOf(index: CorrelationIndex, anchors: readonly Correlation[]): readonly NetworkMapping[] {
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
