import type { CloudFacts } from './cloud-facts.ts';
import type { Labels } from './labels.ts';
import type { WorldHost } from './network-world.ts';

const ANCHOR_RULES: ReadonlySet<string> = new Set(['manual', 'instance-id-name']);
const ANCHORS_NEEDED = 2;

/**
 * Labels the hosts at addresses that balancers send traffic to. In a network whose anchors share one VPC the address
 * means something; in one without a VPC it is a hint; for a balancer of another VPC it is a coincidence.
 */
export function labelBalancerTargets(facts: CloudFacts, labels: Labels, hosts: readonly WorldHost[]): void {
  const vpcOf = vpcByNetwork(facts, labels, hosts);
  for (const host of hosts) {
    for (const { address } of host.addresses) {
      for (const balancer of facts.balancersByTarget.get(address) ?? []) {
        const mapped = vpcOf.get(host.networkId);
        if (mapped === undefined) labels.link(host, balancer, 'lb-target-ip-unscoped');
        else if (mapped === facts.vpcOf.get(balancer.id)) labels.link(host, balancer, 'lb-target-ip-in-scope');
        else labels.decoy(host, balancer, 'the balancer is in another VPC of the same range');
      }
    }
  }
}

/** Networks with enough machines that are certainly instances, all of one VPC. */
function vpcByNetwork(facts: CloudFacts, labels: Labels, hosts: readonly WorldHost[]): ReadonlyMap<string, string> {
  const networkOf = new Map(hosts.map((host) => [host.id, host.networkId]));
  const anchors = labels.truth.filter((link) => ANCHOR_RULES.has(link.rule) && facts.vpcOf.has(link.resourceId));
  const byNetwork = Map.groupBy(anchors, (link) => networkOf.get(link.hostId) ?? '');
  return new Map(
    [...byNetwork].flatMap(([networkId, links]) => {
      const vpcs = new Set(links.map((link) => facts.vpcOf.get(link.resourceId)));
      const [only] = vpcs;
      return links.length >= ANCHORS_NEEDED && vpcs.size === 1 && only !== undefined
        ? [[networkId, only] as const]
        : [];
    }),
  );
}
