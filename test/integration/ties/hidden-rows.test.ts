import { describe, expect, test, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { AnswerError, HarnessOptions } from '../../support/harness.ts';
import { startHiding } from './hiding-servers.ts';

const { cloud, network } = createWorld({ seed: 6, hosts: 160, resources: 250 });
const CLOUD: HarnessOptions = { scanorbit: [{ world: cloud, movingScans: false }] };
const NETWORK: HarnessOptions = { scanopy: [{ world: network }] };
const FEDERATED = { config: { federation: { enabled: true } } };

const only = (...ids: readonly unknown[]) => {
  const hidden = new Set(ids);
  return ({ id }: Readonly<Record<string, unknown>>): boolean => hidden.has(id);
};
const told = (errors: readonly AnswerError[] | undefined) =>
  errors?.map(({ path = [], extensions: { missing } }) => [path.join('.'), missing]);
const some = <T>(rows: readonly T[], is: (row: T) => boolean): T => {
  const found = rows.find(is);
  if (!found) throw new Error('The world has no such row.');
  return found;
};

describe('rows that ScanOrbit counts and shows in no list', () => {
  test('of several pages are reported by one error, which counts them all', async () => {
    const inTime = cloud.resources.toSorted((a, b) => (a.lastSeenAt < b.lastSeenAt ? 1 : -1));
    const { query } = await startHiding(only(inTime[20]?.id, inTime[150]?.id), CLOUD);
    const { data, errors } = await query<{ resources: { nodes: unknown[] } }>(
      '{ resources(first: 1000) { nodes { id } } }',
    );
    expect(data.resources.nodes).toHaveLength(cloud.resources.length - 2);
    expect(told(errors)).toEqual([['resources', 2]]);
  });

  const finding = some(cloud.findings, ({ resourceId }) => resourceId !== null);
  const about = encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: finding.resourceId ?? '' });

  test.each([
    ['one resource', `resource(by: { id: "${about}" }) { findings { totalCount } }`, 1],
    ['many resources, which are read together', 'resources(first: 20) { nodes { findings { totalCount } } }', 20],
  ])('are reported beside the findings of %s', async (_, field, fields) => {
    const { query } = await startHiding(only(finding.id), CLOUD);
    const { errors } = await query(`{ ${field} }`);
    expect(errors).toHaveLength(fields);
    for (const { path, extensions } of errors ?? [])
      expect([path?.at(-1), extensions.missing]).toEqual(['findings', 1]);
  });

  test('may be about a certificate, which is not called unknown', async () => {
    const certificateId = '00000000-0000-4000-8000-000000000001';
    const id = encodeGlobalId({ type: 'Certificate', source: 'scanorbit', id: certificateId });
    const { id: hidden } = some(cloud.findings, ({ type }) => type === 'ssl_expiry');
    const { query } = await startHiding(only(hidden), CLOUD);
    const { errors } = await query(`{ node(id: "${id}") { id } }`);
    expect(told(errors)).toEqual([['node', 1]]);
  });

  test('may carry the name that another resource has: that does not mean one', async () => {
    const names = Map.groupBy(cloud.resources, ({ resourceId }) => resourceId);
    const [named] = some(
      [...names.values()],
      ([row, ...more]) => more.length === 0 && /^[a-z]+-db$/.test(row?.resourceId ?? ''),
    );
    const hidden = some(cloud.resources, (row) => row !== named);
    const { query } = await startHiding(only(hidden.id), { ...CLOUD, ...FEDERATED });
    const { errors } = await query(
      `{ _entities(representations: [{ __typename: "Resource", resourceId: "${named?.resourceId}" }]) { __typename } }`,
    );
    expect(told(errors)).toEqual([['_entities.0', 1]]);
  });

  test('may be what an edge points at in its own account: the edge is not called one to nowhere', async () => {
    const twins = cloud.resources.filter(({ resourceId }) => resourceId === 'orders-db');
    expect(twins).toHaveLength(2);
    const { query } = await startHiding(only(...twins.map(({ id }) => id)), CLOUD);
    const sources = cloud.edges.filter(({ targetResourceId }) => targetResourceId === 'orders-db');
    const ids = [...new Set(sources.map(({ fromId }) => fromId))].map((id) =>
      encodeGlobalId({ type: 'Resource', source: 'scanorbit', id }),
    );
    const { errors = [] } = await query(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Resource { dependencies { edges { node { displayName } } } } } }',
      { ids },
    );
    expect(errors.length).toBeGreaterThan(0);
    for (const { path, extensions } of errors) expect([path?.at(-1), extensions.missing]).toEqual(['node', 1]);
  });
});

describe('resources that ScanOrbit counts and shows in no list, in the index', () => {
  const named = new Set(cloud.findings.map(({ resourceId }) => resourceId));

  test.each([
    ['named by findings are requested by id', some(cloud.resources, ({ id }) => named.has(id)), 0],
    ['that no finding names go on missing', some(cloud.resources, ({ id }) => !named.has(id)), 1],
  ])('%s', async (_, hidden, missingRows) => {
    const { query } = await startHiding(only(hidden.id), {
      ...CLOUD,
      config: { index: { enabled: true, directory: null } },
    });
    const index = { complete: missingRows === 0, missingRows, coverage: 1 };
    await vi.waitFor(
      async () => {
        const { data } = await query('{ sources { index { complete missingRows coverage } } }');
        expect(data).toEqual({ sources: [{ index }] });
      },
      { timeout: 90_000, interval: 50 },
    );
  });
});

describe('rows that Scanopy counts and shows in no list', () => {
  const names = Map.groupBy(network.hosts, ({ hostname }) => hostname ?? '');
  const host = some(network.hosts, ({ hostname }) => Boolean(hostname) && names.get(hostname ?? '')?.length === 1);
  const other = some(network.hosts, (row) => row !== host && row.networkId === host.networkId);
  const id = encodeGlobalId({ type: 'Host', source: 'scanopy', id: host.id });

  test('may carry the name of a host: that does not mean one', async () => {
    const { query } = await startHiding(only(other.id), { ...NETWORK, ...FEDERATED });
    const { errors } = await query(
      `{ _entities(representations: [{ __typename: "Host", hostname: "${host.hostname}" }]) { __typename } }`,
    );
    expect(told(errors)).toEqual([['_entities.0', 1]]);
  });

  test('may point at a host: what does is reported as incomplete', async () => {
    const { query } = await startHiding(only(other.id), NETWORK);
    const { data, errors } = await query<{ host: object }>(`{ host(id: "${id}") { dependents { totalCount } } }`);
    expect(data.host).not.toBeNull();
    expect(told(errors)).toEqual([['', 1]]);
  });

  test('may have the binding that a dependency names: its services are reported as incomplete', async () => {
    const { networkId } = some(network.dependencies, ({ membersNamedBy }) => membersNamedBy === 'Bindings');
    const { services } = some(network.hosts, (row) => row.networkId === networkId && row.services.length > 0);
    const { query } = await startHiding(only(services[0]?.id), NETWORK);
    const { errors } = await query('{ serviceDependencies { members { id } } }');
    expect(told(errors)).toEqual([['', 1]]);
  });

  test('may be the subnet of an address, which is not called unknown', async () => {
    const addressed = some(network.hosts, ({ addresses }) => Boolean(addresses[0]?.subnetId));
    const { query } = await startHiding(only(addressed.addresses[0]?.subnetId), NETWORK);
    const hostId = encodeGlobalId({ type: 'Host', source: 'scanopy', id: addressed.id });
    const { errors } = await query(`{ host(id: "${hostId}") { addresses { subnet { cidr } } } }`);
    expect(errors?.every(({ extensions }) => extensions.missing === 1)).toBe(true);
    expect(told(errors)?.map(([at]) => at)).toContain('host.addresses.0.subnet');
  });
});
