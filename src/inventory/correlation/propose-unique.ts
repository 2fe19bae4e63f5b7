import type { ResourceModel } from '#entities/resource/model.ts';
import { refKey } from '#lib/record-ref.ts';
import type { WhyNotCode } from './correlation.ts';
import { groupBy } from './ground.ts';
import type { HostFacts } from './host-facts.ts';
import type { Report } from './rule.ts';
import type { Scope } from './scope.ts';

/** Beyond this many combinations a key identifies nothing, and listing them would only cost. */
const MOST_PAIRS = 100;

export interface SharedKey {
  readonly hosts: readonly HostFacts[];
  readonly resources: readonly ResourceModel[];
  readonly score: number;
  readonly detail: string;
}

/**
 * Proposes those who share a key and no third with it. A known scope decides first: pairs out of scope are doubted, and
 * pairs in scope beat those of unknown scope. Whoever is left with several partners is ambiguous.
 */
export function proposeUnique(report: Report, scope: Scope, { hosts, resources, score, detail }: SharedKey): void {
  if (hosts.length * resources.length > MOST_PAIRS) {
    for (const facts of hosts) report.hostCode(facts, `AMBIGUOUS(${resources.length})`);
    for (const resource of resources) report.resourceCode(resource, `AMBIGUOUS(${hosts.length})`);
    return;
  }
  const all = hosts.flatMap((facts) =>
    resources.map((resource) => ({ facts, resource, verdict: scope.verdict(facts, resource) })),
  );
  const inScope = all.filter(({ verdict }) => verdict === 'IN');
  const settledHosts = new Set(inScope.map(({ facts }) => facts));
  const settledResources = new Set(inScope.map(({ resource }) => resource));
  const open = all.filter(
    ({ verdict, facts, resource }) =>
      verdict === 'IN' || (verdict === 'UNKNOWN' && !settledHosts.has(facts) && !settledResources.has(resource)),
  );
  const partnersOfHost = groupBy(open, ({ facts }) => [refKey(facts.host)]);
  const partnersOfResource = groupBy(open, ({ resource }) => [refKey(resource)]);
  for (const pair of all) {
    const { facts, resource } = pair;
    const partners = Math.max(
      partnersOfHost.get(refKey(facts.host))?.length ?? 0,
      partnersOfResource.get(refKey(resource))?.length ?? 0,
    );
    const code: WhyNotCode | null = !open.includes(pair)
      ? 'OUT_OF_SCOPE_NETWORK'
      : partners > 1
        ? `AMBIGUOUS(${partners})`
        : null;
    if (code === null) report.pair(facts, resource, score, detail);
    else report.doubt(facts, resource, score, detail, code);
  }
}
