import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

const world = createWorld({ seed: 7, resources: 200, findings: 40, hosts: 150 });
const rows = world.cloud.resources;
const [edited] = rows.filter(({ tags, resourceId }) => tags !== null && resourceId.startsWith('i-'));
const [removed] = rows.filter(
  ({ resourceId }) =>
    resourceId.startsWith('sg-') && world.cloud.edges.some(({ targetResourceId }) => targetResourceId === resourceId),
);
const globalId = (row: { readonly id: string } | undefined) =>
  encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: row?.id ?? '' });
const LIVE = { 'cache-control': 'no-cache' };

let harness: Harness;
let cloud: ScanOrbitDemo;
beforeEach(async () => {
  harness = await startIndexed({ world: () => world, scanorbit: [{ movingScans: false }] });
  cloud = harness.scanorbit[0] as ScanOrbitDemo;
});
afterEach(() => harness.close());

const ask = async <Data>(query: string, variables = {}, headers = {}): Promise<Data> => {
  const { data, errors } = await harness.query<Data>(query, variables, headers);
  expect(errors).toBeUndefined();
  return data;
};
const readById = (row: { readonly id: string } | undefined) =>
  ask('query ($id: ID!) { resource(by: { id: $id }) { tags { key value } } }', { id: globalId(row) }, LIVE);

interface Listed {
  readonly resources: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
}
const tagged = async (): Promise<readonly string[]> => {
  const { resources } = await ask<Listed>(
    '{ resources(first: 5, filter: { tag: { key: "owner", value: "payments" } }) { totalCount nodes { id } } }',
  );
  return resources.nodes.map(({ id }) => id);
};
const searched = async (): Promise<number> =>
  (await ask<Listed>('{ resources(first: 5, filter: { search: "payments-by-hand" }) { totalCount nodes { id } } }'))
    .resources.totalCount;

it('tags edited by hand are in every answer of the index once the resource was read live', async () => {
  cloud.editTags(edited?.id ?? '', { owner: 'payments', note: 'payments-by-hand' });
  expect([await tagged(), await searched()]).toEqual([[], 0]);
  await readById(edited);
  harness.resetUpstreamCalls();
  expect([await tagged(), await searched()]).toEqual([[globalId(edited)], 1]);
  const { lookup } = await ask<{ lookup: { node: { tags: object[] } }[] }>(
    'query ($term: String!) { lookup(any: [$term]) { node { ... on Resource { tags { key } } } } }',
    { term: edited?.resourceId ?? '' },
  );
  expect(lookup.map(({ node }) => node.tags)).toEqual([[{ key: 'owner' }, { key: 'note' }]]);
  expect(harness.upstreamCalls()).toBe(0);
  const { changes } = await ask<{ changes: { nodes: object[] } }>(
    '{ changes { nodes { kind asset { ... on Resource { id } } fields { name } } } }',
  );
  expect(changes.nodes).toEqual([{ kind: 'CHANGED', asset: { id: globalId(edited) }, fields: [{ name: 'tags' }] }]);
});

it.each([
  ['by its identifier', '{ resource(by: { resourceId: "IDENTIFIER" }) { id } }'],
  ['in a page of a list', '{ resources(first: 500, filter: { service: ["ec2"] }) { nodes { id } } }'],
])('a live reading counts too when the resource came %s', async (_, query) => {
  cloud.editTags(edited?.id ?? '', { owner: 'payments' });
  await ask(query.replace('IDENTIFIER', edited?.resourceId ?? ''), {}, LIVE);
  expect(await tagged()).toEqual([globalId(edited)]);
});

it.each([
  ['its id', () => ({ id: globalId(removed) })],
  ['its AWS identifier', () => ({ resourceId: removed?.resourceId ?? '' })],
])('a resource that the source does not find by %s is served by no answer of the index any more', async (_, by) => {
  const listed = '{ resources(first: 5, filter: { search: "IDENTIFIER" }) { totalCount nodes { id } } }';
  const look =
    'query ($term: String!, $roots: [ID!]!) { lookup(any: [$term]) { node { __typename } } graph(roots: $roots, depth: 1, direction: DEPENDENTS) { vertices { asset { __typename } } } }';
  interface Looked {
    readonly lookup: readonly object[];
    readonly graph: { readonly vertices: readonly { readonly asset: object | null }[] };
  }
  const variables = { term: removed?.resourceId ?? '', roots: [globalId(removed)] };
  const before = await ask<Looked>(look, variables);
  expect(before.lookup).toHaveLength(1);
  expect(before.graph.vertices.length).toBeGreaterThan(1);
  cloud.removeResource(removed?.id ?? '');
  const { resource } = await ask<{ resource: null }>(
    'query ($by: ResourceBy!) { resource(by: $by) { id } }',
    { by: by() },
    LIVE,
  );
  expect(resource).toBeNull();
  const { resources } = await ask<Listed>(listed.replace('IDENTIFIER', removed?.resourceId ?? ''));
  expect(resources.nodes).toEqual([]);
  const after = await ask<Looked>(look, variables);
  expect(after.lookup).toEqual([]);
  expect(after.graph.vertices).toHaveLength(1);
  const again = await ask<{ resource: null }>('query ($by: ResourceBy!) { resource(by: $by) { id } }', { by: by() });
  expect(again.resource).toBeNull();
});
