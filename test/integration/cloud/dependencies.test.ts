import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorldEdge, WorldResource } from '#demo/world/cloud-world.ts';
import { type CloudHarness, EDITIONS, startCloud } from './cloud-harness.ts';

interface Edge {
  readonly kind: string;
  readonly relationship: string | null;
  readonly confidence: string;
  readonly target: { kind: string; identifier: string };
  readonly node: { sourceId: string; account: { sourceId: string }; displayName: string } | null;
}
interface Found {
  readonly node: Record<'dependencies' | 'dependents', { totalCount: number; edges: readonly Edge[] }>;
}

const QUERY = `query ($id: ID!, $kinds: [DependencyKind!]) { node(id: $id) { ... on Resource {
  dependencies(kinds: $kinds) { totalCount edges { ...E } }
  dependents(kinds: $kinds) { totalCount edges { ...E } } } } }
  fragment E on DependencyEdge { kind relationship confidence target { kind identifier }
    node { ... on Resource { sourceId displayName account { sourceId } } } }`;

const globalId = (id: string) => Buffer.from(`Resource:scanorbit:${id}`).toString('base64url');

describe.each(EDITIONS)('on the %s edition', (edition) => {
  let cloud: CloudHarness;
  beforeAll(async () => {
    cloud = await startCloud({ edition, resources: 400, findings: 250 });
  });
  afterAll(() => cloud.close());

  const ask = async (row: WorldResource, kinds?: readonly string[]) => {
    const { data, errors } = await cloud.query<Found>(QUERY, { id: globalId(row.id), kinds });
    expect(errors).toBeUndefined();
    return data.node;
  };
  const rowsNamed = (resourceId: string) => cloud.world.resources.filter((row) => row.resourceId === resourceId);
  const target = ({ targetResourceId }: WorldEdge, of: WorldResource): WorldResource | undefined =>
    rowsNamed(targetResourceId).find(({ accountId }) => accountId === of.accountId) ?? rowsNamed(targetResourceId)[0];

  it('a database that two accounts call alike: each alarm is shown the one of its own account, and each one its own alarm', async () => {
    const twins = rowsNamed('orders-db');
    expect(twins).toHaveLength(2);
    const watched = new Map<string, string>();
    for (const twin of twins) {
      const { dependents } = await ask(twin);
      const accounts = dependents.edges.map(({ node }) => node?.account.sourceId);
      expect(accounts.length).toBeGreaterThan(0);
      expect(new Set(accounts)).toEqual(new Set([twin.accountId]));
      expect(dependents.totalCount).toBe(dependents.edges.length);
      for (const { node } of dependents.edges) if (node) watched.set(node.sourceId, twin.id);
    }
    for (const [alarmId, twinId] of watched) {
      const alarm = cloud.world.resources.find(({ id }) => id === alarmId);
      if (!alarm) throw new Error('Expected the alarm to be in the world.');
      const { dependencies } = await ask(alarm);
      expect(dependencies.edges.map(({ node }) => node?.sourceId)).toContain(twinId);
    }
  });

  it('an instance shows its security group, and filters by kind', async () => {
    const edge = cloud.world.edges.find(({ relationshipType }) => relationshipType === 'uses_sg');
    const from = cloud.world.resources.find(({ id }) => id === edge?.fromId);
    if (!edge || !from) throw new Error('Expected an edge to a security group.');
    const { dependencies } = await ask(from, ['PROTECTED_BY']);
    expect(dependencies.edges.map(({ node }) => node?.sourceId)).toContain(target(edge, from)?.id);
    expect(new Set(dependencies.edges.map(({ kind }) => kind))).toEqual(new Set(['PROTECTED_BY']));
    const told = edition === 'observed' ? ['uses_sg', 'CERTAIN'] : [null, 'HIGH'];
    expect(dependencies.edges.map(({ relationship, confidence }) => [relationship, confidence])).toContainEqual(told);
  });

  it('a group that admits itself, and two that admit each other, are shown as they are', async () => {
    const [alone] = cloud.world.resources.filter(({ name }) => name === 'cluster-internal');
    if (!alone) throw new Error('Expected the group.');
    const { dependencies, dependents } = await ask(alone);
    expect(dependencies.edges.map(({ node }) => node?.sourceId)).toEqual([alone.id]);
    expect(dependents.edges.map(({ node }) => node?.sourceId)).toContain(alone.id);
  });
});

describe('what an edge costs', () => {
  it('targets in no inventory are kept, without a node', async () => {
    const cloud = await startCloud({ resources: 300, findings: 250 });
    const edge = cloud.world.edges.find(({ targetService }) => targetService === 'vpc');
    const { data } = await cloud.query<Found>(QUERY, { id: globalId(edge?.fromId ?? '') });
    const vpc = data.node.dependencies.edges.find(({ target }) => target.kind === 'vpc');
    expect(vpc).toMatchObject({ kind: 'CONTAINED_IN', node: null, target: { identifier: edge?.targetResourceId } });
    await cloud.close();
  });

  it('names of the other ends come with the edges: no call beside the resource and its edges', async () => {
    const cloud = await startCloud({ resources: 300, findings: 250 });
    const edge = cloud.world.edges.find(({ relationshipType }) => relationshipType === 'uses_sg');
    const { data, errors } = await cloud.query<{ node: { dependencies: { nodes: { displayName: string }[] } } }>(
      `query ($id: ID!) { node(id: $id) { ... on Resource { dependencies(kinds: [PROTECTED_BY]) {
         nodes { __typename id displayName ... on Resource { name region state service resourceId } } } } } }`,
      { id: globalId(edge?.fromId ?? '') },
    );
    expect(errors).toBeUndefined();
    expect(data.node.dependencies.nodes.length).toBeGreaterThan(0);
    const asked = cloud.cloud.calls.map(({ endpoint }) => endpoint).toSorted();
    expect(asked).toEqual(['/resources/{id}', '/resources/{id}/dependencies', '/scans/recent']);
    await cloud.close();
  });
});

it('an identifier longer than the server looks up is found in its list', async () => {
  const cloud = await startCloud({ resources: 300, findings: 250 });
  const long = cloud.world.resources.find(({ resourceId }) => resourceId.length > 128);
  const slashed = cloud.world.resources.find(
    ({ resourceId, service }) => service === 'alb' && resourceId.includes('/'),
  );
  const { data } = await cloud.query<Record<string, { sourceId: string } | null>>(
    `query ($long: String!, $slashed: String!) { long: resource(by: { resourceId: $long }) { sourceId }
       slashed: resource(by: { resourceId: $slashed }) { sourceId } none: resource(by: { resourceId: "i-nowhere" }) { sourceId } }`,
    { long: long?.resourceId, slashed: slashed?.resourceId },
  );
  expect(data).toEqual({ long: { sourceId: long?.id }, slashed: { sourceId: slashed?.id }, none: null });
  await cloud.close();
});
