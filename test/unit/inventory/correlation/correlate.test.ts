import { describe, expect, it } from 'vitest';
import { address, host, resource, service } from '../../../support/records.ts';
import { decided, edge, subnet } from './snapshots.ts';

const ID = 'i-0123456789abcdef0';
const OTHER_ID = 'i-0fedcba9876543210';
const tag = (key: string, value: string) => [{ key, value }];
const networkTag = (id: string, name: string) => ({
  type: 'NetworkTag' as const,
  source: 'net',
  id,
  name,
  description: null,
  color: 'Blue',
});
const balancer = (id: string, path: string, more = {}) =>
  resource({
    id,
    service: 'alb',
    resourceId: `arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/${path}`,
    ...more,
  });

describe('manual links', () => {
  const hostId = '0a1b2c3d-0000-4000-8000-000000000001';
  const rowId = '0a1b2c3d-0000-4000-8000-000000000002';
  const arn = `arn:aws:ec2:eu-west-1:111111111111:instance/${ID}`;

  it.each([
    ['a tag of the resource', { tags: tag('scanopy:host-id', hostId) }, null],
    ['an AWS id as tag of the host', {}, ID],
    ['an ARN as tag of the host', {}, arn],
    ['a prefixed AWS id as tag of the host', {}, `aws:${ID}`],
    ['a row id as tag of the host', {}, `scanorbit:${rowId}`],
  ])('come from %s', (_where, more, name) => {
    const { links } = decided(
      { resources: [resource({ id: rowId, resourceId: ID, state: 'stopped', ...more })] },
      { hosts: [host({ id: hostId, tagIds: ['t', 'dangling'] })], tags: name === null ? [] : [networkTag('t', name)] },
    );
    expect(links).toEqual([`${hostId}=${rowId} manual CERTAIN`]);
  });

  it('come from configuration and win over an instance id in the name', () => {
    const resources = [resource({ id: 'a', resourceId: ID }), resource({ id: 'b', resourceId: OTHER_ID })];
    const { links } = decided(
      { resources },
      { hosts: [host({ id: 'h', hostname: ID })] },
      { links: [{ host: 'h', resource: OTHER_ID }] },
    );
    expect(links).toEqual(['h=b manual CERTAIN']);
  });

  it.each([
    ['configuration', {}, null, { denials: [{ host: hostId, resource: ID }] }],
    ['a tag of the resource', { tags: tag('scanopy:not-host-id', hostId) }, null, {}],
    ['a tag of the host', {}, `not:aws:${ID}`, {}],
  ])('are denied by %s', (_where, more, name, config) => {
    const answer = decided(
      { resources: [resource({ id: rowId, resourceId: ID, ...more })] },
      {
        hosts: [host({ id: hostId, hostname: ID, tagIds: ['t'] })],
        tags: name === null ? [] : [networkTag('t', name)],
      },
      config,
    );
    expect(answer.links).toEqual([]);
    expect(answer.hostReasons(hostId)).toEqual(['DENIED_MANUALLY']);
    expect(answer.resourceReasons(rowId)).toEqual(['DENIED_MANUALLY']);
  });
});

describe('instance ids in names', () => {
  const hostname = `${ID}.eu-west-1.compute.internal`;
  const row = (more = {}) => resource({ id: 'r', resourceId: ID, ...more });

  it.each([
    ['host name', { hostname }],
    ['SNMP name', { sysName: ID }],
    ['name', { name: ID }],
    ['VM name', { virtualization: { virtualizationType: 'Proxmox', name: ID, serviceId: null } }],
  ])('link by %s', (_field, named) => {
    expect(decided({ resources: [row()] }, { hosts: [host({ id: 'h', ...named })] }).links).toEqual([
      'h=r instance-id-name CERTAIN',
    ]);
  });

  it('link one host in each network that sees the instance', () => {
    const hosts = [host({ id: 'h1', hostname }), host({ id: 'h2', hostname, networkId: 'network-2' })];
    expect(decided({ resources: [row()] }, { hosts }).links).toHaveLength(2);
  });

  it('link no host when two hosts of one network have the same id', () => {
    const { links, refused } = decided(
      { resources: [row()] },
      { hosts: [host({ id: 'h1', hostname }), host({ id: 'h2', hostname })] },
    );
    expect(links).toEqual([]);
    expect(refused).toEqual(['h1=r AMBIGUOUS(2)', 'h2=r AMBIGUOUS(2)']);
  });

  it('take little time when very many hosts have the same id', () => {
    const hosts = Array.from({ length: 5000 }, (_, n) => host({ id: `h${n}`, hostname }));
    const { links, hostReasons } = decided({ resources: [row()] }, { hosts });
    expect(links).toEqual([]);
    expect(hostReasons('h42')).toEqual(['AMBIGUOUS(5000)']);
  });

  it.each([
    ['a second id on the host', {}, { sysName: OTHER_ID }, 'CONTRADICTION(instanceId)'],
    ['another region', { region: 'us-east-1' }, {}, 'CONTRADICTION(region)'],
    ['a terminated instance', { state: 'terminated' }, {}, 'CONTRADICTION(state)'],
    ['one that is shutting down', { state: 'shutting-down' }, {}, 'CONTRADICTION(state)'],
  ])('are contradicted by %s', (_what, rowMore, hostMore, code) => {
    const answer = decided({ resources: [row(rowMore)] }, { hosts: [host({ id: 'h', hostname, ...hostMore })] });
    expect(answer.links).toEqual([]);
    expect(answer.result.candidates.map(({ status }) => status)).toEqual(['REJECTED']);
    expect(answer.hostReasons('h')).toContain(code);
  });

  it('that no inventory contains are reported as not in the cloud inventory', () => {
    expect(decided({}, { hosts: [host({ id: 'h', hostname })] }).hostReasons('h')).toEqual(['NOT_IN_CLOUD_INVENTORY']);
  });

  it('do not age, while addresses and names do', () => {
    const old = { lastSeenAt: '2026-02-10T00:00:00.000Z' };
    expect(decided({ resources: [row(old)] }, { hosts: [host({ id: 'h', hostname })] }).links).toEqual([
      'h=r instance-id-name CERTAIN',
    ]);
    const eip = resource({ id: 'e', service: 'eip', name: '203.0.113.7', state: 'associated', ...old });
    const { links } = decided(
      { resources: [eip] },
      { hosts: [host({ id: 'h', addresses: [address('203.0.113.7')] })] },
    );
    expect(links).toEqual(['h=e eip-address MEDIUM']);
  });
});

describe('endpoint names', () => {
  it('link a network balancer by its id and an application balancer by name and region', () => {
    const resources = [balancer('nlb', 'net/tcp/1234567890abcdef'), balancer('alb', 'app/front/50dc6c495c0c9188')];
    const hosts = [
      host({ id: 'h1', hostname: 'tcp-1234567890abcdef.elb.eu-west-1.amazonaws.com' }),
      host({ id: 'h2', hostname: 'internal-front-123456789.eu-west-1.elb.amazonaws.com' }),
      host({ id: 'h3', hostname: 'internal-front-123456789.us-east-1.elb.amazonaws.com' }),
    ];
    const answer = decided({ resources }, { hosts });
    expect(answer.links).toEqual(['h1=nlb nlb-dns CERTAIN', 'h2=alb alb-dns HIGH']);
    expect(answer.hostReasons('h3')).toEqual(['NOT_IN_CLOUD_INVENTORY']);
  });

  it('of balancers with the same name in two accounts link no host', () => {
    const resources = [
      balancer('a', 'app/front/1111111111111111'),
      balancer('b', 'app/front/2222222222222222', { accountId: 'account-2' }),
    ];
    const answer = decided(
      { resources },
      { hosts: [host({ id: 'h', hostname: 'front-123456789.eu-west-1.elb.amazonaws.com' })] },
    );
    expect(answer.links).toEqual([]);
    expect(answer.hostReasons('h')).toEqual(['AMBIGUOUS(2)']);
  });

  const rds = (id: string, identifier: string, accountId = 'account-1') =>
    resource({ id, service: 'rds', resourceId: identifier, accountId, state: 'available' });
  const endpointOf = (identifier: string, label = 'abcdefghijkl') =>
    `${identifier}.${label}.eu-west-1.rds.amazonaws.com`;

  it('of databases with one name are distinguished once the account label was learned', () => {
    const resources = [rds('a', 'orders'), rds('b', 'orders', 'account-2'), rds('c', 'billing', 'account-2')];
    const orders = host({ id: 'h1', hostname: endpointOf('orders') });
    expect(decided({ resources }, { hosts: [orders] }).hostReasons('h1')).toEqual(['AMBIGUOUS(2)']);
    const { links } = decided({ resources }, { hosts: [orders, host({ id: 'h2', hostname: endpointOf('billing') })] });
    expect(links).toEqual(['h1=b rds-endpoint HIGH', 'h2=c rds-endpoint HIGH']);
  });

  it('of clusters are not in the inventory', () => {
    const hosts = [host({ id: 'h', hostname: endpointOf('orders', 'cluster-abcdefghijkl') })];
    expect(decided({ resources: [rds('a', 'orders')] }, { hosts }).hostReasons('h')).toEqual([
      'NOT_IN_CLOUD_INVENTORY',
    ]);
  });
});

describe('addresses', () => {
  const eip = (more = {}) =>
    resource({
      id: 'e',
      service: 'eip',
      resourceId: 'eipalloc-0123456789abcdef0',
      name: '203.0.113.7',
      state: 'associated',
      ...more,
    });
  const publicHost = (id: string) => host({ id, addresses: [address('203.0.113.7')] });

  it('link a host to the Elastic IP it answers at, by address or by name', () => {
    expect(decided({ resources: [eip()] }, { hosts: [publicHost('h')] }).links).toEqual(['h=e eip-address CERTAIN']);
    const named = host({ id: 'h', hostname: 'ec2-203-0-113-7.eu-west-1.compute.amazonaws.com' });
    expect(decided({ resources: [eip()] }, { hosts: [named] }).links).toEqual(['h=e eip-address CERTAIN']);
  });

  it('leave room for a link with a machine: the same host may be an instance, too', () => {
    const both = host({ id: 'h', hostname: ID, addresses: [address('203.0.113.7')] });
    expect(
      decided({ resources: [eip(), resource({ id: 'r', resourceId: ID })] }, { hosts: [both] }).links,
    ).toHaveLength(2);
  });

  it.each([
    ['of a NAT gateway', {}, [edge('n', 'uses_eip', 'eip', 'eipalloc-0123456789abcdef0')], 'EXCLUDED_ADDRESS'],
    ['that nobody is said to hold', { state: 'unassociated' }, [], 'CONTRADICTION(state)'],
  ])('%s link nobody', (_what, more, edges, code) => {
    const answer = decided(
      { resources: [eip(more), resource({ id: 'n', service: 'nat_gateway' })], edges },
      { hosts: [publicHost('h')] },
    );
    expect(answer.links).toEqual([]);
    expect(answer.resourceReasons('e')).toEqual([code]);
  });

  it('of several hosts, of container bridges and of routers identify no machine', () => {
    const tagged = resource({ id: 'r', tags: tag('private-ip', '10.0.0.5') });
    const at = (id: string, ip: string, of = 'lan') => host({ id, addresses: [address(ip, of)] });
    const subnets = [subnet('lan', '10.0.0.0/24'), subnet('routed', '10.0.0.4/30')];
    expect(decided({ resources: [tagged] }, { subnets, hosts: [at('h', '10.0.0.5')] }).links).toEqual([
      'h=r operator-ip-tag HIGH',
    ]);
    expect(
      decided({ resources: [tagged] }, { subnets, hosts: [at('h', '10.0.0.5'), at('h2', '10.0.0.5')] }).links,
    ).toEqual([]);
    for (const kind of ['DockerBridge', 'PodmanBridge', 'MacVlan', 'IpVlan', 'Loopback'])
      expect(
        decided(
          { resources: [tagged] },
          { subnets: [subnet('bridge', '10.0.0.0/24', kind)], hosts: [at('h', '10.0.0.5', 'bridge')] },
        ).links,
      ).toEqual([]);
    expect(decided({ resources: [tagged] }, { subnets, hosts: [at('h', '10.0.0.5', 'routed')] }).links).toEqual([]);
  });

  it('in tags that are not configured make candidates at most', () => {
    const row = resource({ id: 'r', tags: tag('note', '10.0.0.5') });
    const answer = decided({ resources: [row] }, { hosts: [host({ id: 'h', addresses: [address('10.0.0.5')] })] });
    expect(answer.links).toEqual([]);
    expect(answer.hostReasons('h')).toEqual(['BELOW_THRESHOLD(0.45)']);
    const configured = decided(
      { resources: [row] },
      { hosts: [host({ id: 'h', addresses: [address('10.0.0.5')] })] },
      { addressTags: ['note'] },
    );
    expect(configured.links).toEqual(['h=r operator-ip-tag HIGH']);
  });

  it('never link by a private address alone', () => {
    const answer = decided(
      { resources: [resource({ id: 'r', name: '' })] },
      { hosts: [host({ id: 'h', addresses: [address('10.0.0.5')] })] },
    );
    expect(answer.links).toEqual([]);
    expect(answer.resourceReasons('r')).toEqual(['NO_KEY_ON_CLOUD_SIDE']);
    expect(answer.hostReasons('h')).toEqual(['NO_KEY_ON_CLOUD_SIDE', 'OUT_OF_SCOPE_NETWORK']);
  });
});

describe('names', () => {
  const named = (id: string, name: string, more = {}) => resource({ id, name, tags: tag('Name', name), ...more });

  it('link a running instance and a host, however the name is spelled', () => {
    const { links } = decided(
      { resources: [named('r', 'Web_01')] },
      { hosts: [host({ id: 'h', hostname: 'web-01.corp.example' })] },
    );
    expect(links).toEqual(['h=r name-tag MEDIUM']);
  });

  it('with dots must be the full name', () => {
    const resources = [named('r', 'git.a.example')];
    expect(decided({ resources }, { hosts: [host({ id: 'h', hostname: 'git.a.example' })] }).links).toHaveLength(1);
    expect(decided({ resources }, { hosts: [host({ id: 'h', hostname: 'git.b.example' })] }).links).toEqual([]);
  });

  it.each([
    ['generic', 'web', [named('r', 'web')], {}, 'GENERIC_NAME'],
    ['shared by two instances', 'cache', [named('r', 'cache'), named('r2', 'cache')], {}, 'AMBIGUOUS(2)'],
    [
      'shared by three instances',
      'cache',
      [named('r', 'cache'), named('r2', 'cache'), named('r3', 'cache')],
      {},
      'GENERIC_NAME',
    ],
    ['that of a stopped instance', 'cache', [named('r', 'cache', { state: 'stopped' })], {}, 'CONTRADICTION(state)'],
    [
      'that of an instance which another id denies',
      'cache',
      [named('r', 'cache')],
      { sysName: OTHER_ID },
      'CONTRADICTION(instanceId)',
    ],
    ['declared generic', 'cache', [named('r', 'cache')], {}, 'GENERIC_NAME'],
  ])('%s link nobody', (what, name, resources, more, code) => {
    const answer = decided(
      { resources },
      { hosts: [host({ id: 'h', name, ...more })] },
      what === 'declared generic' ? { genericNames: ['cache'] } : {},
    );
    expect(answer.links).toEqual([]);
    expect(answer.hostReasons('h')).toContain(code);
  });

  it.each([
    ...['localhost', 'Ubuntu', 'debian', 'centos', 'raspberrypi', 'host', 'server', 'router', 'gateway', 'default'],
    ...['unknown', 'web', 'db', 'Test', '0a1b2c3d4e5f', 'c'.repeat(64), '10042'],
  ])('%j says nothing about a machine', (name) => {
    const answer = decided({ resources: [named('r', name)] }, { hosts: [host({ id: 'h', hostname: name })] });
    expect(answer.links).toEqual([]);
    expect(answer.result.candidates).toEqual([]);
    expect([answer.hostReasons('h'), answer.resourceReasons('r')]).toEqual([
      expect.arrayContaining(['GENERIC_NAME']),
      expect.arrayContaining(['GENERIC_NAME']),
    ]);
  });

  it.each([
    ...['10.0.0.5', 'ip-10-0-0-5', 'ip-10-0-0-5.eu-west-1.compute.internal', 'ip-10-0-0-5.corp.example', '2001:db8::5'],
  ])('%j is an address, and links no machine', (name) => {
    const answer = decided({ resources: [named('r', name)] }, { hosts: [host({ id: 'h', hostname: name })] });
    expect([answer.links, answer.result.candidates]).toEqual([[], []]);
  });

  it('that are only the name of the product running there are ignored', () => {
    const grafana = host({ id: 'h', name: 'Grafana', services: [service({ id: 's', definition: 'Grafana' })] });
    expect(decided({ resources: [named('r', 'grafana')] }, { hosts: [grafana] }).links).toEqual([]);
  });

  it('count for less on hardware, and for more with a second kind of evidence', () => {
    const at = (mac: string | null) => host({ id: 'h', name: 'cache', addresses: [address('10.0.0.5', 'lan', mac)] });
    expect(
      decided({ resources: [named('r', 'cache')] }, { hosts: [at('00:1b:21:00:00:01')] }).hostReasons('h'),
    ).toContain('CONTRADICTION(mac)');
    const both = named('r', 'cache', { tags: [...tag('Name', 'cache'), ...tag('private-ip', '10.0.0.5')] });
    expect(decided({ resources: [both] }, { hosts: [at(null)] }).links).toEqual(['h=r operator-ip-tag CERTAIN']);
  });

  it('of databases make candidates only', () => {
    const db = host({
      id: 'h',
      name: 'orders',
      ports: [{ id: 'p', number: 5432, protocol: 'TCP', portType: null }],
      services: [service({ id: 's', definition: 'PostgreSQL', bindings: [{ id: 'b', portId: 'p', addressId: null }] })],
    });
    const answer = decided(
      { resources: [resource({ id: 'r', service: 'rds', resourceId: 'orders' })] },
      { hosts: [db] },
    );
    expect(answer.links).toEqual([]);
    expect(answer.refused).toEqual(['h=r BELOW_THRESHOLD(0.5)']);
  });
});

describe('scope and relations', () => {
  const [ID_A, ID_B] = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'];
  const resources = [
    resource({ id: 'a', resourceId: ID_A }),
    resource({ id: 'b', resourceId: ID_B }),
    balancer('nlb', 'net/tcp/1234567890abcdef'),
  ];
  const inVpc = (vpcOfB = 'vpc-1') => [
    edge('a', 'in_vpc', 'vpc', 'vpc-1'),
    edge('b', 'in_vpc', 'vpc', vpcOfB),
    edge('nlb', 'in_vpc', 'vpc', 'vpc-1'),
    edge('nlb', 'targets', 'ec2', '10.0.0.9'),
  ];
  const target = host({ id: 't', addresses: [address('10.0.0.9')] });
  const hosts = [host({ id: 'ha', hostname: ID_A }), host({ id: 'hb', hostname: ID_B }), target];

  it('derive the VPC of a network from two certain links, and relate load balancers to its hosts', () => {
    const { result, relations } = decided({ resources, edges: inVpc() }, { hosts });
    expect(result.mappings).toMatchObject([
      { networkId: 'network-1', vpcIds: ['vpc-1'], anchors: [{ id: 'ha' }, { id: 'hb' }] },
    ]);
    expect(relations).toEqual(['t ROUTES_TO nlb lb-target-ip-in-scope HIGH']);
  });

  it.each([
    ['one link', inVpc(), hosts.slice(1)],
    ['links into two VPCs', inVpc('vpc-2'), hosts],
  ])('learn nothing from %s', (_what, edges, some) => {
    const { result, relations } = decided({ resources, edges }, { hosts: some });
    expect(result.mappings).toEqual([]);
    expect(relations).toEqual(['t ROUTES_TO nlb lb-target-ip-unscoped LOW']);
  });

  it('take a configured mapping, and find nothing outside of it', () => {
    const config = (vpcId: string) => ({ vpcsOfNetwork: { 'network-1': [vpcId] } });
    expect(decided({ resources, edges: inVpc() }, { hosts: [target] }, config('vpc-1')).relations).toHaveLength(1);
    expect(decided({ resources, edges: inVpc() }, { hosts: [target] }, config('vpc-9')).relations).toEqual([]);
  });

  it('say which names a certificate covers, a wildcard for one label', () => {
    const certificate = {
      type: 'Certificate' as const,
      source: 'cloud',
      id: 'c',
      primaryDomain: 'shop.example',
      altNames: ['*.shop.example'],
      notBefore: null,
      notAfter: null,
      issuer: null,
      algorithm: null,
      origin: null,
      lastSeenAt: null,
    };
    const named = ['shop.example', 'www.shop.example', 'a.b.shop.example'].map((hostname, n) =>
      host({ id: `h${n}`, hostname }),
    );
    const { relations, links } = decided({ certificates: [certificate] }, { hosts: named });
    expect(relations).toEqual(['h0 COVERS c certificate-name MEDIUM', 'h1 COVERS c certificate-name MEDIUM']);
    expect(links).toEqual([]);
  });
});

describe('gaps', () => {
  it('say when a snapshot was not complete', () => {
    const answer = decided(
      { complete: false, resources: [resource({ id: 'r' })] },
      { complete: false, hosts: [host({ id: 'h', hostname: ID })] },
    );
    expect(answer.hostReasons('h')).toEqual(['NOT_IN_CLOUD_INVENTORY', 'SOURCE_INCOMPLETE(cloud)']);
    expect(answer.resourceReasons('r')).toContain('SOURCE_INCOMPLETE(net)');
  });

  it('list resources that have an address, and no buckets', () => {
    const answer = decided(
      { resources: [resource({ id: 'b', service: 's3' }), resource({ id: 'e', service: 'eip', name: '203.0.113.9' })] },
      {},
    );
    expect(answer.resourceReasons('b')).toBeNull();
    expect(answer.resourceReasons('e')).toEqual(['NOT_ON_NETWORK']);
  });

  it('name a host without any key, and one with only container addresses', () => {
    const hosts = [host({ id: 'bare' }), host({ id: 'box', addresses: [address('172.17.0.2', 'bridge')] })];
    const answer = decided({}, { hosts, subnets: [subnet('bridge', '172.17.0.0/16', 'DockerBridge')] });
    expect(answer.hostReasons('bare')).toEqual(['NO_KEY_ON_NETWORK_SIDE']);
    expect(answer.hostReasons('box')).toEqual(['EXCLUDED_ADDRESS']);
  });

  it('name the rules for which there is no data', () => {
    const { result } = decided({}, {});
    expect(result.inactiveRules.map(({ number, mode }) => `${number} ${mode}`)).toEqual([
      '4b F',
      '5 F',
      '6 F',
      '11 F',
      '12 F',
      '14 F',
      '18 F',
    ]);
  });
});
