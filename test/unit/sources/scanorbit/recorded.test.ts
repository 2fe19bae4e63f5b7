import { describe, expect, it } from 'vitest';
import { resourceRules } from '#sources/cloud-queries.ts';
import { scanorbit } from '#sources/scanorbit/index.ts';
import { failureOf, scopeOf } from '../../../support/transport/arrange.ts';
import {
  ACCOUNT,
  BALANCER_ARN,
  CERTIFICATE_FINDING,
  DOCUMENTED_FINDING,
  EXCHANGES,
  FUNCTION_ARN,
  INSTANCE,
  LEAKY_FINDING,
  TOO_LONG,
  UNKNOWN,
} from './exchanges.ts';
import { replay } from './replay.ts';

const resources = () => [EXCHANGES.scansRecent];
const paths = (seen: readonly string[]) => seen.filter((path) => !path.includes('/scans/'));

describe('resources', () => {
  it('a page, with null tags, empty state and a cost that is text', async () => {
    const { client } = await replay([...resources(), EXCHANGES.resourcePage]);
    const { rows, total, invalid } = await client.resourcePage({}, 0, scopeOf());
    expect(total).toBe(1240);
    expect(invalid).toBe(0);
    expect(rows).toMatchObject([
      { type: 'Resource', source: 'cloud', accountId: ACCOUNT, service: 'ebs', costEstimateMonthly: '8.00', tags: [] },
      { resourceId: 'sg-0aa11bb22cc33dd44', state: '', tags: [], costEstimateMonthly: null },
    ]);
    expect(rows[0]).not.toHaveProperty('orgId');
  });

  it('three filters at once', async () => {
    const { client, seen } = await replay([...resources(), EXCHANGES.resourcesFiltered]);
    const query = { service: ['ec2'], region: ['eu-central-1'], state: ['running'] };
    const { rows } = await client.resourcePage(query, 0, scopeOf());
    expect(rows).toMatchObject([{ id: INSTANCE, name: '', tags: [{ key: 'team', value: 'shop' }, { key: 'stage' }] }]);
    expect(paths(seen)).toEqual(['/api/v1/resources?region=eu-central-1&service=ec2&state=running&page=1&limit=100']);
  });

  it('a page past the end', async () => {
    const { client } = await replay([...resources(), EXCHANGES.resourcesPastEnd]);
    expect(await client.resourcePage({}, 76, scopeOf())).toMatchObject({ rows: [], total: 1240 });
  });

  it('a list that the server did not filter is recognized by its rows', async () => {
    const { client } = await replay([...resources(), EXCHANGES.filterIgnored]);
    const { rows } = await client.resourcePage({ service: ['ignored'] }, 0, scopeOf());
    const matches = resourceRules.matches({ service: ['ignored'] });
    expect(rows.map((row) => row && matches(row))).toEqual([false, false]);
  });

  it('a list of an account whose id the server takes for none is empty, and any other refusal is an error', async () => {
    const strange = 'a0000000-0000-4000-5000-0000000000c1';
    const { client, seen } = await replay([...resources(), EXCHANGES.accountRefused]);
    expect(await client.resourcePage({ accountId: strange }, 0, scopeOf())).toMatchObject({ rows: [], total: 0 });
    expect(paths(seen)).toEqual([`/api/v1/resources?awsAccountId=${strange}&page=1&limit=100`]);
    const error = await failureOf(client.resourcePage({ accountId: ACCOUNT }, 0, scopeOf()));
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
  });

  it('an empty filter is not sent, and left to the gateway', async () => {
    const { client, seen } = await replay([...resources(), EXCHANGES.resourcePage]);
    const query = { state: [''] };
    await client.resourcePage(query, 0, scopeOf());
    expect(scanorbit.supports.resources.pushdown(query, true)).toEqual({ query: {}, parts: [], complete: false });
    expect(paths(seen)).toEqual(['/api/v1/resources?page=1&limit=100']);
  });

  it('by uuid in any letter case, by ARN, unknown, and missed by the route', async () => {
    const { client } = await replay([
      ...resources(),
      EXCHANGES.resourceByUuid,
      EXCHANGES.resourceByArn,
      EXCHANGES.resourceUnknown,
      EXCHANGES.resourceRouteMiss,
    ]);
    expect(await client.resourceById(INSTANCE.toUpperCase(), scopeOf())).toMatchObject({ id: INSTANCE });
    expect(await client.resourceByIdentifier(FUNCTION_ARN, scopeOf())).toMatchObject({ service: 'lambda' });
    expect(await client.resourceById(UNKNOWN, scopeOf())).toBeNull();
    expect(await client.resourceByIdentifier(BALANCER_ARN, scopeOf())).toBeNull();
  });

  it('slashes of an ARN are encoded', async () => {
    const { client, seen } = await replay(resources());
    await client.resourceByIdentifier(BALANCER_ARN, scopeOf());
    expect(paths(seen)[0]).toMatch(/loadbalancer%2Fapp%2Fshop%2F0123456789abcdef$/);
  });

  it.each([TOO_LONG, '', 'stats', 'regions', 'services', '.', '..', 'a\u0000b', '\ud800'])(
    '%j is never asked for by identifier',
    async (identifier) => {
      const { client, seen } = await replay([EXCHANGES.resourceIdTooLong]);
      expect(await client.resourceByIdentifier(identifier, scopeOf())).toBeNull();
      expect(seen).toEqual([]);
    },
  );

  it('statistics as lists, keys as they are', async () => {
    const { client } = await replay([...resources(), EXCHANGES.resourceStats]);
    const stats = await client.resourceStats(scopeOf());
    expect(stats.total).toBe(640);
    expect(stats.byState).toContainEqual({ key: '', count: 600 });
    expect(stats.byRegion).toContainEqual({ key: 'unknown', count: 40 });
    expect(client.edition()).toBe('observed');
  });

  it('regions, in order', async () => {
    const { client } = await replay([...resources(), EXCHANGES.resourceRegions]);
    expect(await client.resourceRegions(scopeOf())).toEqual(['eu-central-1', 'global', 'us-east-2']);
  });
});

describe('edges', () => {
  const owner = { id: INSTANCE, service: 'ec2' };

  it('resolved and dangling', async () => {
    const { client } = await replay([...resources(), EXCHANGES.dependencies]);
    expect(await client.dependencies(owner, scopeOf())).toMatchObject([
      {
        kind: 'PROTECTED_BY',
        relationship: 'uses_sg',
        confidence: 'CERTAIN',
        resource: { resourceId: 'sg-0aa11bb22cc33dd44', service: 'security_group', name: 'shop-web' },
      },
      { kind: 'CONTAINED_IN', target: { kind: 'vpc', identifier: 'vpc-0feedbee' }, resource: null },
    ]);
  });

  it('from the other end', async () => {
    const { client } = await replay([...resources(), EXCHANGES.dependents]);
    expect(await client.dependents(owner, scopeOf())).toMatchObject([
      {
        kind: 'ATTACHED_TO',
        target: { kind: 'ebs', identifier: 'vol-0aa11bb22cc33dd44' },
        resource: { service: 'ebs', name: 'shop-data' },
      },
    ]);
  });

  it('none of an unknown resource, and no call for what is no uuid', async () => {
    const { client, seen } = await replay([
      ...resources(),
      EXCHANGES.dependenciesOfUnknown,
      EXCHANGES.dependenciesOfNoUuid,
    ]);
    expect(await client.dependencies({ id: UNKNOWN, service: 'ec2' }, scopeOf())).toEqual([]);
    const asked = seen.length;
    expect(await client.dependencies({ id: 'i-0aa11bb22cc33dd44', service: 'ec2' }, scopeOf())).toEqual([]);
    expect(seen).toHaveLength(asked);
  });
});

describe('findings', () => {
  it('a page, with severities and states beyond the documented ones', async () => {
    const { client } = await replay([EXCHANGES.findingPage]);
    const { rows } = await client.findingPage({}, 0, scopeOf());
    expect(rows).toMatchObject([
      { findingType: 'orphaned_eip', severity: 'CRITICAL', status: 'OPEN', detectionCount: 11 },
      { severity: 'TRIVIAL', status: 'IGNORED' },
      { severity: 'UNKNOWN', status: 'UNKNOWN', details: null },
    ]);
  });

  it('statistics', async () => {
    const { client } = await replay([EXCHANGES.findingStats]);
    expect(await client.findingStats(scopeOf())).toMatchObject({
      total: 3,
      byType: [{ key: 'orphaned_eip', count: 1 }],
    });
  });

  it('with a certificate that was never issued', async () => {
    const { client } = await replay([EXCHANGES.findingWithCertificate]);
    expect(await client.findingById(CERTIFICATE_FINDING, scopeOf())).toMatchObject({
      finding: { findingType: 'ssl_expiry', resourceId: null },
      resource: null,
      certificate: { origin: 'acm', primaryDomain: 'shop.example.org', notAfter: '0001-01-01T00:00:00Z' },
    });
  });

  it('with a certificate that the finding itself does not name, beside the resource that stands for it', async () => {
    const { client } = await replay([EXCHANGES.findingAsDocumented]);
    expect(await client.findingById(DOCUMENTED_FINDING, scopeOf())).toMatchObject({
      finding: { findingType: 'ssl_expiry', certificateId: null, details: { daysUntilExpiry: 12 } },
      resource: { service: 'acm' },
      certificate: { primaryDomain: 'shop.example.org', algorithm: 'RSA-2048' },
    });
  });

  it('with a resource, whose raw description stays behind', async () => {
    const { client } = await replay([EXCHANGES.findingWithRaw]);
    const detail = await client.findingById(LEAKY_FINDING, scopeOf());
    expect(detail?.resource).toMatchObject({ service: 'ebs' });
    expect(JSON.stringify(detail)).not.toMatch(/raw|10\.77\.0\.9|sg-secret/);
  });

  it('a refused severity is an error that quotes nothing', async () => {
    const { client } = await replay([EXCHANGES.severityRefused]);
    const error = await failureOf(client.findingPage({ severity: ['HIGH'] }, 0, scopeOf()));
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
    expect(error.message).not.toMatch(/Zod|invalid_value/);
  });

  it('an id that is no uuid is unknown, without a call', async () => {
    const { client, seen } = await replay([]);
    expect(await client.findingById('../accounts', scopeOf())).toBeNull();
    expect(await client.scanById('1', scopeOf())).toBeNull();
    expect((await client.findingPage({ resourceId: 'x' }, 0, scopeOf())).total).toBe(0);
    expect(seen).toEqual([]);
  });
});

describe('scans, accounts, organization', () => {
  it('scans that run, one of an account that is gone, which has ended its first phase', async () => {
    const { client } = await replay([EXCHANGES.scansActive]);
    expect(await client.activeScans(scopeOf())).toMatchObject([
      { status: 'RUNNING', completedAt: null },
      { status: 'ANALYZING', accountId: null, completedAt: '2026-05-12T08:15:00.000Z' },
    ]);
  });

  it('recent scans: the undocumented state, an empty message, a partial coverage, a removed account, an unknown word', async () => {
    const { client } = await replay([EXCHANGES.scansRecent]);
    expect(await client.recentScans(scopeOf())).toMatchObject([
      { status: 'RUNNING' },
      { status: 'ANALYZING', errorMessage: null },
      { status: 'COMPLETE', errorMessage: '1 region(s) failed', resourcesDelta: -3 },
      { status: 'UNKNOWN', accountId: null, hasKey: false },
    ]);
  });

  it('accounts: their number keeps its leading zero', async () => {
    const { client } = await replay([EXCHANGES.accounts]);
    expect(await client.accounts(scopeOf())).toMatchObject([
      { id: ACCOUNT, awsAccountNumber: '098765432109', status: 'OK', lastError: null },
      { status: 'UNKNOWN', lastError: 'AssumeRole refused', lastScanAt: null },
    ]);
  });

  it('an organization without a tier', async () => {
    const { client } = await replay([EXCHANGES.organization]);
    expect(await client.organization(scopeOf())).toMatchObject({ slug: 'shop-and-sons', tier: null });
  });
});

describe('refusals', () => {
  it('a limit that is too large, as the server words it', async () => {
    const { client } = await replay([...resources(), EXCHANGES.limitTooLarge]);
    const error = await failureOf(client.resourcePage({}, 1, scopeOf()));
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
  });

  it('a missing key', async () => {
    const { client } = await replay([EXCHANGES.keyMissing]);
    const error = await failureOf(client.organization(scopeOf()));
    expect(error.code).toBe('UPSTREAM_UNAUTHORIZED');
    expect(error.message).not.toContain('X-API-Key');
  });
});
