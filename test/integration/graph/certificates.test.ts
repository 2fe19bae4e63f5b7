import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { some, world } from './world-lookup.ts';

const FIELDS = 'id primaryDomain altNames notBefore notAfter issuer algorithm origin lastSeenAt';

interface Certificate {
  readonly id?: string;
  readonly lastSeenAt: string | null;
}
interface Hits {
  readonly lookup: readonly { readonly node: Certificate }[];
}
interface Everywhere extends Hits {
  readonly findings: { readonly nodes: readonly { readonly certificate: Certificate | null }[] };
  readonly node: Certificate | null;
}
interface Cost {
  readonly estimated?: Readonly<Record<string, number>>;
}

const { findings, certificates } = world.cloud;
const shown = certificates.filter(({ id }) => findings.some(({ certificateId }) => certificateId === id));
const row = some(shown[0], 'certificate with a finding');
const id = encodeGlobalId({ type: 'Certificate', source: 'scanorbit', id: row.id });
const other = some(
  world.cloud.resources.find(({ service, name }) => service === 'rds' && name),
  'database',
);

describe.each(['observed', 'documented'] as const)('certificates, over a server of the %s edition', (edition) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startIndexed({
      scanorbit: [{ movingScans: false, edition }],
      scanopy: [{ version: '0.17.22' }],
      world: () => world,
    });
    await harness.query('{ resources(first: 1) { totalCount } }');
  });
  afterAll(() => harness.close());
  beforeEach(() => harness.resetUpstreamCalls());

  const sent = (instant: string | null) =>
    edition === 'documented' ? (instant?.replace('.000Z', 'Z') ?? null) : instant;

  const lookup = async (selection: string, terms: readonly string[]) => {
    const { data, errors, extensions } = await harness.query<Hits>(
      `query ($terms: [String!]!) { lookup(any: $terms) { node { ${selection} } } }`,
      { terms },
      { 'cache-control': 'no-cache' },
    );
    expect(errors).toBeUndefined();
    return {
      hits: data.lookup,
      calls: harness.upstreamCalls(),
      estimated: (extensions.cost as Cost).estimated?.SCANORBIT,
    };
  };

  it('one that cannot be had is left out with an error, and the other hits stand', async () => {
    const { faults } = some(harness.scanorbit[0], 'server');
    faults.add({ kind: 'wrong-shape', match: /\/findings\// });
    const { data, errors } = await harness.query<Hits>(
      'query ($terms: [String!]!) { lookup(any: $terms) { node { id ... on Certificate { notAfter } } } }',
      { terms: [row.id, other.id] },
      { 'cache-control': 'no-cache' },
    );
    faults.clear();
    expect(data.lookup.map(({ node }) => node.id)).toEqual([
      encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: other.id }),
    ]);
    expect(errors).toMatchObject([{ path: ['lookup'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
  });

  it('one id has one value in one operation, whether it is looked up, a finding names it, or it is requested by id', async () => {
    const { data, errors } = await harness.query<Everywhere>(
      `query ($id: ID!, $terms: [String!]!) {
        lookup(any: $terms) { node { ... on Certificate { ${FIELDS} } } }
        findings(first: 30, filter: { type: ["ssl_expiry"] }) { nodes { certificate { ${FIELDS} } } }
        node(id: $id) { ... on Certificate { ${FIELDS} } }
      }`,
      { id, terms: [row.id] },
    );
    expect(errors).toBeUndefined();
    expect(data.node).toMatchObject({ id, lastSeenAt: sent(row.lastSeenAt) });
    expect(data.lookup).toEqual([{ node: data.node }]);
    expect(data.findings.nodes.map(({ certificate }) => certificate).find((of) => of?.id === id)).toEqual(data.node);
  });

  it('looked up by name, one costs one request, as was estimated', async () => {
    const { hits, calls, estimated } = await lookup('... on Certificate { notBefore }', [row.id]);
    expect(hits).toEqual([{ node: { notBefore: sent(row.notBefore) } }]);
    expect([calls, estimated]).toEqual([1, 1]);
  });

  it('of several, each costs one request, however many terms find it', async () => {
    const terms = shown.flatMap(({ id: of, primaryDomain }) => (primaryDomain ? [of, primaryDomain] : [of]));
    const { hits, calls, estimated } = await lookup('... on Certificate { id issuer }', terms);
    const found = new Set(hits.flatMap(({ node }) => node.id ?? []));
    expect(found.size).toBeGreaterThan(5);
    expect(hits.filter((hit) => hit.node.id).length).toBeGreaterThan(found.size);
    expect([calls, estimated]).toEqual([found.size, found.size]);
  });

  it.each([
    ['its ids and its type', '__typename id ... on Certificate { sourceId }'],
    ['fields of other types', '... on Resource { id name } ... on Asset { id displayName }'],
  ])('costs nothing where no more is asked than %s', async (_, selection) => {
    const { hits, calls, estimated } = await lookup(selection, [row.id, other.id]);
    expect(hits).toHaveLength(2);
    expect([calls, estimated]).toEqual([0, 0]);
  });
});
