import type { CertificateNames } from '#entities/certificate/model.ts';
import { canonicalAddress } from '#lib/addresses.ts';
import { compareText } from '#lib/compare.ts';
import type { ResourceFacts } from '../facts.ts';
import { parseAwsId } from '../identifiers/aws-identifiers.ts';
import type { CloudRecords, CorrelationConfig, NetworkRecords } from './correlation-input.ts';
import { bySourceAndId, type Groups, groupBy } from './group-by.ts';
import { type HostIndex, hostIndexOf } from './host-index.ts';

/** An address registered with a load balancer. */
interface BalancerTarget {
  readonly balancer: ResourceFacts;
  readonly ip: string;
}

/**
 * The records of all sources, sorted and indexed by the keys that the rules compare. Everything is in a fixed order, so that the
 * result of a correlation does not depend on the order in which records were read.
 */
export interface CorrelationIndex extends HostIndex {
  readonly config: CorrelationConfig;
  readonly resources: readonly ResourceFacts[];
  readonly certificates: readonly CertificateNames[];
  readonly genericNames: ReadonlySet<string>;
  /** By AWS id in lower case; identifiers that are not AWS ids are keys as they are. */
  readonly resourcesByIdentifier: Groups<ResourceFacts>;
  readonly byService: Groups<ResourceFacts>;
  readonly balancerTargets: readonly BalancerTarget[];
  readonly elasticIpsOfNat: ReadonlySet<ResourceFacts>;
  resourcesByRowId(): Groups<ResourceFacts>;
  /** The VPC of a resource as its edges report it; null when none does. */
  vpcOf(resource: ResourceFacts): string | null;
}

export function createCorrelationIndex(
  cloud: readonly CloudRecords[],
  network: readonly NetworkRecords[],
  config: CorrelationConfig,
): CorrelationIndex {
  const resources = cloud.flatMap((snapshot) => snapshot.resources).sort(bySourceAndId);
  const resourcesByIdentifier = groupBy(resources, ({ resourceId }) => identifierKey(resourceId));
  const edges = readEdges(cloud, resourcesByIdentifier);
  let byRowId: Groups<ResourceFacts> | null = null;
  return {
    ...hostIndexOf(network),
    config,
    resources,
    certificates: cloud.flatMap((snapshot) => snapshot.certificates).sort(bySourceAndId),
    genericNames: new Set(config.genericNames.map((name) => name.toLowerCase())),
    resourcesByIdentifier,
    byService: groupBy(resources, ({ service }) => service),
    balancerTargets: edges.balancerTargets.sort(
      (a, b) => bySourceAndId(a.balancer, b.balancer) || compareText(a.ip, b.ip),
    ),
    elasticIpsOfNat: edges.elasticIpsOfNat,
    resourcesByRowId: () => {
      byRowId ??= groupBy(resources, ({ id }) => id);
      return byRowId;
    },
    vpcOf: (resource) => edges.vpcs.get(resource) ?? null,
  };
}

export const identifierKey = (identifier: string): string => parseAwsId(identifier) ?? identifier;

function readEdges(cloud: readonly CloudRecords[], resources: CorrelationIndex['resourcesByIdentifier']) {
  const vpcs = new Map<ResourceFacts, string>();
  const balancerTargets: BalancerTarget[] = [];
  const elasticIpsOfNat = new Set<ResourceFacts>();
  for (const snapshot of cloud) {
    const rows = new Map(snapshot.resources.map((row) => [row.id, row]));
    for (const { fromId, target } of snapshot.edges) {
      const from = rows.get(fromId);
      if (!from) continue;
      if (target.kind === 'vpc') vpcs.set(from, smaller(vpcs.get(from), target.identifier));
      const ip = from.service === 'alb' && target.kind === 'ec2' ? canonicalAddress(target.identifier) : null;
      if (ip !== null) balancerTargets.push({ balancer: from, ip });
      if (from.service !== 'nat_gateway' || target.kind !== 'eip') continue;
      for (const row of resources.get(identifierKey(target.identifier)) ?? []) {
        if (row.source === from.source) elasticIpsOfNat.add(row);
      }
    }
  }
  return { vpcs, balancerTargets, elasticIpsOfNat };
}

/**
 * A resource lies in one VPC, but may have edges to several: ScanOrbit keeps edges that no longer hold. Taking the smaller id makes
 * the choice independent of the order of the edges.
 */
const smaller = (a: string | undefined, b: string): string => (a === undefined || b < a ? b : a);
