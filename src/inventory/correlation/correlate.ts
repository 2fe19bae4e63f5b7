import { cloudFactsOf } from './cloud-facts.ts';
import type { Correlated } from './correlated.ts';
import {
  type Correlation,
  type CrossRelation,
  type NetworkMapping,
  RULESET_VERSION,
  type Unmatched,
} from './correlation.ts';
import {
  type CloudRecords,
  type CorrelationConfig,
  DEFAULT_CORRELATION_CONFIG,
  type NetworkRecords,
} from './correlation-input.ts';
import { Correlator, type CorrelatorSettings } from './correlator.ts';
import { groupBy } from './group-by.ts';
import { hostFactsOf } from './host-facts.ts';
import type { InactiveRule } from './rule.ts';
import { INACTIVE_RULES } from './ruleset.ts';

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
  readonly unmatched: { readonly cloud: readonly Unmatched[]; readonly network: readonly Unmatched[] };
  readonly mappings: readonly NetworkMapping[];
  readonly inactiveRules: readonly InactiveRule[];
}

/**
 * Decides which hosts are which resources. A pure function: equal snapshots and configuration give equal results, whatever the
 * order of the records. Time and memory grow with the number of records plus the number of pairs that share a key.
 */
export function correlate(
  cloud: readonly CloudRecords[],
  network: readonly NetworkRecords[],
  config: Partial<CorrelationConfig> = {},
): CorrelationResult {
  const correlator = new Correlator(correlatorSettings(cloud, network, config));
  for (const { resources, edges } of cloud) {
    const edgesOf = groupBy(edges, ({ fromId }) => fromId);
    for (const row of resources) correlator.put(cloudFactsOf(row, edgesOf.get(row.id) ?? []));
  }
  return {
    rulesetVersion: RULESET_VERSION,
    ...rowsOf(correlator.settle()),
    mappings: correlator.mappings,
    inactiveRules: INACTIVE_RULES,
  };
}

export const correlatorSettings = (
  cloud: readonly Pick<CloudRecords, 'source' | 'certificates' | 'complete'>[],
  network: readonly NetworkRecords[],
  config: Partial<CorrelationConfig>,
): CorrelatorSettings => ({
  config: { ...DEFAULT_CORRELATION_CONFIG, ...config },
  certificates: cloud.flatMap(({ certificates }) => certificates),
  hosts: network.flatMap(hostFactsOf),
  gaps: { cloud: incomplete(cloud), network: incomplete(network) },
});

const incomplete = (sources: readonly Pick<CloudRecords, 'source' | 'complete'>[]): readonly string[] =>
  sources.flatMap(({ source, complete }) => (complete ? [] : [source]));

const rowsOf = ({ links, candidates, relations, unmatched }: Correlated) => ({
  links: links.rows().map(({ value }) => value),
  candidates: candidates.rows().map(({ value }) => value),
  relations: relations.rows().map(({ value }) => value),
  unmatched: { cloud: unmatched.cloud.rows(), network: unmatched.network.rows() },
});
