import fc from 'fast-check';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { address, host, interfaceTo, resource, service } from '../../../support/records.ts';

export const CLOUDS = ['cloud-1', 'cloud-2'] as const;
export const NETWORKS = ['net-1', 'net-2'] as const;

/** Few names for many records, so that names are shared within accounts, between them and between sources. */
const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/front/50dc6c495c0c9188';
export const instances = ['i-0123456789abcdef0', 'i-0123456789abcdef1'];
const identifiers = [...instances, balancer, 'orders', 'checkout', 'sg-0aaaaaaaaaaaaaaa1', 'vol-0aaaaaaaaaaaaaaa1'];
const addresses = ['10.0.0.5', '10.0.0.6', '203.0.113.7'];
const names = ['web', 'orders', 'checkout', '203.0.113.7', 'ELB app/front/50dc6c495c0c9188', '/aws/lambda/checkout'];
const hostNames = [
  'web',
  'orders',
  `${instances[0]}.eu-west-1.compute.internal`,
  'front-1.eu-west-1.elb.amazonaws.com',
  'web.example.com',
];
const services = ['ec2', 'ebs', 'eni', 'eip', 'rds', 'alb', 'lambda', 'cloudwatch_logs', 'security_group'];

export const operatorTags = ['aws:checkout', 'not:aws:orders', 'scanorbit:r-3', 'sg-0aaaaaaaaaaaaaaa1', 'rack 7'];

export const AT = '2026-03-01T00:00:00.000Z';

export const one = <T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
export const id = fc.nat(7);

export interface PutResource {
  readonly kind: 'PUT_RESOURCE';
  readonly source: (typeof CLOUDS)[number];
  readonly row: ResourceModel;
  readonly edges: readonly ResourceEdge[];
}
export interface PutHost {
  readonly kind: 'PUT_HOST';
  readonly source: (typeof NETWORKS)[number];
  readonly row: HostModel;
}
interface Drop {
  readonly kind: 'DROP';
  readonly source: string;
  readonly id: string;
}
/** All resources of an account at once, or all hosts of a network. */
interface DropPart {
  readonly kind: 'DROP_PART';
  readonly source: string;
  readonly part: string;
}
/** An account is scanned again: each row and each edge is another object that says the same, but for when it was seen. */
interface Rescan {
  readonly kind: 'RESCAN';
  readonly source: (typeof CLOUDS)[number];
  readonly part: string;
  readonly seenAt: string;
}
/** A row of which one thing changes. */
interface Alter {
  readonly kind: 'ALTER';
  readonly source: (typeof CLOUDS)[number];
  readonly id: string;
  readonly to: Partial<Pick<ResourceModel, 'state' | 'name' | 'region'>> | readonly ResourceEdge[];
}
export type RowChange = PutResource | PutHost | Drop | DropPart | Rescan | Alter;

const edge = fc.record({
  to: one(...identifiers, ...addresses, 'vpc-0aaaaaaaaaaaaaaa1'),
  kind: one(...services, 'vpc'),
});

export const edgeTo = (of: string, kind: string, identifier: string): ResourceEdge => ({
  id: of,
  target: { kind, identifier },
  resource: null,
  kind: 'USES',
  relationship: kind === 'ec2' ? 'attached_to' : null,
  confidence: 'CERTAIN',
});

export const putResource: fc.Arbitrary<PutResource> = fc
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
    edges: edges.map(({ to, kind }, i) => edgeTo(`${at}-${i}`, kind, to)),
  }));

export const putHost: fc.Arbitrary<PutHost> = fc
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
                bindings: [{ id: `b-${at}`, portId: null, addressId: null }],
                virtualization: {
                  virtualizationType: 'Docker',
                  name: null,
                  serviceId: runBy === null ? null : `s-${runBy}`,
                },
              },
            ],
    },
  }));

export const drop: fc.Arbitrary<Drop> = fc
  .record({ source: one<string>(...CLOUDS, ...NETWORKS), id })
  .map(({ source, id: at }) => ({ kind: 'DROP', source, id: `${source.startsWith('cloud') ? 'r' : 'h'}-${at}` }));

export const dropPart: fc.Arbitrary<DropPart> = one<readonly [string, string]>(
  ...CLOUDS.flatMap((source) => ['account-1', 'account-2'].map((part) => [source, part] as const)),
  ...NETWORKS.flatMap((source) => ['network-1', 'network-2'].map((part) => [source, part] as const)),
).map(([source, part]) => ({ kind: 'DROP_PART', source, part }));

export const rescan: fc.Arbitrary<Rescan> = fc.record({
  kind: fc.constant('RESCAN'),
  source: one(...CLOUDS),
  part: one('account-1', 'account-2'),
  seenAt: one('2026-03-01T00:00:00.000Z', '2026-03-20T00:00:00.000Z', '2026-05-01T00:00:00.000Z'),
});

export const alter: fc.Arbitrary<Alter> = fc
  .record({
    source: one(...CLOUDS),
    id,
    to: one<Alter['to']>(
      { state: 'running' },
      { state: 'terminated' },
      { state: 'unattached' },
      { name: 'web' },
      { region: 'us-east-1' },
      [],
      [edgeTo('vpc-1', 'vpc', 'vpc-0aaaaaaaaaaaaaaa1')],
      [edgeTo('vpc-2', 'vpc', 'vpc-0aaaaaaaaaaaaaaa2')],
      [edgeTo('eip-1', 'eip', 'eipalloc-0aaaaaaaaaaaaaaa1')],
    ),
  })
  .map(({ id: at, ...of }) => ({ ...of, kind: 'ALTER', id: `r-${at}` }));
