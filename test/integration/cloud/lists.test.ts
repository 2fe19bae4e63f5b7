import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CloudHarness, startCloud } from './cloud-harness.ts';

interface Page {
  readonly resources: {
    readonly totalCount: number;
    readonly pageInfo: {
      hasNextPage: boolean;
      hasPreviousPage: boolean;
      startCursor: string | null;
      endCursor: string | null;
    };
    readonly edges: readonly { cursor: string; node: { sourceId: string } }[];
  };
}

const PAGE = `query Page($first: Int, $after: String, $last: Int, $before: String) {
  resources(first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { sourceId } }
  }
}`;

describe('walking 1,200 resources', () => {
  let cloud: CloudHarness;
  let all: readonly string[];

  beforeAll(async () => {
    cloud = await startCloud({ resources: 1200 });
    const halves = await cloud.query<{ a: Page['resources']; b: Page['resources'] }>(
      `{ a: resources(first: 600) { edges { node { sourceId } } } b: resources(last: 600) { edges { node { sourceId } } } }`,
    );
    all = [...halves.data.a.edges, ...halves.data.b.edges].map(({ node }) => node.sourceId);
  });
  afterAll(() => cloud.close());

  const page = async (args: object): Promise<Page['resources']> => {
    const { data, errors } = await cloud.query<Page>(PAGE, args as Record<string, unknown>);
    expect(errors).toBeUndefined();
    return data.resources;
  };

  it('shows every row once, from 12 pages of the upstream', () => {
    expect(new Set(all)).toEqual(new Set(cloud.world.resources.map(({ id }) => id)));
    expect(all).toHaveLength(1200);
    expect(cloud.cloud.countOf('/resources')).toBe(12);
  });

  it('gives the same list forwards in steps of any size, at no further call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 150, max: 700 }), async (first) => {
        const walked: string[] = [];
        let after: string | null = null;
        do {
          const step: Page['resources'] = await page({ first, after });
          expect(step.totalCount).toBe(1200);
          walked.push(...step.edges.map(({ node }) => node.sourceId));
          after = step.pageInfo.hasNextPage ? step.pageInfo.endCursor : null;
        } while (after);
        expect(walked).toEqual(all);
      }),
      { numRuns: 5 },
    );
    expect(cloud.cloud.countOf('/resources')).toBe(12);
  });

  it('gives the same list backwards', async () => {
    const walked: string[] = [];
    let before: string | null = null;
    do {
      const step: Page['resources'] = await page({ last: 333, before });
      walked.unshift(...step.edges.map(({ node }) => node.sourceId));
      before = step.pageInfo.hasPreviousPage ? step.pageInfo.startCursor : null;
    } while (before);
    expect(walked).toEqual(all);
  });

  it('cuts by any mix of first, after, last and before as the whole list would be cut', async () => {
    const { edges } = await page({ first: 1000 });
    const place = fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined });
    const size = fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(place, place, size, size, async (after, before, first, last) => {
        let expected = all.slice(after === undefined ? 0 : after + 1, before ?? 1200);
        if (before !== undefined && before <= (after ?? -1)) expected = [];
        const cut = first ?? (last === undefined ? 50 : undefined);
        if (cut !== undefined) expected = expected.slice(0, cut);
        if (last !== undefined) expected = expected.slice(-last);
        const cursor = (at: number | undefined) => (at === undefined ? undefined : edges[at]?.cursor);
        const got = await page({ first, last, after: cursor(after), before: cursor(before) });
        expect(got.edges.map(({ node }) => node.sourceId)).toEqual(expected);
        expect(got.totalCount).toBe(1200);
      }),
      { numRuns: 40 },
    );
    expect(cloud.cloud.countOf('/resources')).toBe(12);
  });

  it.each([{ first: 0 }, { first: 1001 }, { last: 0 }, { last: 1001 }, { first: -1 }, { after: 'nonsense' }])(
    'refuses %o',
    async (args) => {
      const { errors } = await cloud.query(PAGE, args);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    },
  );
});

it('is complete where the upstream repeats some rows and skips others', async () => {
  const cloud = await startCloud({ resources: 400, findings: 250 }, { ties: 7 });
  const { data } = await cloud.query<{ resources: { totalCount: number; nodes: { sourceId: string }[] } }>(
    `{ resources(first: 1000, filter: { search: "" , tag: null }) { totalCount nodes { sourceId } } }`,
  );
  expect(data.resources.totalCount).toBe(400);
  const searched = await cloud.query<{ resources: { nodes: { sourceId: string }[] } }>(
    `{ resources(first: 1000, filter: { search: "a" }) { nodes { sourceId } } }`,
  );
  const expected = cloud.world.resources.filter((row) =>
    [row.name ?? '', row.resourceId, ...Object.entries(row.tags ?? {}).flat()].some((text) => /a/i.test(text)),
  );
  expect(new Set(searched.data.resources.nodes.map(({ sourceId }) => sourceId))).toEqual(
    new Set(expected.map(({ id }) => id)),
  );
  await cloud.close();
});
