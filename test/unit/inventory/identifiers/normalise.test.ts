import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instanceIdsIn, parseArn, parseAwsId, resourceTail } from '#inventory/identifiers/aws-identifiers.ts';
import { isFirstHost, normalizeCidr } from '#inventory/identifiers/cidr.ts';
import { normalizeFqdn, normalizeShortName, parseAwsHostName, shortNameOf } from '#inventory/identifiers/host-name.ts';

describe('ARN', () => {
  it('splits at the first five colons only and drops the :* of log groups', () => {
    expect(parseArn('arn:aws:logs:eu-west-1:012345678901:log-group:/aws/lambda/a:b:*')).toEqual({
      text: 'arn:aws:logs:eu-west-1:012345678901:log-group:/aws/lambda/a:b',
      partition: 'aws',
      service: 'logs',
      region: 'eu-west-1',
      account: '012345678901',
      resource: 'log-group:/aws/lambda/a:b',
    });
  });

  it.each([
    [
      'arn:aws:elasticloadbalancing:eu-west-1:012345678901:loadbalancer/app/front/50dc6c495c0c9188',
      'app/front/50dc6c495c0c9188',
    ],
    ['arn:aws:iam::012345678901:role/path/to/app', 'path/to/app'],
    ['arn:aws:lambda:eu-west-1:012345678901:function:checkout', 'checkout'],
    ['arn:aws-cn:s3:::acme-logs', 'acme-logs'],
    ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', 'job-function/ViewOnlyAccess'],
    ['arn:aws-us-gov:ec2:us-gov-west-1::image/ami-0123456789abcdef0', 'ami-0123456789abcdef0'],
  ])('finds the tail of %s', (text, tail) => {
    const arn = parseArn(text);
    expect(arn && resourceTail(arn)).toBe(tail);
  });

  it.each(['', 'arn:aws', 'arn:azure:x:y:z:w', 'arn:aws:ec2:eu-west-1:123:instance/i-0'])('refuses %j', (text) => {
    expect(parseArn(text)).toBeNull();
  });

  it('survives a round trip through its parts', () => {
    const part = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    const account = fc.oneof(fc.constant(''), fc.stringMatching(/^\d{12}$/));
    const resource = fc.stringMatching(/^[a-zA-Z0-9/_:.-]{1,30}$/);
    fc.assert(
      fc.property(part, part, account, resource, (service, region, owner, path) => {
        const text = `arn:aws:${service}:${region}:${owner}:x${path}`;
        expect(parseArn(text)).toEqual({
          text,
          partition: 'aws',
          service,
          region,
          account: owner,
          resource: `x${path}`,
        });
      }),
    );
  });
});

describe('AWS id', () => {
  it('accepts 8 to 17 hex digits after a known prefix and lowers them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('i', 'vol', 'eni', 'sg', 'vpc', 'eipalloc'),
        fc.integer({ min: 6, max: 20 }),
        (prefix, length) => {
          const id = `${prefix}-${'a'.repeat(length)}`;
          expect(parseAwsId(id.toUpperCase())).toBe(length >= 8 && length <= 17 ? id : null);
        },
      ),
    );
  });

  it('finds instance ids as whole labels only', () => {
    expect(instanceIdsIn('i-0123456789abcdef0.eu-west-1.compute.internal')).toEqual(['i-0123456789abcdef0']);
    expect(instanceIdsIn('node.I-0ABCDEF1.corp')).toEqual(['i-0abcdef1']);
    expect(instanceIdsIn('wifi-0123456789abcdef0.corp')).toEqual([]);
    expect(instanceIdsIn('i-0123456789abcdef0-old.corp')).toEqual([]);
  });
});

describe('AWS host name', () => {
  it.each([
    ['ip-10-24-34-0.ec2.internal', { form: 'PRIVATE_IP', ip: '10.24.34.0', region: 'us-east-1' }],
    ['IP-10-0-1-23', { form: 'PRIVATE_IP', ip: '10.0.1.23', region: null }],
    [
      'i-0123456789abcdef0.us-west-2.compute.internal.',
      { form: 'INSTANCE', instanceId: 'i-0123456789abcdef0', region: 'us-west-2' },
    ],
    ['ec2-203-0-113-25.compute-1.amazonaws.com', { form: 'PUBLIC_IP', ip: '203.0.113.25', region: 'us-east-1' }],
    [
      'ec2-203-0-113-25.us-gov-west-1.compute.amazonaws.com',
      { form: 'PUBLIC_IP', ip: '203.0.113.25', region: 'us-gov-west-1' },
    ],
    [
      'orders-db.123456789012.us-east-1.rds.amazonaws.com',
      {
        form: 'DATABASE',
        identifier: 'orders-db',
        endpoint: 'INSTANCE',
        accountLabel: '123456789012',
        region: 'us-east-1',
      },
    ],
    ['shop.cluster-ro-c7tj4example.eu-west-1.rds.amazonaws.com', { form: 'DATABASE', endpoint: 'CLUSTER' }],
    ['shop.proxy-c7tj4example.eu-west-1.rds.amazonaws.com', { form: 'DATABASE', endpoint: 'PROXY' }],
    [
      'internal-front-1234567890.us-west-2.elb.amazonaws.com',
      { form: 'APPLICATION_BALANCER', name: 'front', region: 'us-west-2' },
    ],
    [
      'us-east-2b.my-nlb-1234567890abcdef.elb.us-east-2.amazonaws.com',
      { form: 'NETWORK_BALANCER', name: 'my-nlb', id: '1234567890abcdef', region: 'us-east-2' },
    ],
    [
      'ec2-203-0-113-25.cn-north-1.compute.amazonaws.com.cn',
      { form: 'PUBLIC_IP', ip: '203.0.113.25', region: 'cn-north-1' },
    ],
    [
      'orders-db.c7tj4example.cn-northwest-1.rds.amazonaws.com.cn.',
      { form: 'DATABASE', identifier: 'orders-db', region: 'cn-northwest-1' },
    ],
    [
      'front-1234567890.cn-north-1.elb.amazonaws.com.cn',
      { form: 'APPLICATION_BALANCER', name: 'front', region: 'cn-north-1' },
    ],
    [
      'front-1234567890abcdef.elb.cn-north-1.amazonaws.com.cn',
      { form: 'NETWORK_BALANCER', id: '1234567890abcdef', region: 'cn-north-1' },
    ],
    ['shop.cluster-custom-c7tj4example.eu-west-1.rds.amazonaws.com', { form: 'DATABASE', endpoint: 'CLUSTER' }],
    ['acme-logs.s3.eu-west-1.amazonaws.com', { form: 'BUCKET', bucket: 'acme-logs', region: 'eu-west-1' }],
  ])('reads %s', (name, expected) => {
    expect(parseAwsHostName(name)).toMatchObject(expected);
  });

  it.each([
    'ip-10-0-1-256',
    'ec2-1-2-3-999.compute-1.amazonaws.com',
    'web-01',
    'amazonaws.com',
    'orders-db.rds.amazonaws.com',
    '',
  ])('does not read %j', (name) => {
    expect(parseAwsHostName(name)).toBeNull();
  });
});

describe('ranges', () => {
  it('clears the host bits of a range, and is done after once', () => {
    expect(normalizeCidr('10.1.2.3/16')).toBe('10.1.0.0/16');
    expect(normalizeCidr('2001:db8::1/64')).toBe('2001:db8::/64');
    expect(normalizeCidr('10.0.0.0/33')).toBeNull();
    expect(normalizeCidr('10.0.0.0/')).toBeNull();
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (ip, bits) => {
        const once = normalizeCidr(`${ip}/${bits}`);
        expect(normalizeCidr(once ?? '')).toBe(once);
      }),
    );
  });

  it('recognizes the router address of a subnet', () => {
    expect(isFirstHost('10.0.1.1', '10.0.1.0/24')).toBe(true);
    expect(isFirstHost('10.0.1.2', '10.0.1.0/24')).toBe(false);
    expect(isFirstHost('0.0.0.1', '0.0.0.0/0')).toBe(false);
  });
});

describe('names', () => {
  it('writes full names lower case, in punycode, without the last dot', () => {
    expect(normalizeFqdn('API.Example.COM.')).toBe('api.example.com');
    expect(normalizeFqdn('bücher.example')).toBe('xn--bcher-kva.example');
    for (const text of ['web-01', '10.0.0.1', 'a..b', '-a.b', 'Web Server 2.5 beta'])
      expect(normalizeFqdn(text)).toBeNull();
  });

  it('shortens names the same way on both sides', () => {
    expect(shortNameOf('Web_01.corp.example')).toBe('web-01');
    expect(normalizeShortName(' Web 01 ')).toBe('web-01');
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = normalizeShortName(text);
        expect(normalizeShortName(once)).toBe(once);
      }),
    );
  });
});
