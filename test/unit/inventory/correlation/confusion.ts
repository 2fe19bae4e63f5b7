import type { WorldLink } from '#demo/world/types.ts';
import { createWorld, type WorldOptions } from '#demo/world/world.ts';
import { type CorrelationResult, correlate } from '#inventory/correlation/correlate.ts';
import { snapshotsOf } from './world-snapshots.ts';

/** One rule of the answer sheet, at the confidence it should have, against what was decided. */
interface RuleScore {
  /** Rule and band: below MEDIUM, pairs are meant to stay candidates. */
  readonly rule: string;
  readonly labelled: number;
  /** Labelled pairs that were linked, or related where the rule finds a relation. */
  readonly found: number;
  /** Labelled pairs that were seen and left as candidates. */
  readonly candidates: number;
}

export interface Confusion {
  readonly result: CorrelationResult;
  readonly hosts: number;
  readonly resources: number;
  readonly rules: readonly RuleScore[];
  /** Links of CERTAIN or HIGH that no label explains. */
  readonly wrongSureLinks: readonly string[];
  /** Links of any band that no label explains. */
  readonly unlabelledLinks: number;
  readonly linkedDecoys: readonly string[];
  readonly withoutCode: number;
  readonly milliseconds: number;
}

const labelOf = ({ rule, confidence }: WorldLink): string => `${rule} ${confidence}`;

/** Correlates a generated company and compares with its answer sheet. */
export function confusionOf(options: WorldOptions): Confusion {
  const world = createWorld(options);
  const { cloud, network } = snapshotsOf(world);
  const startedAt = performance.now();
  const result = correlate([cloud], [network]);
  const milliseconds = performance.now() - startedAt;
  const key = (hostId: string, otherId: string) => `${hostId} ${otherId}`;
  const labels = new Set(world.truth.map(({ hostId, resourceId }) => key(hostId, resourceId)));
  const links = new Map(result.links.map((link) => [key(link.host.id, link.resource.id), link]));
  const found = new Set([...links.keys(), ...result.relations.map(({ host, other }) => key(host.id, other.id))]);
  const candidates = new Set(result.candidates.map(({ host, resource }) => key(host.id, resource.id)));
  const names = [...new Set(world.truth.map(labelOf))].sort();
  const rules = names.map((rule) => {
    const pairs = world.truth
      .filter((label) => labelOf(label) === rule)
      .map((label) => key(label.hostId, label.resourceId));
    return {
      rule,
      labelled: pairs.length,
      found: pairs.filter((pair) => found.has(pair)).length,
      candidates: pairs.filter((pair) => candidates.has(pair)).length,
    };
  });
  const isSure = (pair: string) => ['CERTAIN', 'HIGH'].includes(links.get(pair)?.confidence ?? '');
  return {
    result,
    hosts: network.hosts.length,
    resources: cloud.resources.length,
    rules,
    wrongSureLinks: [...links.keys()].filter((pair) => isSure(pair) && !labels.has(pair)),
    unlabelledLinks: [...links.keys()].filter((pair) => !labels.has(pair)).length,
    linkedDecoys: world.decoys.flatMap(({ hostId, resourceId, why }) =>
      result.links.some((link) => link.host.id === hostId && (resourceId === null || link.resource.id === resourceId))
        ? [why]
        : [],
    ),
    withoutCode: [...result.unmatched.cloud, ...result.unmatched.network].filter(({ reasons }) => reasons.length === 0)
      .length,
    milliseconds,
  };
}
