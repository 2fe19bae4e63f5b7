import fc from 'fast-check';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import { account, address, host, interfaceTo, resource, service } from '../../../support/records.ts';

const CLOUDS = ['cloud-1', 'cloud-2'] as const;
const NETWORKS = ['net-1', 'net-2'] as const;

/** Few names for many records, so that names are shared within accounts, between them and between sources. */
const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/front/50dc6c495c0c9188';
const instances = ['i-0123456789abcdef0', 'i-0123456789abcdef1'];
const identifiers = [...instances, balancer, 'orders', 'checkout', 'sg-0aaaaaaaaaaaaaaa1', 'vol-0aaaaaaaaaaaaaaa1'];
const addresses = ['10.0.0.5', '10.0.0.6', '203.0.113.7'];
const names = ['web', 'orders', 'checkout', '203.0.113.7', 'ELB app/front/50dc6c495c0c9188', '/aws/lambda/checkout'];
const hostNames = [
  'web',
  'orders',
  `${instances[0]}.eu-west-1.compute.internal`,
  'front-1.eu-west-1.elb.amazonaws.com',
];
const services = ['ec2', 'ebs', 'eni', 'eip', 'rds', 'alb', 'lambda', 'cloudwatch_logs', 'security_group'];

const operatorTags = ['aws:checkout', 'not:aws:orders', 'scanorbit:r-3', 'sg-0aaaaaaaaaaaaaaa1', 'rack 7'];

const one = <T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
const id = fc.nat(7);

interface PutResource {
  readonly kind: 'PUT_RESOURCE';
  readonly source: (typeof CLOUDS)[number];
  readonly row: ResourceModel;
  readonly edges: readonly ResourceEdge[];
}
interface PutHost {
  readonly kind: 'PUT_HOST';
  readonly source: (typeof NETWORKS)[number];
  readonly row: HostModel;
}
interface Drop {
  readonly kind: 'DROP';
  readonly source: string;
  readonly id: string;
}
export type Change = PutResource | PutHost | Drop;

const edge = fc.record({
  to: one(...identifiers, ...addresses, 'vpc-0aaaaaaaaaaaaaaa1'),
  kind: one(...services, 'vpc'),
});

const putResource: fc.Arbitrary<PutResource> = fc
  .record({
    source: one(...CLOUDS),
    id,
    accountId: one('account-1', 'account-2', 'account-3'),
    resourceId: one(...identifiers),
    service: one(...services),
    region: one('eu-west-1', 'us-east-1', null),
    name: one(...names, null),
    state: one('running', 'unattached', 'terminated', null),
    tag: one(...addresses, 'web', 'h-1', null),
    tagKey: one('Name', 'private-ip', 'owner', 'scanopy:host-id'),
    lastSeenAt: one('2026-03-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'),
    edges: fc.array(edge, { maxLength: 4 }),
  })
  .map(({ source, id: at, tag, tagKey, edges, ...of }) => ({
    kind: 'PUT_RESOURCE',
    source,
    row: resource({ ...of, source, id: `r-${at}`, tags: tag === null ? [] : [{ key: tagKey, value: tag }] }),
    edges: edges.map(({ to, kind }, i) => ({
      id: `${at}-${i}`,
      target: { kind, identifier: to },
      resource: null,
      kind: 'USES',
      relationship: kind === 'ec2' ? 'attached_to' : null,
      confidence: 'CERTAIN',
    })),
  }));

const putHost: fc.Arbitrary<PutHost> = fc
  .record({
    source: one(...NETWORKS),
    id,
    networkId: one('network-1', 'network-2'),
    hostname: one(...hostNames, null),
    name: one(...hostNames, ''),
    ip: one(...addresses),
    neighbor: fc.option(id),
    service: fc.option(one('nginx', 'orders')),
    runBy: fc.option(id),
    tag: fc.option(one(...operatorTags)),
  })
  .map(({ source, id: at, networkId, hostname, name, ip, neighbor, service: product, runBy, tag }) => ({
    kind: 'PUT_HOST',
    source,
    row: {
      ...host({ id: `h-${at}`, source, networkId, hostname, name, addresses: [address(ip, 'subnet-1', null)] }),
      tagIds: tag === null ? [] : [tag],
      interfaces: neighbor === null ? [] : [interfaceTo(`if-h-${at}`, { kind: 'HOST', id: `h-${neighbor}` })],
      services:
        product === null
          ? []
          : [
              {
                ...service({ id: `s-${at}`, source, name: product }),
                hostId: `h-${at}`,
                virtualization: {
                  virtualizationType: 'Docker',
                  name: null,
                  serviceId: runBy === null ? null : `s-${runBy}`,
                },
              },
            ],
    },
  }));

const drop: fc.Arbitrary<Drop> = fc
  .record({ source: one<string>(...CLOUDS, ...NETWORKS), id })
  .map(({ source, id: at }) => ({ kind: 'DROP', source, id: `${source.startsWith('cloud') ? 'r' : 'h'}-${at}` }));

/** What happens between two snapshots. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: putResource }, { weight: 3, arbitrary: putHost }, { weight: 2, arbitrary: drop }),
  { minLength: 1, maxLength: 12 },
);

const AT = '2026-03-01T00:00:00.000Z';

const emptyCloud = (source: string): CloudSnapshot => ({
  side: 'CLOUD',
  source,
  readAt: AT,
  accounts: [{ ...account('account-1', '111111111111'), source }],
  accountReadAt: new Map(),
  scans: [],
  resources: new Map(),
  findings: new Map(),
  findingsReadAt: AT,
  edges: new Map(),
  edgesComplete: true,
  unreadEdges: [],
  missing: { resources: 0, findings: 0 },
  changes: [],
});

const emptyNetwork = (source: string): NetworkSnapshot => ({
  side: 'NETWORK',
  source,
  readAt: AT,
  networks: [],
  subnets: [],
  tags: operatorTags.map((name) => ({ type: 'NetworkTag', source, id: name, name, description: null, color: 'red' })),
  daemons: [],
  serviceDependencies: [],
  vlans: [],
  discoveries: [],
  hosts: new Map(),
  missing: { hosts: 0, others: 0 },
  changes: [],
});

export const emptyWorld = (): readonly Snapshot[] => [...CLOUDS.map(emptyCloud), ...NETWORKS.map(emptyNetwork)];

/** The snapshots afterwards. Those of sources in which nothing happened, and rows to which nothing happened, are the same objects. */
export const changed = (world: readonly Snapshot[], happened: readonly Change[]): readonly Snapshot[] =>
  world.map((snapshot) => {
    const here = happened.filter(({ source }) => source === snapshot.source);
    if (here.length === 0) return snapshot;
    return snapshot.side === 'CLOUD' ? changedCloud(snapshot, here) : changedNetwork(snapshot, here);
  });

const changedCloud = (snapshot: CloudSnapshot, happened: readonly Change[]): CloudSnapshot => {
  const resources = new Map(snapshot.resources);
  const edges = new Map(snapshot.edges);
  for (const change of happened) {
    if (change.kind === 'PUT_RESOURCE') {
      resources.set(change.row.id, change.row);
      edges.set(change.row.id, change.edges);
    } else if (change.kind === 'DROP') {
      resources.delete(change.id);
      edges.delete(change.id);
    }
  }
  return { ...snapshot, resources, edges };
};

const changedNetwork = (snapshot: NetworkSnapshot, happened: readonly Change[]): NetworkSnapshot => {
  const hosts = new Map(snapshot.hosts);
  for (const change of happened) {
    if (change.kind === 'PUT_HOST') hosts.set(change.row.id, change.row);
    else if (change.kind === 'DROP') hosts.delete(change.id);
  }
  return { ...snapshot, hosts };
};
