import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import type { WorldResource } from '#demo/world/cloud-world.ts';
import { ask } from './ask-scanorbit.ts';

const world = createCloudWorld({ now: Date.parse('2026-03-14T09:00:00.000Z') });
const unknown = '99999999-9999-4999-8999-999999999999';
let demo: ScanOrbitDemo;

beforeAll(async () => {
  demo = await startScanOrbitDemo({ world, edition: 'observed', rateLimit: false, movingScans: false });
});
afterAll(() => demo.close());

function rowOf(test: (row: WorldResource) => boolean): WorldResource {
  const row = world.resources.find(test);
  if (row === undefined) throw new Error('the world lacks such a row');
  return row;
}
const routeMiss = { status: 404, body: { error: 'Not found' } };
const notFound = (what: string) => ({ status: 404, body: { error: 'HTTP404Error', message: `${what} not found` } });
const databaseError = { status: 500, body: { error: 'DatabaseError' } };

describe('/resources/{id}', () => {
  test('a row that somebody wrote by hand has its tags as an array', async () => {
    const { id } = rowOf((row) => row.name === 'northwind-attic');
    expect((await ask(demo, `/resources/${id}`)).body.data.tags).toEqual([
      { Key: 'team', Value: 'storage' },
      { Key: 'stage', Value: 'live' },
    ]);
  });

  test('sends thirteen keys and never what AWS said', async () => {
    const row = rowOf((candidate) => candidate.service === 'ec2');
    const { body } = await ask(demo, `/resources/${row.id.toUpperCase()}`);
    expect(Object.keys(body.data).toSorted()).toEqual(
      'awsAccountId costEstimateMonthly createdAt id lastSeenAt name orgId region resourceId service state tags updatedAt'.split(
        ' ',
      ),
    );
  });

  test.each(['ec2', 's3', 'rds', 'lambda', 'iam_access_key'])('finds %s by its provider id', async (service) => {
    const row = rowOf((candidate) => candidate.service === service && candidate.resourceId !== 'orders-db');
    expect((await ask(demo, `/resources/${row.resourceId}`)).body.data.id).toBe(row.id);
  });

  test('finds an ARN with slashes when they are encoded, and misses the route when they are not', async () => {
    const { resourceId, id } = rowOf((row) => row.service === 'alb');
    expect((await ask(demo, `/resources/${resourceId.replaceAll('/', '%2F')}`)).body.data.id).toBe(id);
    expect((await ask(demo, `/resources/${encodeURIComponent(resourceId)}`)).body.data.id).toBe(id);
    expect(await ask(demo, `/resources/${resourceId}`)).toMatchObject(routeMiss);
    expect(await ask(demo, `/resources/${encodeURIComponent(encodeURIComponent(resourceId))}`)).toMatchObject(
      notFound('Resource'),
    );
  });

  test('refuses more than 128 characters, counted after decoding', async () => {
    const long = rowOf((row) => row.resourceId.length > 128);
    const refusal = { status: 400, body: { error: 'HTTP400Error', message: 'Invalid resource ID format' } };
    expect(await ask(demo, `/resources/${encodeURIComponent(long.resourceId)}`)).toMatchObject(refusal);
    expect(await ask(demo, `/resources/${'%2F'.repeat(128)}`)).toMatchObject(notFound('Resource'));
    expect(await ask(demo, `/resources/${'a'.repeat(129)}`)).toMatchObject(refusal);
  });

  test('finds nothing by a uuid without dashes, an unknown one, or another letter case of a name', async () => {
    const row = rowOf((candidate) => candidate.service === 'rds');
    for (const id of [row.id.replaceAll('-', ''), unknown, row.resourceId.toUpperCase()]) {
      expect(await ask(demo, `/resources/${id}`)).toMatchObject(notFound('Resource'));
    }
  });

  test('answers one row where two accounts have the name', async () => {
    const { body } = await ask(demo, '/resources/orders-db');
    expect(body.data.resourceId).toBe('orders-db');
  });

  test('encoded names of sibling routes are the sibling routes', async () => {
    expect((await ask(demo, '/resources/%73tats')).body.data.totalCount).toBe(world.resources.length);
  });

  test('a NUL is a database error', async () => {
    expect(await ask(demo, '/resources/i-%00')).toMatchObject(databaseError);
  });
});

describe('/dependencies and /dependents', () => {
  const instance = rowOf((row) => row.service === 'ec2' && row.state === 'running' && row.name === 'orders-web-01');

  test('dependencies are edges; a target without row has no targetResource', async () => {
    const { data } = (await ask(demo, `/resources/${instance.id}/dependencies`)).body;
    const of = (type: string) => data.find((edge: { relationshipType: string }) => edge.relationshipType === type);
    expect(Object.keys(of('in_vpc'))).toEqual([
      'id',
      'targetResourceId',
      'targetService',
      'relationshipType',
      'createdAt',
    ]);
    expect(Object.keys(of('uses_sg').targetResource)).toEqual(['id', 'name', 'region', 'state']);
    expect(of('uses_role').targetResourceId).toContain(':instance-profile/');
  });

  test('an edge has one id at both of its ends', async () => {
    const { data: dependents } = (await ask(demo, `/resources/${instance.id}/dependents`)).body;
    const volume = dependents.find((edge: { sourceService: string }) => edge.sourceService === 'ebs');
    expect(volume).toMatchObject({
      relationshipType: 'attached_to',
      sourceResource: { service: 'ebs', state: 'in-use' },
    });
    const { data: dependencies } = (await ask(demo, `/resources/${volume.sourceResourceId}/dependencies`)).body;
    expect(dependencies.map((edge: { id: string }) => edge.id)).toContain(volume.id);
  });

  test('targets are matched by bare name across accounts: one edge is a dependent of both databases', async () => {
    const twins = world.resources.filter((row) => row.resourceId === 'orders-db');
    const lists = await Promise.all(twins.map((row) => ask(demo, `/resources/${row.id}/dependents`)));
    expect(lists).toHaveLength(2);
    expect(lists[0]?.body.data).toEqual(lists[1]?.body.data);
    const alarm = world.resources.find((row) => row.name === 'orders-free-space-low');
    const { data } = (await ask(demo, `/resources/${alarm?.id}/dependencies`)).body;
    const other = world.resources.find((row) => row.id === data[0].targetResource.id);
    expect(other?.accountId).not.toBe(alarm?.accountId);
  });

  test('a group that admits itself is its own dependency and dependent', async () => {
    const group = rowOf((row) => row.name === 'cluster-internal');
    const { data } = (await ask(demo, `/resources/${group.id}/dependencies`)).body;
    expect(data[0].targetResource.id).toBe(group.id);
    expect((await ask(demo, `/resources/${group.id}/dependents`)).body.data[0].sourceResourceId).toBe(group.id);
  });

  test.each(['dependencies', 'dependents'])('%s of an unknown uuid are none, of anything else a 500', async (edges) => {
    expect(await ask(demo, `/resources/${unknown}/${edges}`)).toMatchObject({ status: 200, body: { data: [] } });
    expect(await ask(demo, `/resources/${instance.resourceId}/${edges}`)).toMatchObject(databaseError);
  });
});

describe('/findings/{id}', () => {
  test('leaks the raw description of its resource', async () => {
    const ec2 = new Map(world.resources.filter((row) => row.service === 'ec2').map((row) => [row.id, row]));
    const finding = world.findings.find((row) => ec2.has(row.resourceId ?? ''));
    const { data } = (await ask(demo, `/findings/${finding?.id}`)).body;
    expect(data.resource.raw.PrivateIpAddress).toBe(ec2.get(finding?.resourceId ?? '')?.privateAddress);
    expect(data.certificate).toBeNull();
    expect((await ask(demo, '/findings?limit=100')).text).not.toContain('PrivateIpAddress');
  });

  test('brings the certificate, with the extras of the open-source server', async () => {
    const finding = world.findings.find((row) => row.certificateId !== null && row.resourceId === null);
    const { data } = (await ask(demo, `/findings/${finding?.id}`)).body;
    expect(data).toMatchObject({ type: 'ssl_expiry', resourceId: null, resource: null });
    expect(data.certificate).toMatchObject({
      id: finding?.certificateId,
      orgId: world.organization.id,
      algorithm: 'RSA_2048',
    });
  });

  test('is 404 for an unknown uuid and 500 for anything else', async () => {
    expect(await ask(demo, `/findings/${unknown}`)).toMatchObject(notFound('Finding'));
    expect(await ask(demo, '/findings/nonsense')).toMatchObject(databaseError);
  });
});

describe('paths that do not exist', () => {
  test.each(['/resources/', '/scans', '/certificates', '/docs', '/openapi.json', '/Resources', '/findings/a/b'])(
    '%s is the short 404',
    async (path) => {
      expect(await ask(demo, path)).toMatchObject(routeMiss);
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s on a read path is the short 404, never 405', async (method) => {
    expect(await ask(demo, '/resources', { method })).toMatchObject(routeMiss);
  });

  test('HEAD is GET without body and length', async () => {
    const { status, text, headers } = await ask(demo, '/resources', { method: 'HEAD' });
    expect([status, text, headers.get('content-length')]).toEqual([200, '', null]);
  });
});
