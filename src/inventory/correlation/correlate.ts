import { compareText } from '#lib/compare.ts';
import { Collector } from './collector.ts';
import { type Correlation, type CrossRelation, type NetworkMapping, RULESET_VERSION } from './correlation.ts';
import { createCorrelationIndex } from './correlation-index.ts';
import {
  type CloudRecords,
  type CorrelationConfig,
  DEFAULT_CORRELATION_CONFIG,
  type NetworkRecords,
} from './correlation-input.ts';
import { decide } from './decide.ts';
import { bySourceAndId } from './group-by.ts';
import { createScope, mappingsOf } from './network-scope.ts';
import type { InactiveRule } from './rule.ts';
import { ANCHOR_RULES, FURTHER_RULES, INACTIVE_RULES } from './ruleset.ts';
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

/**
 * Decides which hosts are which resources. A pure function: equal snapshots and configuration give equal results, whatever the
 * order of the records. Time and memory grow with the number of records plus the number of pairs that share a key.
 *
 * It works in two passes. The anchor rules need no knowledge of networks; the links they make show which VPC each network
 * belongs to. With that mapping the other rules can compare private addresses and names, which repeat between networks.
 */
export function correlate(
  cloud: readonly CloudRecords[],
  network: readonly NetworkRecords[],
  config: Partial<CorrelationConfig> = {},
): CorrelationResult {
  const index = createCorrelationIndex(cloud, network, { ...DEFAULT_CORRELATION_CONFIG, ...config });
  const collector = new Collector();
  collector.run(ANCHOR_RULES, index, createScope(index, []));
  const anchors = decide(collector.pairs()).filter(({ correlation }) => correlation.status === 'LINKED');
  const scope = createScope(
    index,
    mappingsOf(
      index,
      anchors.map(({ pair }) => pair),
    ),
  );
  collector.run(FURTHER_RULES, index, scope);
  const decisions = decide(collector.pairs());
  const correlations = decisions.map(({ correlation }) => correlation);
  return {
    rulesetVersion: RULESET_VERSION,
    links: correlations.filter(({ status }) => status === 'LINKED'),
    candidates: correlations.filter(({ status }) => status !== 'LINKED'),
    relations: collector.relations.sort(byEnds),
    unmatched: unmatchedOf(index, scope, collector, decisions, { cloud, network }),
    mappings: scope.mappings,
    inactiveRules: INACTIVE_RULES,
  };
}

const byEnds = (a: CrossRelation, b: CrossRelation): number =>
  bySourceAndId(a.host, b.host) ||
  bySourceAndId(a.other, b.other) ||
  compareText(a.rule, b.rule) ||
  compareText(a.detail, b.detail);
