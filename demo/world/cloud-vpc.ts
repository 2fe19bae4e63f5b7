import type { CloudAccount } from './cloud-accounts.ts';
import type { CloudBuilder } from './cloud-builder.ts';
import type { WorldResource } from './cloud-world.ts';

/** What the parts of one application share. */
export interface Application {
  readonly name: string;
  readonly vpc: CloudVpc;
  readonly tags: Readonly<Record<string, string>>;
  readonly webGroup: WorldResource;
  readonly appGroup: WorldResource;
  readonly dataGroup: WorldResource;
  readonly key: WorldResource;
}

/** The first VPC of every place where the company runs anything. */
export interface Sites {
  readonly production: CloudVpc;
  readonly frankfurt: CloudVpc;
  readonly staging: CloudVpc;
  readonly legacy: CloudVpc;
}

/** VPCs and subnets have no rows of their own: they exist only as targets of edges. */
export interface CloudVpc {
  readonly account: CloudAccount;
  readonly region: string;
  readonly id: string;
  readonly subnets: readonly string[];
  readonly defaultSecurityGroup: WorldResource;
  nextPrivateAddress(): string;
}

/** Staging repeats production's range on purpose: a private address alone identifies nothing. */
const secondOctets: Readonly<Record<string, number>> = {
  'production eu-west-1': 20,
  'production eu-central-1': 30,
  'staging eu-west-1': 20,
  'legacy us-east-1': 40,
};

/** A VPC with three subnets, its default group and a NAT gateway: four rows. */
export function createVpc(builder: CloudBuilder, account: CloudAccount, region: string): CloudVpc {
  const id = builder.awsId('vpc');
  const subnets = [1, 2, 3].map(() => builder.awsId('subnet'));
  const defaultSecurityGroup = builder.resource(account, {
    service: 'security_group',
    resourceId: builder.awsId('sg'),
    region,
    name: 'default',
  });
  const octet = secondOctets[`${account.role} ${region}`] ?? 50;
  let used = 0;
  const vpc: CloudVpc = {
    account,
    region,
    id,
    subnets,
    defaultSecurityGroup,
    nextPrivateAddress() {
      const host = used;
      used += 1;
      return `10.${octet}.${1 + (Math.floor(host / 240) % 254)}.${10 + (host % 240)}`;
    },
  };
  addNatGateway(builder, vpc);
  return vpc;
}

/** Edges to the VPC, to the given subnets and to the given groups. */
export function placeIn(
  builder: CloudBuilder,
  vpc: CloudVpc,
  row: WorldResource,
  subnets: readonly string[],
  groups: readonly WorldResource[],
): void {
  builder.edge(row, 'in_vpc', 'vpc', vpc.id);
  for (const subnet of subnets) builder.edge(row, 'in_subnet', 'subnet', subnet);
  for (const group of groups) builder.edge(row, 'uses_sg', 'security_group', group.resourceId);
}

export function subnetOf(vpc: CloudVpc, index: number): string {
  return vpc.subnets[index % vpc.subnets.length] as string;
}

function addNatGateway(builder: CloudBuilder, vpc: CloudVpc): void {
  const { account, region } = vpc;
  const resourceId = builder.awsId('nat');
  const eip = addElasticIp(builder, account, region, 'associated', { purpose: 'nat' });
  const eni = builder.resource(account, {
    service: 'eni',
    resourceId: builder.awsId('eni'),
    region,
    name: `Interface for NAT Gateway ${resourceId}`,
    state: 'in-use',
    privateAddress: vpc.nextPrivateAddress(),
  });
  placeIn(builder, vpc, eni, [subnetOf(vpc, 0)], []);
  const name = `${account.prefix}nat-${region}-${builder.ordinal(`nat ${account.role} ${region}`)}`;
  const nat = builder.resource(account, {
    service: 'nat_gateway',
    resourceId,
    region,
    name,
    state: 'available',
    tags: { Name: name, Environment: account.role },
    cost: '32.40',
  });
  placeIn(builder, vpc, nat, [subnetOf(vpc, 0)], []);
  builder.edge(nat, 'attached_to', 'eni', eni.resourceId);
  builder.edge(nat, 'uses_eip', 'eip', eip.resourceId);
}

/** The name of an Elastic IP is its address. */
export function addElasticIp(
  builder: CloudBuilder,
  account: CloudAccount,
  region: string,
  state: 'associated' | 'unassociated',
  tags: Readonly<Record<string, string>> = {},
): WorldResource {
  return builder.resource(account, {
    service: 'eip',
    resourceId: builder.awsId('eipalloc'),
    region,
    name: builder.nextPublicAddress(),
    state,
    tags,
    cost: state === 'unassociated' ? '3.65' : '0.00',
  });
}
