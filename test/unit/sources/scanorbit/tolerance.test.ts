import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calls, type InvalidRows } from '#sources/scanorbit/calls.ts';
import { isTransientFailure } from '#sources/scanorbit/index.ts';
import { readAccount, readScan } from '#sources/scanorbit/wire-account.ts';
import { readFinding, readFindingStats } from '#sources/scanorbit/wire-finding.ts';
import { readResource, readResourceStats } from '#sources/scanorbit/wire-resource.ts';

const FRESH = { freshMs: 0, staleMs: 0 };

const ROW = {
  id: 'B0000000-0000-4000-8000-000000000001',
  awsAccountId: 'a0000000-0000-4000-8000-0000000000c1',
  resourceId: 'i-1',
  service: 'ec2',
  lastSeenAt: '2026-05-01T00:00:00Z',
  createdAt: '2026-05-01T00:00:00.000Z',
  updatedAt: '2026-05-01T00:00:00+00:00',
};

describe('an account row', () => {
  const account = { ...ROW, awsAccountId: '012345678901', status: 'ok' };
  const nameOf = (name: unknown) => readAccount('cloud', { ...account, name }).name;

  it('is called by its number where it has no name', () => {
    expect([null, undefined, '', '  '].map(nameOf)).toEqual(Array(4).fill('012345678901'));
    expect(nameOf('Production')).toBe('Production');
  });
});

describe('a resource row', () => {
  it('needs no more than what names it, and its id is lower case', () => {
    expect(readResource('cloud', ROW)).toMatchObject({
      id: ROW.id.toLowerCase(),
      region: null,
      name: null,
      state: null,
      tags: [],
      costEstimateMonthly: null,
    });
  });

  it.each([
    ['0.00', '0.00'],
    ['28.50', '28.50'],
    [null, null],
    ['free', null],
    [12.5, '12.5'],
  ])('cost %j is %j', (costEstimateMonthly, expected) => {
    expect(readResource('cloud', { ...ROW, costEstimateMonthly }).costEstimateMonthly).toBe(expected);
  });

  it('tags that are not text are shown as JSON', () => {
    const { tags } = readResource('cloud', { ...ROW, tags: { a: 1, b: true, c: null, d: { e: [] }, f: 'x' } });
    expect(tags.map(({ value }) => value)).toEqual(['1', 'true', '', '{"e":[]}', 'x']);
  });

  it.each([
    [[{ Key: 'team', Value: 'shop' }], [{ key: 'team', value: 'shop' }]],
    [
      [{ key: 'n', value: 3 }, { Key: 'bare' }],
      [
        { key: 'n', value: '3' },
        { key: 'bare', value: '' },
      ],
    ],
    [['critical', ''], [{ key: 'critical', value: '' }]],
    [
      [7, null, { other: 1 }],
      [
        { key: '0', value: '7' },
        { key: '2', value: '{"other":1}' },
      ],
    ],
  ])('tags as an array, %j, lose none', (tags, expected) => {
    expect(readResource('cloud', { ...ROW, tags }).tags).toEqual(expected);
  });

  it.each(['id', 'awsAccountId', 'resourceId', 'service', 'lastSeenAt'])('without %s is unreadable', (key) => {
    expect(() => readResource('cloud', { ...ROW, [key]: undefined })).toThrow();
  });
});

it('unreadable rows leave holes, whatever they are, and every neighbour stays in its place', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant(ROW), fc.jsonValue())), (data) => {
      const reports: InvalidRows[] = [];
      const calls = new Calls('cloud', (report) => reports.push(report));
      const page = calls.page('/resources', [], readResource, FRESH).parse({ data, pagination: { total: 9 } });
      const holes = data.filter((row) => row !== ROW).length;
      expect(page.rows.map((row) => row !== null)).toEqual(data.map((row) => row === ROW));
      expect(page.invalid).toBe(holes);
      expect(reports.map(({ dropped }) => dropped)).toEqual(holes > 0 ? [holes] : []);
    }),
  );
});

it('reports name fields and expectations, never values', () => {
  const reports: InvalidRows[] = [];
  const calls = new Calls('cloud', (report) => reports.push(report));
  const secret = { ...ROW, id: 42, name: 'AKIA-SECRET', lastSeenAt: 'SECRET-DATE' };
  calls.page('/resources', [], readResource, FRESH).parse({ data: [secret], pagination: { total: 1 } });
  expect(reports[0]?.reasons.join()).toMatch(/id|lastSeenAt/);
  expect(JSON.stringify(reports)).not.toContain('SECRET');
});

it('statistics of either edition', () => {
  const groups = { byService: {}, byRegion: {}, byState: {} };
  expect(readResourceStats('cloud', { totalResources: 3, ...groups }).total).toBe(3);
  expect(readResourceStats('cloud', { totalCount: 4, ...groups }).total).toBe(4);
  expect(() => readResourceStats('cloud', groups)).toThrow();
  expect(readFindingStats('cloud', { totalFindings: 5 }).total).toBe(5);
  expect(readFindingStats('cloud', { total: 6 }).total).toBe(6);
});

it('a finding with an odd date, and a row id in capitals', () => {
  const row = readFinding('cloud', {
    id: ROW.id,
    awsAccountId: ROW.awsAccountId,
    resourceId: 'B0000000-0000-4000-8000-000000000002',
    type: 'x',
    severity: 'High',
    status: 'OPEN',
    resolvedAt: 'yesterday',
    detectionCount: 1,
    createdAt: ROW.createdAt,
    updatedAt: ROW.updatedAt,
  });
  expect(row).toMatchObject({ resolvedAt: null, severity: 'HIGH', status: 'OPEN', summary: '', details: null });
  expect(row.resourceId).toBe('b0000000-0000-4000-8000-000000000002');
});

it('a scan without counts, an account with its number as a number', () => {
  const scan = readScan('cloud', { id: ROW.id, status: 'queued', createdAt: ROW.createdAt });
  expect(scan).toMatchObject({ status: 'QUEUED', hasKey: false, resourcesDelta: 0, accountId: null });
  const account = readAccount('cloud', { ...ROW, name: 'x', awsAccountId: 12345678901, status: 'ok' });
  expect(account.awsAccountNumber).toBe('012345678901');
});

describe('a 500 may pass by itself', () => {
  const body = { error: 'DatabaseError' };
  const limited = { 'x-ratelimit-limit': '100' };

  it('when the pool was exhausted: late, or from before the limiter', () => {
    expect(isTransientFailure({ body, headers: limited, elapsedMs: 2_000 })).toBe(true);
    expect(isTransientFailure({ body, headers: {}, elapsedMs: 5 })).toBe(true);
    expect(isTransientFailure({ body: 'oops', headers: limited, elapsedMs: 5 })).toBe(true);
  });

  it('but not when the server could not use an id', () => {
    expect(isTransientFailure({ body, headers: limited, elapsedMs: 5 })).toBe(false);
  });
});
