import fc from 'fast-check';
import { address, host, interfaceTo, resource } from '../../../support/records.ts';
import { CLOUDS, edgeTo, id, instances, NETWORKS, one, type PutHost, type PutResource } from './random-rows.ts';

/** Rows of which many are each other's, by every rule: so that links come, go, contradict each other, and teach which network is in which VPC. */
const BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/net/front/50dc6c495c0c9188';
const ELASTIC_IP = 'eipalloc-0aaaaaaaaaaaaaaa1';
const [PUBLIC, PRIVATE] = ['203.0.113.7', '10.0.0.5'];

const vpc = one('vpc-0aaaaaaaaaaaaaaa1', 'vpc-0aaaaaaaaaaaaaaa2', null).map((name) =>
  name === null ? [] : [['vpc', name] as const],
);
/** Service, identifier, name and edges. */
type Template = readonly [string, string, string | null, readonly (readonly [kind: string, to: string])[]];
const instance = fc
  .tuple(one(...instances), one('web', 'orders'), vpc)
  .map(([of, name, edges]): Template => ['ec2', of, name, edges]);
const template: fc.Arbitrary<Template> = fc.oneof(
  { weight: 3, arbitrary: instance },
  one<Template>(
    ['eip', ELASTIC_IP, PUBLIC, []],
    ['nat_gateway', 'nat-0aaaaaaaaaaaaaaa1', null, [['eip', ELASTIC_IP]]],
    ['nat_gateway', 'nat-0aaaaaaaaaaaaaaa1', null, []],
    ['rds', 'orders', 'orders', []],
    ['rds', 'arn:aws:rds:eu-west-1:111111111111:db:checkout', 'checkout', []],
    ['acm', 'certificate-1', '*.example.com', []],
    ['acm', 'certificate-1', 'web.example.com', []],
  ),
  vpc.map((edges): Template => ['alb', BALANCER, 'front', [['ec2', PRIVATE], ...edges]]),
);

export const putMatchingResource: fc.Arbitrary<PutResource> = fc
  .record({
    source: one(...CLOUDS),
    id,
    accountId: one('account-1', 'account-2', 'account-3'),
    template,
    region: one('eu-west-1', 'us-east-1'),
    state: one('running', 'running', 'unassociated', 'terminated'),
    tag: one({ key: 'scanopy:host-id', value: 'h-1' }, { key: 'private-ip', value: PRIVATE }, null),
  })
  .map(({ source, id: at, template: [service, resourceId, name, edges], tag, ...of }) => ({
    kind: 'PUT_RESOURCE',
    source,
    row: resource({ ...of, source, id: `r-${at}`, service, resourceId, name, tags: tag === null ? [] : [tag] }),
    edges: edges.map(([kind, to], i) => edgeTo(`${at}-${i}`, kind, to)),
  }));

const hostNames = [
  ...instances.map((of) => `${of}.eu-west-1.compute.internal`),
  'ec2-203-0-113-7.eu-west-1.compute.amazonaws.com',
  'orders.abc123def456.eu-west-1.rds.amazonaws.com',
  'checkout.abc123def456.eu-west-1.rds.amazonaws.com',
  'orders.cluster-abc123def456.eu-west-1.rds.amazonaws.com',
  'front-50dc6c495c0c9188.elb.eu-west-1.amazonaws.com',
  'web.example.com',
  'web',
];

export const putMatchingHost: fc.Arbitrary<PutHost> = fc
  .record({
    source: one(...NETWORKS),
    id,
    networkId: one('network-1', 'network-1', 'network-2'),
    hostname: one(...hostNames, null),
    ip: one(PUBLIC, PRIVATE, '10.0.0.6'),
    tagIds: one([], [], ['aws:checkout'], ['scanorbit:r-3']),
    mac: one('00:1b:21:00:00:01', null),
  })
  .map(({ source, id: at, ip, mac, ...of }) => ({
    kind: 'PUT_HOST',
    source,
    row: host({
      ...of,
      id: `h-${at}`,
      source,
      addresses: [address(ip)],
      interfaces: mac === null ? [] : [{ ...interfaceTo(`if-h-${at}`, null), macAddress: mac }],
    }),
  }));

const cloudRow = (
  at: number,
  service: string,
  of: string,
  name: string | null,
  edges: PutResource['edges'],
): PutResource => ({
  kind: 'PUT_RESOURCE',
  source: 'cloud-1',
  row: resource({ id: `r-${at}`, source: 'cloud-1', service, resourceId: of, name }),
  edges,
});
const hostNamed = (at: number, hostname: string): PutHost => ({
  kind: 'PUT_HOST',
  source: 'net-1',
  row: host({ id: `h-${at}`, source: 'net-1', hostname }),
});

/**
 * What other rows say decides about these: two hosts whose network belongs to the VPC of their instances, and one at an Elastic IP, which
 * is nobody's address as soon as a NAT gateway uses it; and a volume, whose state says whether it is attached.
 */
export const worldOfMatches: readonly (PutResource | PutHost)[] = [
  ...instances.flatMap((of, i) => [
    cloudRow(i, 'ec2', of, null, [edgeTo(`to-${of}`, 'vpc', 'vpc-0aaaaaaaaaaaaaaa1')]),
    hostNamed(i, `${of}.eu-west-1.compute.internal`),
  ]),
  cloudRow(2, 'eip', ELASTIC_IP, PUBLIC, []),
  cloudRow(3, 'nat_gateway', 'nat-0aaaaaaaaaaaaaaa1', null, []),
  cloudRow(4, 'ebs', 'vol-0aaaaaaaaaaaaaaa1', null, [edgeTo('to-instance', 'ec2', instances[0] ?? '')]),
  hostNamed(2, 'ec2-203-0-113-7.eu-west-1.compute.amazonaws.com'),
];
