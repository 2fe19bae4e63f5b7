import { refKey } from '#lib/record-ref.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { WhyNotCode } from './correlation.ts';
import { groupBy } from './group-by.ts';
import type { HostFacts } from './host-facts.ts';
import type { Scope } from './network-scope.ts';
import type { Report } from './rule.ts';

/** With more combinations than this, a shared key identifies nothing, and listing every pair would only cost memory. */
const MOST_PAIRS = 100;

interface Proposal {
  readonly hosts: readonly HostFacts[];
  readonly resources: readonly CloudFacts[];
  readonly score: number;
  readonly detail: string;
}

/**
 * Reports pairs of hosts and resources that share a key (a name, an address), where the key leads to one host and one resource.
 * What is known about networks and VPCs is applied first: a pair is dropped if the host's network does not belong to the resource's
 * VPC, or if that is unknown while the host or the resource has another pair for which it is known. A host or resource that still
 * has several pairs is ambiguous, and all of its pairs are reported as doubts.
 */
export function proposeUnique(report: Report, scope: Scope, { hosts, resources, score, detail }: Proposal): void {
  if (hosts.length * resources.length > MOST_PAIRS) {
    for (const facts of hosts) report.hostCode(facts, `AMBIGUOUS(${resources.length})`);
    for (const resource of resources) report.resourceCode(resource, `AMBIGUOUS(${hosts.length})`);
    return;
  }
  const all = hosts.flatMap((facts) =>
    resources.map((resource) => ({ facts, resource, verdict: scope.verdict(facts, resource) })),
  );
  const inScope = all.filter(({ verdict }) => verdict === 'IN');
  const hostsInScope = new Set(inScope.map(({ facts }) => facts));
  const resourcesInScope = new Set(inScope.map(({ resource }) => resource));
  const open = all.filter(
    ({ verdict, facts, resource }) =>
      verdict === 'IN' || (verdict === 'UNKNOWN' && !hostsInScope.has(facts) && !resourcesInScope.has(resource)),
  );
  const partnersOfHost = groupBy(open, ({ facts }) => refKey(facts.host));
  const partnersOfResource = groupBy(open, ({ resource }) => refKey(resource.row));
  for (const pair of all) {
    const { facts, resource } = pair;
    const partners = Math.max(
      partnersOfHost.get(refKey(facts.host))?.length ?? 0,
      partnersOfResource.get(refKey(resource.row))?.length ?? 0,
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
