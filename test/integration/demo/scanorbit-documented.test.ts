import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { ask } from './ask-scanorbit.ts';

const now = Date.parse('2026-03-14T09:00:00.000Z');
const world = createCloudWorld({ now });
let demo: ScanOrbitDemo;
let observed: ScanOrbitDemo;

beforeAll(async () => {
  const options = { world, rateLimit: false, movingScans: false } as const;
  demo = await startScanOrbitDemo({ ...options, edition: 'documented' });
  observed = await startScanOrbitDemo({ ...options, edition: 'observed' });
});
afterAll(() => Promise.all([demo.close(), observed.close()]));

describe('the documented edition', () => {
  test('sends the same uuids in the same order', async () => {
    const ids = async (server: ScanOrbitDemo, path: string) =>
      (await ask(server, path)).body.data.map((row: { id: string }) => row.id);
    for (const path of ['/resources?limit=100&page=3', '/findings?limit=100', '/accounts']) {
      expect(await ids(demo, path)).toEqual(await ids(observed, path));
    }
  });

  test('has no milliseconds', async () => {
    for (const path of ['/resources?limit=100', '/scans/recent', '/accounts']) {
      expect((await ask(demo, path)).text).not.toContain('.000Z');
    }
  });

  test('names services its own way, also in filter, stats and list of services', async () => {
    const { data, pagination } = (await ask(demo, '/resources?service=security_groups&limit=100')).body;
    expect(new Set(data.map((row: { service: string }) => row.service))).toEqual(new Set(['security_groups']));
    const stats = (await ask(demo, '/resources/stats')).body.data;
    expect(stats.byService.security_groups).toBe(pagination.total);
    expect([stats.totalResources, stats.totalCount, stats.costByService]).toEqual([
      world.resources.length,
      undefined,
      undefined,
    ]);
    expect((await ask(demo, '/resources?service=security_group')).body.data).toEqual([]);
    expect((await ask(demo, '/resources/services')).body.data).toEqual(expect.arrayContaining(['iam', 'kms', 'acm']));
  });

  test('shows full ARNs, by which resources are found', async () => {
    const row = world.resources.find((candidate) => candidate.name === 'orders-web-01');
    const { data } = (await ask(demo, `/resources/${row?.id}`)).body;
    const account = world.accounts.find((candidate) => candidate.id === row?.accountId);
    expect(data.resourceId).toBe(`arn:aws:ec2:eu-west-1:${account?.awsAccountNumber}:instance/${row?.resourceId}`);
    expect((await ask(demo, `/resources/${encodeURIComponent(data.resourceId)}`)).body.data.id).toBe(row?.id);
    expect((await ask(demo, `/resources/${row?.resourceId}`)).status).toBe(404);
  });

  test('has no cost where a thing is free', async () => {
    const { data } = (await ask(demo, '/resources?service=iam')).body;
    for (const row of data) expect(row.costEstimateMonthly).toBeNull();
  });

  test('answers resources, not edges, and only those that have rows', async () => {
    const row = world.resources.find((candidate) => candidate.name === 'orders-web-01');
    const { data: dependencies } = (await ask(demo, `/resources/${row?.id}/dependencies`)).body;
    expect(dependencies.map((one: { service: string }) => one.service)).toEqual(['security_groups']);
    expect(dependencies[0]).not.toHaveProperty('relationshipType');
    const { data: dependents } = (await ask(demo, `/resources/${row?.id}/dependents`)).body;
    expect(dependents.map((one: { service: string }) => one.service)).toContain('ebs');
  });

  test('an expiring certificate comes as in the published sample', async () => {
    const row = world.findings.find((one) => one.certificateId !== null && one.resourceId !== null);
    const { data } = (await ask(demo, `/findings/${row?.id}`)).body;
    expect(data).toMatchObject({ type: 'ssl_expiry', certificateId: null, resource: { service: 'acm' } });
    expect(Object.keys(data.details)).toEqual(['daysUntilExpiry', 'domain']);
    expect(data.certificate).toMatchObject({ id: row?.certificateId, algorithm: 'RSA-2048' });
    expect(data.certificate).not.toHaveProperty('identifier');
    expect(data.resource).not.toHaveProperty('raw');
  });

  test('findings always have their dates and scan, details are camelCase', async () => {
    const { data } = (await ask(demo, '/findings?limit=100')).body;
    for (const row of data) {
      expect([row.firstDetectedAt, row.lastDetectedAt, row.lastScanId]).not.toContain(null);
      for (const key of Object.keys(row.details)) expect(key).not.toContain('_');
    }
    expect((await ask(demo, '/findings/stats')).body.data.totalFindings).toBe(world.findings.length);
  });

  test('recent scans are finished ones, and there is no scan by id', async () => {
    const { data } = (await ask(demo, '/scans/recent?limit=100')).body;
    expect(new Set(data.map((scan: { status: string }) => scan.status))).toEqual(
      new Set(['complete', 'partial', 'error', 'canceled']),
    );
    expect(await ask(demo, `/scans/${data[0].id}`)).toMatchObject({ status: 404, body: { error: 'Not found' } });
  });

  test('returns the tier', async () => {
    expect((await ask(demo, '/organization')).body.data.tier).toBe('team');
  });

  test('errors are strings, the limit has no headers of its own', async () => {
    const strict = await startScanOrbitDemo({
      world,
      edition: 'documented',
      rateLimit: { limit: 2, windowMs: 60_000 },
      clock: () => now,
    });
    expect(await ask(strict, '/resources?limit=0')).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PARAMETER' },
    });
    const missing = await ask(strict, '/resources/99999999-9999-4999-8999-999999999999');
    expect(missing.body).toEqual({ error: 'RESOURCE_NOT_FOUND', message: 'Resource not found' });
    const refused = await ask(strict, '/organization');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-limit')]).toEqual([
      429,
      '60',
      null,
    ]);
    await strict.close();
  });
});
