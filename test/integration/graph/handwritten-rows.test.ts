import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_LIKE_IDS } from '#demo/world/handwritten.ts';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { some } from './world-lookup.ts';

const world = createWorld({ seed: 1, handwritten: true });
const resourceOf = (resourceId: string) =>
  some(
    world.cloud.resources.find((row) => row.resourceId === resourceId),
    resourceId,
  );
const globalIdOf = (resourceId: string) =>
  encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: resourceOf(resourceId).id });

const BY = 'query ($name: String!) { resource(by: { resourceId: $name }) { id resourceId } }';

interface Found {
  readonly resource: { readonly id: string; readonly resourceId: string } | null;
}

const start = { live: startHarness, indexed: startIndexed };

describe.each(['observed', 'documented'] as const)('rows written by hand, in a server of the %s edition', (edition) => {
  describe.each(['live', 'indexed'] as const)('read %s', (way) => {
    let harness: Harness;

    beforeAll(async () => {
      harness = await start[way]({
        scanorbit: [{ movingScans: false, edition }],
        scanopy: [{ version: '0.17.22' }],
        config: { federation: { enabled: true } },
        world: () => world,
      });
    });
    afterAll(() => harness.close());

    it.each(ROUTE_LIKE_IDS)(
      'the resource that AWS calls %j is found, though the server has another route of that name',
      async (name) => {
        const { data, errors } = await harness.query<Found>(BY, { name });
        expect(errors).toBeUndefined();
        expect(data.resource).toEqual({ id: globalIdOf(name), resourceId: name });
      },
    );

    it('their natural keys and global ids find them, and a global id made of such a text finds nothing', async () => {
      const of = ROUTE_LIKE_IDS.map((resourceId) => ({ __typename: 'Resource', resourceId }));
      const ids = ROUTE_LIKE_IDS.map(globalIdOf);
      const none = ['Resource', 'Finding', 'Scan', 'CloudAccount', 'Certificate'].flatMap((type) =>
        ROUTE_LIKE_IDS.map((id) => encodeGlobalId({ type, source: 'scanorbit', id })),
      );
      const elsewhere = ['Host', 'Service', 'Network', 'Discovery'].flatMap((type) =>
        ROUTE_LIKE_IDS.map((id) => encodeGlobalId({ type, source: 'scanopy', id })),
      );
      const { data, errors } = await harness.query<{
        readonly _entities: readonly { id: string }[];
        readonly nodes: readonly { id: string }[];
        readonly none: readonly null[];
      }>(
        'query ($of: [_Any!]!, $ids: [ID!]!, $none: [ID!]!) { _entities(representations: $of) { ... on Resource { id } } nodes(ids: $ids) { id } none: nodes(ids: $none) { id } }',
        { of, ids, none: [...none, ...elsewhere] },
      );
      expect(errors).toBeUndefined();
      expect(data._entities.map(({ id }) => id)).toEqual(ids);
      expect(data.nodes.map(({ id }) => id)).toEqual(ids);
      expect(new Set(data.none)).toEqual(new Set([null]));
    });

    it('lookup finds them, and says that the text was read as an AWS identifier', async () => {
      const { data } = await harness.query<{
        readonly lookup: readonly { term: string; matchedOn: string; node: { id: string } }[];
      }>('query ($terms: [String!]!) { lookup(any: $terms) { term matchedOn node { id } } }', {
        terms: ROUTE_LIKE_IDS,
      });
      const hits = data.lookup.map(({ term, matchedOn, node }) => [term, matchedOn, node.id]);
      expect(hits).toEqual(ROUTE_LIKE_IDS.map((term) => [term, 'RESOURCE_ID', globalIdOf(term)]));
    });

    it('no title is blank', async () => {
      const { data, errors } = await harness.query<{
        readonly resources: { nodes: readonly { sourceId: string; displayName: string }[] };
        readonly hosts: { nodes: readonly { sourceId: string; displayName: string }[] };
        readonly services: { nodes: readonly { displayName: string }[] };
      }>(
        '{ resources(first: 1000) { nodes { sourceId displayName } } hosts(first: 1000) { nodes { sourceId displayName } } services(first: 1000) { nodes { displayName } } }',
      );
      expect(errors).toBeUndefined();
      const every = [...data.resources.nodes, ...data.hosts.nodes, ...data.services.nodes];
      expect(every.filter(({ displayName }) => displayName.trim() === '')).toEqual([]);
      const titleOf = (of: readonly { sourceId: string; displayName: string }[], id: string | undefined) =>
        of.find(({ sourceId }) => sourceId === id)?.displayName;
      expect(titleOf(data.resources.nodes, resourceOf('blank-name').id)).toBe('blank-name');
      expect(titleOf(data.resources.nodes, resourceOf('  ').id)).toBe(resourceOf('  ').id);
      const [nameless, named] = world.network.hosts;
      expect(titleOf(data.hosts.nodes, nameless?.id)).toBe(nameless?.addresses[0]?.address);
      expect(titleOf(data.hosts.nodes, named?.id)).toBe('behind-a-blank.corp');
    });

    it('tags are read as an object and as the list that AWS gives', async () => {
      const { data, errors } = await harness.query<{
        readonly none: { tags: readonly object[] };
        readonly some: { tags: readonly object[] };
      }>(
        'query ($none: ID!, $some: ID!) { none: resource(by: { id: $none }) { tags { key value } } some: resource(by: { id: $some }) { tags { key value } } }',
        { none: globalIdOf('no-tags'), some: globalIdOf('tags-as-aws-lists-them') },
      );
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        none: { tags: [] },
        some: {
          tags: [
            { key: 'Team', value: 'crew' },
            { key: 'Bare', value: '' },
          ],
        },
      });
    });

    it('a filter by severity finds rows in any case, whatever they are ordered by', async () => {
      const { data } = await harness.query<{ readonly findings: { readonly totalCount: number } }>(
        '{ findings(first: 1, filter: { severity: [HIGH] }, orderBy: { field: CREATED_AT }) { totalCount } }',
      );
      const wanted = world.cloud.findings.filter(({ severity }) => severity.toUpperCase() === 'HIGH');
      expect(data.findings.totalCount).toBe(wanted.length);
    });

    it.each([
      ['HIGH', ''],
      ['LOW', ', status: [RESOLVED]'],
      ['MEDIUM', ', status: [OPEN]'],
      ['LOW, HIGH', ''],
    ])('a filter by severity %s%s finds rows in any case, and counts them', async (severity, more) => {
      const { data, errors } = await harness.query<{
        readonly findings: { totalCount: number; nodes: readonly { sourceId: string }[] };
      }>(
        `{ findings(first: 1000, filter: { severity: [${severity}]${more} }) { totalCount nodes { sourceId severity } } }`,
      );
      const status = /\[(\w+)\]/.exec(more)?.[1]?.toLowerCase();
      const expected = world.cloud.findings.filter(
        (row) => severity.split(', ').includes(row.severity.toUpperCase()) && (!status || row.status === status),
      );
      expect(errors).toBeUndefined();
      expect(data.findings.totalCount).toBe(expected.length);
      expect(data.findings.nodes.map(({ sourceId }) => sourceId).toSorted()).toEqual(
        expected.map(({ id }) => id).toSorted(),
      );
    });
  });
});

describe('whether a filter by severity finds every row', () => {
  const SEVERE = 'query ($of: [FindingSeverity!]) { findings(first: 1, filter: { severity: $of }) { totalCount } }';

  interface Counted {
    readonly findings: { readonly totalCount: number };
  }

  it('is looked up once in the statistics', async () => {
    const harness = await startHarness({ scanorbit: [{ movingScans: false }] });
    await harness.query<Counted>(SEVERE, { of: ['HIGH'] });
    expect(harness.scanorbit[0]?.countOf('/findings/stats')).toBe(1);
    expect(harness.upstreamCalls()).toBe(2);
    await harness.query<Counted>(SEVERE, { of: ['LOW'] });
    expect(harness.upstreamCalls()).toBe(3);
    await harness.close();
  });

  it('is noticed in any list that was read, where statistics count open findings only', async () => {
    const { cloud } = world;
    const findings = cloud.findings.map((row) =>
      row.status === 'open' ? { ...row, severity: row.severity.toLowerCase() } : row,
    );
    const low = findings.filter(({ severity }) => severity.toUpperCase() === 'LOW');
    expect(low.some(({ severity }) => severity !== 'low')).toBe(true);
    const harness = await startHarness({ scanorbit: [{ movingScans: false, world: { ...cloud, findings } }] });
    await harness.query('{ findings(first: 1000) { nodes { id } } }');
    const { data } = await harness.query<Counted>(SEVERE, { of: ['LOW'] });
    expect(data.findings.totalCount).toBe(low.length);
    await harness.close();
  });
});
