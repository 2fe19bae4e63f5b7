import { refKey } from '#lib/record-ref.ts';
import { Collector, refOf } from './collector.ts';
import { type Correlation, type CrossRelation, type NetworkMapping, RULESET_VERSION } from './correlation.ts';
import { type CorrelationConfig, DEFAULT_CORRELATION_CONFIG } from './correlation-config.ts';
import { decide } from './decide.ts';
import { bySourceAndId, compareText, createGround, type Ground, groupBy } from './ground.ts';
import type { CloudPicture, NetworkPicture } from './pictures.ts';
import type { InactiveRule } from './rule.ts';
import { ANCHOR_RULES, FURTHER_RULES, INACTIVE_RULES } from './ruleset.ts';
import { createScope } from './scope.ts';
import { type UnmatchedBySide, unmatchedOf } from './unmatched.ts';

export interface CorrelationResult {
  readonly rulesetVersion: string;
  /** Hosts that are resources; one resource a host, one host a resource and network, Elastic IPs apart. */
  readonly links: readonly Correlation[];
  /** Pairs with something in their favour that did not suffice, each with the reasons. */
  readonly candidates: readonly Correlation[];
  readonly relations: readonly CrossRelation[];
  readonly unmatched: UnmatchedBySide;
  readonly mappings: readonly NetworkMapping[];
  readonly inactiveRules: readonly InactiveRule[];
}

const ENOUGH_ANCHORS = 2;

/**
 * Which hosts are which resources. Pure: equal pictures and configuration give equal results, whatever their order.
 * Time and memory grow with the number of records plus the number of pairs that share a key.
 */
export function correlate(
  cloud: readonly CloudPicture[],
  network: readonly NetworkPicture[],
  config: Partial<CorrelationConfig> = {},
): CorrelationResult {
  const ground = createGround(cloud, network, { ...DEFAULT_CORRELATION_CONFIG, ...config });
  const collector = new Collector();
  collector.run(ANCHOR_RULES, ground, createScope(ground, []));
  const scope = createScope(ground, mappingsOf(ground, decide(collector.pairs())));
  collector.run(FURTHER_RULES, ground, scope);
  const correlations = decide(collector.pairs());
  return {
    rulesetVersion: RULESET_VERSION,
    links: correlations.filter(({ status }) => status === 'LINKED'),
    candidates: correlations.filter(({ status }) => status !== 'LINKED'),
    relations: collector.relations.sort(byEnds),
    unmatched: unmatchedOf(ground, scope, collector, correlations, { cloud, network }),
    mappings: scope.mappings,
    inactiveRules: INACTIVE_RULES,
  };
}

const byEnds = (a: CrossRelation, b: CrossRelation): number =>
  bySourceAndId(a.host, b.host) ||
  bySourceAndId(a.other, b.other) ||
  compareText(a.rule, b.rule) ||
  compareText(a.detail, b.detail);

/** Configured, or learned from two sure links whose instances share one VPC; one link into another VPC unteaches. */
function mappingsOf(ground: Ground, anchors: readonly Correlation[]): readonly NetworkMapping[] {
  const { vpcsOfNetwork } = ground.config;
  const networks = groupBy(ground.hosts, ({ host }) => [`${host.source} ${host.networkId}`]);
  const linkOfHost = groupBy(
    anchors.filter(({ status }) => status === 'LINKED'),
    ({ host }) => [refKey(host)],
  );
  return [...networks.keys()].sort().flatMap((key): NetworkMapping[] => {
    const hosts = networks.get(key) ?? [];
    const { source = '', networkId = '' } = hosts[0]?.host ?? {};
    const configured = Object.hasOwn(vpcsOfNetwork, networkId) ? vpcsOfNetwork[networkId] : undefined;
    if (configured) return [{ source, networkId, vpcIds: configured, anchors: [] }];
    const taught = hosts.flatMap(({ host }) =>
      (linkOfHost.get(refKey(host)) ?? []).flatMap(({ resource }) => {
        const row = ground.resourceByRowId.get(resource.id)?.find((one) => one.source === resource.source);
        const vpcId = row?.service === 'ec2' ? ground.vpcOf(row) : null;
        return vpcId === null || vpcId === undefined ? [] : [{ vpcId, anchor: refOf(host) }];
      }),
    );
    const vpcIds = [...new Set(taught.map(({ vpcId }) => vpcId))];
    return vpcIds.length === 1 && taught.length >= ENOUGH_ANCHORS
      ? [{ source, networkId, vpcIds, anchors: taught.map(({ anchor }) => anchor) }]
      : [];
  });
}
