import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedFacts } from '#inventory/facts.ts';
import { type AliasIndex, createAliasIndex } from '#inventory/identifiers/alias-index.ts';
import { parseIdentifier } from '#inventory/identifiers/parse-identifier.ts';
import { placeholderOf, resolveTarget } from '#inventory/identifiers/resolve-target.ts';
import { account, address, host, resource, service } from '../../../support/records.ts';

const alb = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/front/50dc6c495c0c9188';
const instanceId = 'i-0123456789abcdef0';

const index = createAliasIndex<NamedFacts>([
  account('one', '111111111111'),
  account('two', '022222222222'),
  resource({ id: 'r-instance', accountId: 'one', resourceId: instanceId, name: 'Web 01' }),
  resource({ id: 'r-alb', accountId: 'one', resourceId: alb, service: 'alb', name: 'front' }),
  resource({
    id: 'r-eip',
    accountId: 'one',
    resourceId: 'eipalloc-0123456789abcdef0',
    service: 'eip',
    name: '203.0.113.7',
  }),
  resource({ id: 'r-db-1', accountId: 'one', resourceId: 'orders-db', service: 'rds', name: 'orders-db' }),
  resource({
    id: 'r-db-2',
    accountId: 'two',
    resourceId: 'orders-db',
    service: 'rds',
    name: 'orders-db',
    region: 'us-east-1',
  }),
  resource({
    id: 'r-log',
    resourceId: 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/x:*',
    service: 'cloudwatch_logs',
  }),
  ...[
    host({
      id: 'h-1',
      hostname: `${instanceId}.eu-west-1.compute.internal`,
      addresses: [address('10.0.0.5', 's', '02:42:AC:11:00:02')],
      services: [service({ id: 's-1', name: 'nginx' })],
    }),
    host({ id: 'h-2', name: 'WEB_01', hostname: 'ec2-203-0-113-7.eu-west-1.compute.amazonaws.com' }),
  ].flatMap((of) => [of, ...of.services]),
]);

const found = (of: AliasIndex, term: string) =>
  of.lookup(term).map(({ owner, matchedOn }) => `${owner.id} ${matchedOn}`);

describe('lookup', () => {
  it.each([
    [instanceId, ['h-1 INSTANCE_ID', 'r-instance INSTANCE_ID']],
    [`arn:aws:ec2:eu-west-1:111111111111:instance/${instanceId}`, ['h-1 INSTANCE_ID', 'r-instance INSTANCE_ID']],
    [alb, ['r-alb ARN']],
    ['app/front/50dc6c495c0c9188', ['r-alb RESOURCE_ID']],
    ['internal-front-123456789.eu-west-1.elb.amazonaws.com', ['r-alb NAME']],
    ['203.0.113.7', ['r-eip IP_ADDRESS', 'h-2 IP_ADDRESS']],
    ['02-42-ac-11-00-02', ['h-1 MAC_ADDRESS']],
    ['orders-db', ['r-db-1 RESOURCE_ID', 'r-db-2 RESOURCE_ID']],
    ['orders-db.abcdefghijkl.us-east-1.rds.amazonaws.com', ['r-db-2 RESOURCE_ID']],
    ['arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/x', ['r-log ARN']],
    ['022222222222', ['two RESOURCE_ID']],
    ['web_01', ['r-instance NAME', 'h-2 NAME']],
    ['nginx', ['s-1 NAME']],
    ['r-instance', ['r-instance ID']],
    ['nothing-of-that-name', []],
    ['   ', []],
  ])('finds everything that %s may name', (term, hits) => {
    expect(found(index, term).sort()).toEqual([...hits].sort());
  });

  it('answers an ARN of another account or region with nothing', () => {
    expect(found(index, `arn:aws:ec2:eu-west-1:022222222222:instance/${instanceId}`)).toEqual(['h-1 INSTANCE_ID']);
    expect(found(index, `arn:aws:ec2:us-east-1:111111111111:instance/${instanceId}`)).toEqual(['h-1 INSTANCE_ID']);
  });

  it('never fails and never repeats an owner, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (term) => {
        const owners = index.lookup(term).map(({ owner }) => owner);
        expect(new Set(owners).size).toBe(owners.length);
        const readings = parseIdentifier(term).map(({ kind, key }) => `${kind} ${key}`);
        expect(new Set(readings).size).toBe(readings.length);
      }),
    );
  });
});

describe('edge targets', () => {
  const twin = (id: string, accountId: string, region = 'eu-west-1') =>
    resource({ id, accountId, region, resourceId: 'orders', service: 'rds' });
  const resolve = (
    rows: readonly ReturnType<typeof resource>[],
    kind: string,
    identifier: string,
    from: Partial<ReturnType<typeof resource>> = {},
  ) => {
    const origin = resource({ id: 'from', accountId: 'one', ...from });
    return resolveTarget(createAliasIndex(rows), origin, { kind, identifier })?.resource.id ?? null;
  };

  it('prefer the same account and region, then the same account, then the only one there is', () => {
    const rows = [twin('far', 'two'), twin('near', 'one', 'us-east-1'), twin('here', 'one')];
    expect(resolve(rows, 'rds', 'orders')).toBe('here');
    expect(resolve(rows.slice(0, 2), 'rds', 'orders')).toBe('near');
    expect(resolve(rows.slice(0, 1), 'rds', 'orders')).toBe('far');
  });

  it('stay unresolved when several are equally near', () => {
    expect(resolve([twin('a', 'two'), twin('b', 'three')], 'rds', 'orders')).toBeNull();
  });

  it('never reach into another source', () => {
    expect(resolve([twin('a', 'one')], 'rds', 'orders', { source: 'other' })).toBeNull();
  });

  it.each([
    ['lambda', 'checkout', 'fn'],
    ['alb', 'app/front/50dc6c495c0c9188', 'lb'],
    ['kms_key', '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f', 'key'],
    ['kms_key', 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f', 'key'],
    ['kms_key', 'alias/orders', null],
    ['iam_role', 'arn:aws:iam::111111111111:instance-profile/app', 'role'],
    ['ec2', '10.0.0.5', null],
    ['cloudwatch_logs', 'arn:aws:logs:eu-west-1:111111111111:log-group:/x', 'log'],
    ['vpc', 'vpc-0aaaaaaaaaaaaaaa1', null],
  ])('resolve a %s called %s', (kind, identifier, expected) => {
    const rows = [
      resource({
        id: 'fn',
        accountId: 'one',
        service: 'lambda',
        resourceId: 'arn:aws:lambda:eu-west-1:111111111111:function:checkout',
      }),
      resource({ id: 'lb', accountId: 'one', service: 'alb', resourceId: alb }),
      resource({
        id: 'key',
        accountId: 'one',
        service: 'kms_key',
        resourceId: 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
      }),
      resource({
        id: 'role',
        accountId: 'one',
        region: 'global',
        service: 'iam_role',
        resourceId: 'arn:aws:iam::111111111111:role/team/app',
      }),
      resource({
        id: 'log',
        accountId: 'one',
        service: 'cloudwatch_logs',
        resourceId: 'arn:aws:logs:eu-west-1:111111111111:log-group:/x:*',
      }),
      resource({ id: 'tagged', accountId: 'one', tags: [{ key: 'ip-address', value: '10.0.0.5' }] }),
    ];
    expect(resolve(rows, kind, identifier)).toBe(expected);
  });

  it('that have no row become one placeholder for all that point there, within the scope that gives them meaning', () => {
    const scope = { source: 'cloud', accountId: 'one', region: 'eu-west-1', vpcId: 'vpc-1' };
    const id = (kind: string, identifier: string, more = {}) =>
      placeholderOf(kind, identifier, { ...scope, ...more }).id;
    expect(id('vpc', 'vpc-0aaaaaaaaaaaaaaa1')).toBe(
      id('vpc', 'VPC-0aaaaaaaaaaaaaaa1', { accountId: 'two', vpcId: null }),
    );
    expect(id('ec2', '10.0.0.5')).toBe(id('ec2', '10.0.0.5', { accountId: 'two' }));
    expect(id('ec2', '10.0.0.5')).not.toBe(id('ec2', '10.0.0.5', { vpcId: 'vpc-2' }));
    expect(id('kms_key', 'alias/x')).not.toBe(id('kms_key', 'alias/x', { accountId: 'two', vpcId: null }));
  });
});
