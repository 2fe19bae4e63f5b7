import type { CloudWorld, WorldResource } from './cloud-world.ts';

/** What the network half must know of the cloud half to hold the machines that are really its instances. */
export interface CloudFacts {
  readonly instances: readonly WorldResource[];
  readonly databases: readonly WorldResource[];
  readonly balancers: readonly WorldResource[];
  readonly addresses: readonly WorldResource[];
  readonly vpcOf: ReadonlyMap<string, string>;
  readonly accountNumber: ReadonlyMap<string, string>;
  /** Provider ids of Elastic IPs that belong to NAT gateways. */
  readonly natOwned: ReadonlySet<string>;
  /** Balancers by the private address they send traffic to. */
  readonly balancersByTarget: ReadonlyMap<string, readonly WorldResource[]>;
  /** Whether this name is the Name of exactly one instance of the company. */
  isUniqueName(name: string): boolean;
  /** Whether exactly one instance of the company has this private address. */
  isUniqueAddress(address: string): boolean;
  /** Whether exactly one row of the service has this provider id. */
  isUniqueId(row: WorldResource): boolean;
}

export function cloudFactsOf(cloud: CloudWorld): CloudFacts {
  const byService = (service: string) => cloud.resources.filter((row) => row.service === service);
  const byId = new Map(cloud.resources.map((row) => [row.id, row]));
  const targets = cloud.edges.filter(
    (edge) => edge.relationshipType === 'targets' && edge.targetResourceId.includes('.'),
  );
  const balancersByTarget = Map.groupBy(targets, (edge) => edge.targetResourceId);
  const instances = byService('ec2');
  const names = Map.groupBy(instances, (row) => row.name ?? '');
  const addresses = Map.groupBy(instances, (row) => row.privateAddress ?? '');
  const ids = Map.groupBy(cloud.resources, (row) => `${row.service} ${row.resourceId}`);
  return {
    instances,
    databases: byService('rds'),
    balancers: byService('alb'),
    addresses: byService('eip'),
    vpcOf: new Map(
      cloud.edges
        .filter((edge) => edge.relationshipType === 'in_vpc')
        .map((edge) => [edge.fromId, edge.targetResourceId]),
    ),
    accountNumber: new Map(cloud.accounts.map((account) => [account.id, account.awsAccountNumber])),
    natOwned: new Set(
      cloud.edges.filter((edge) => edge.relationshipType === 'uses_eip').map((edge) => edge.targetResourceId),
    ),
    balancersByTarget: new Map(
      [...balancersByTarget].map(([address, edges]) => [
        address,
        edges.map((edge) => byId.get(edge.fromId)).filter((row) => row !== undefined),
      ]),
    ),
    isUniqueName: (name) => name !== '' && names.get(name)?.length === 1,
    isUniqueAddress: (address) => addresses.get(address)?.length === 1,
    isUniqueId: (row) => ids.get(`${row.service} ${row.resourceId}`)?.length === 1,
  };
}
