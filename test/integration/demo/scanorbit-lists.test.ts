import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { ask } from './ask-scanorbit.ts';

const world = createCloudWorld({ now: Date.parse('2026-03-14T09:00:00.000Z') });
let demo: ScanOrbitDemo;

beforeAll(async () => {
  demo = await startScanOrbitDemo({ world, edition: 'observed', rateLimit: false, movingScans: false });
});
afterAll(() => demo.close());

const total = world.resources.length;

describe('paging', () => {
  test('is page 1 of 50 without parameters', async () => {
    const { body } = await ask(demo, '/resources');
    expect(body.data).toHaveLength(50);
    expect(body.pagination).toEqual({ page: 1, limit: 50, total, totalPages: Math.ceil(total / 50) });
  });

  test('walks all rows once each, newest lastSeenAt first', async () => {
    const rows: { id: string; lastSeenAt: string }[] = [];
    for (let page = 1; rows.length < total; page += 1) {
      rows.push(...(await ask(demo, `/resources?limit=100&page=${page}`)).body.data);
    }
    expect(new Set(rows.map((row) => row.id)).size).toBe(total);
    const times = rows.map((row) => row.lastSeenAt);
    expect(times).toEqual(times.toSorted().reverse());
  });

  test('repeats rows and skips others where several share an instant', async () => {
    const loose = await startScanOrbitDemo({ world, edition: 'observed', rateLimit: false, ties: 7 });
    const ids: string[] = [];
    for (let page = 1; page <= Math.ceil(total / 50); page += 1) {
      const { body } = await ask(loose, `/resources?page=${page}`);
      ids.push(...body.data.map((row: { id: string }) => row.id));
    }
    expect(ids).toHaveLength(total);
    expect(new Set(ids).size).toBeLessThan(total);
    await loose.close();
  });

  test.each([
    ['limit=%2010', 10],
    ['limit=1e1', 10],
    ['limit=0x10', 16],
    ['Limit=3', 50],
  ])('%s is %i rows', async (query, limit) => {
    const { status, body } = await ask(demo, `/resources?${query}`);
    expect([status, body.data.length, body.pagination.limit]).toEqual([200, limit, limit]);
  });

  test.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=abc',
    'limit=',
    'limit=1.5',
    'limit=2x',
    'limit=5&limit=6',
    'page=0',
    'page=-1',
    'page=abc',
    'page=1.5',
    'page=',
    'page=1&page=2',
    'page=9007199254740993',
  ])('%s is 400 on both paged lists, with an object as error', async (query) => {
    for (const path of ['/resources', '/findings']) {
      const { status, body } = await ask(demo, `${path}?${query}`);
      expect([status, body.success, body.error.name]).toEqual([400, false, 'ZodError']);
      expect(JSON.parse(body.error.message)[0].path).toEqual([query.startsWith('limit') ? 'limit' : 'page']);
    }
  });

  test.each([
    ['limit=0', { origin: 'number', code: 'too_small', minimum: 0, inclusive: false }, 'expected number to be >0'],
    ['limit=101', { origin: 'number', code: 'too_big', maximum: 100, inclusive: true }, 'expected number to be <=100'],
    ['limit=0.5', { expected: 'int', format: 'safeint', code: 'invalid_type' }, 'expected int, received number'],
  ])('%s is complained about in the words of the validation library', async (query, complaint, message) => {
    const { body } = await ask(demo, `/resources?${query}`);
    const expected = { ...complaint, path: ['limit'], message: expect.stringContaining(message) };
    expect(JSON.parse(body.error.message)).toEqual([expected]);
  });

  test('past the end is empty and true', async () => {
    const { status, body } = await ask(demo, '/resources?limit=100&page=9007199254740991');
    expect([status, body.data]).toEqual([200, []]);
    expect(body.pagination).toMatchObject({ page: 9007199254740991, total });
  });

  test('of an empty organization has no pages', async () => {
    const empty = await startScanOrbitDemo({ world: createCloudWorld({ resources: 0 }), edition: 'observed' });
    const { body } = await ask(empty, '/resources');
    expect(body).toEqual({ data: [], pagination: { page: 1, limit: 50, total: 0, totalPages: 0 } });
    expect((await ask(empty, '/scans/recent')).body).toEqual({ data: [] });
    await empty.close();
  });
});

describe('filters', () => {
  test('combine with AND', async () => {
    const { body } = await ask(demo, '/resources?service=ec2&region=eu-west-1&state=running&limit=100');
    const wanted = world.resources.filter(
      (row) => row.service === 'ec2' && row.region === 'eu-west-1' && row.state === 'running',
    );
    expect(body.pagination.total).toBe(wanted.length);
    expect(new Set(body.data.map((row: { id: string }) => row.id))).toEqual(new Set(wanted.map((row) => row.id)));
  });

  test.each(['service=', 'region=', 'state=', 'service[]=ec2', 'Service=ec2', 'health=bad', 'sortBy=name'])(
    '%s is not looked at: the whole list comes',
    async (query) => {
      expect((await ask(demo, `/resources?${query}`)).body.pagination.total).toBe(total);
    },
  );

  test.each([
    'service=nope',
    'service=EC2',
    'service=ec2,rds',
    'state=nope',
    'region=nope',
    'awsAccountId=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
    'awsAccountId=00000000-0000-0000-0000-000000000000',
  ])('%s matches nothing and is no error', async (query) => {
    expect(await ask(demo, `/resources?${query}`)).toMatchObject({ status: 200, body: { data: [] } });
  });

  test.each([
    'awsAccountId=',
    'awsAccountId=012345678901',
    'awsAccountId=aaaaaaaa-aaaa-4aaa-5aaa-aaaaaaaaaaaa',
    'costFilter=',
    'costFilter=cheap',
    'service=ec2&service=rds',
  ])('%s is 400', async (query) => {
    expect((await ask(demo, `/resources?${query}`)).status).toBe(400);
  });

  test.each(['severity=critical', 'severity=trivial', 'severity=', 'status=', 'status=closed', 'resourceId=i-0abc'])(
    'findings?%s is 400',
    async (query) => {
      expect((await ask(demo, `/findings?${query}`)).status).toBe(400);
    },
  );

  test('the refusal of a severity names those that are accepted', async () => {
    const { body } = await ask(demo, '/findings?severity=critical');
    expect(JSON.parse(body.error.message)).toEqual([
      {
        code: 'invalid_value',
        values: ['low', 'medium', 'high'],
        path: ['severity'],
        message: 'Invalid option: expected one of "low"|"medium"|"high"',
      },
    ]);
  });

  test('paid and free are not all: interfaces and gateways are in neither', async () => {
    const count = async (filter: string) => (await ask(demo, `/resources?costFilter=${filter}`)).body.pagination.total;
    expect(await count('all')).toBe(total);
    expect((await count('paid')) + (await count('free'))).toBeLessThan(total);
  });

  test('findings filter by account, resource, status and type', async () => {
    const row = world.findings.find((finding) => finding.resourceId !== null && finding.status === 'snoozed');
    const query = `awsAccountId=${row?.accountId.toUpperCase()}&resourceId=${row?.resourceId}&status=snoozed&type=${row?.type}`;
    const { body } = await ask(demo, `/findings?${query}&service=ignored&certificateId=ignored`);
    expect(body.data.map((finding: { id: string }) => finding.id)).toEqual([row?.id]);
  });
});

describe('stats and values', () => {
  test('totalCount, words for null, cost of paid services only', async () => {
    const { data } = (await ask(demo, '/resources/stats')).body;
    expect(data.totalCount).toBe(total);
    expect(data.byRegion.unknown).toBeGreaterThan(0);
    expect(data.byState['']).toBeGreaterThan(0);
    expect(data.costByService.ec2.count).toBe(data.byService.ec2);
    expect(typeof data.costByService.ec2.totalCost).toBe('number');
    expect(Object.keys(data.costByService)).not.toContain('eni');
  });

  test('regions and services are distinct, without null', async () => {
    const regions = (await ask(demo, '/resources/regions?region=eu-west-1')).body.data;
    expect(regions.toSorted()).toEqual([...new Set(world.resources.flatMap((row) => row.region ?? []))].toSorted());
    expect((await ask(demo, '/resources/services')).body.data).toContain('ec2');
  });

  test('finding stats count severities and types of open findings only', async () => {
    const { data } = (await ask(demo, '/findings/stats')).body;
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
    const open = world.findings.filter((row) => row.status === 'open').length;
    expect([data.total, data.open]).toEqual([world.findings.length, open]);
    expect([sum(data.byStatus), sum(data.bySeverity), sum(data.byType)]).toEqual([data.total, open, open]);
    expect(data.byTypeSeverity.ssl_expiry).toBe('critical');
    expect(data.byTypeSeverity.missing_tag).toBe('trivial');
  });

  test('organization has no tier, accounts come newest first with twelve digits', async () => {
    const { id, name, slug } = world.organization;
    expect((await ask(demo, '/organization')).body).toEqual({ data: { id, name, slug } });
    const { data } = (await ask(demo, '/accounts?limit=1')).body;
    expect(data).toHaveLength(4);
    expect(data.map((row: { awsAccountId: string }) => row.awsAccountId)).toContain(
      world.accounts.find((account) => account.name === 'Production')?.awsAccountNumber,
    );
    const created = data.map((row: { createdAt: string }) => row.createdAt);
    expect(created).toEqual(created.toSorted().reverse());
    expect(Object.keys(data[0])).not.toContain('awsAccountNumber');
  });
});
