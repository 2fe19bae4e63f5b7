import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

const world = createWorld({ seed: 9 });

describe('a gateway over two ScanOrbit organizations', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{ name: 'emea' }, { name: 'apac' }] });
  });
  afterAll(() => harness.close());

  it('lists both sources in configuration order without an upstream request', async () => {
    const { data, errors, extensions } = await harness.query<{ sources: { name: string }[] }>(
      '{ sources { name kind health } }',
    );
    expect(errors).toBeUndefined();
    expect(data.sources.map((source) => source.name)).toEqual(['emea', 'apac']);
    expect(extensions.cost.requests).toEqual({});
    expect(harness.scanorbit.flatMap((cloud) => cloud.calls)).toHaveLength(0);
  });

  interface Page {
    resources: {
      totalCount: number;
      nodes: { id: string; source: { name: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const PAGE = `query ($after: String, $source: String) {
    resources(first: 500, after: $after, filter: { source: $source }) {
      totalCount
      nodes { id source { name } }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const walk = async (source: string | null) => {
    const nodes: Page['resources']['nodes'] = [];
    const totals = new Set<number>();
    for (let after: string | null = null, more = true; more; ) {
      const { data, errors }: { data: Page; errors: unknown } = await harness.query<Page>(PAGE, { after, source });
      expect(errors).toBeUndefined();
      nodes.push(...data.resources.nodes);
      totals.add(data.resources.totalCount);
      after = data.resources.pageInfo.endCursor;
      more = data.resources.pageInfo.hasNextPage;
    }
    return { nodes, totals: [...totals] };
  };

  it('gives one list of resources over both: in source order, exactly counted, with ids that never clash', async () => {
    const both = await walk(null);
    const [emea, apac] = [await walk('emea'), await walk('apac')];
    expect(both.totals).toEqual([both.nodes.length]);
    expect(both.nodes.length).toBe(emea.nodes.length + apac.nodes.length);
    expect(both.nodes).toEqual([...emea.nodes, ...apac.nodes]);
    expect(new Set(both.nodes.map((node) => node.id)).size).toBe(both.nodes.length);
    expect(new Set(emea.nodes.map((node) => node.source.name))).toEqual(new Set(['emea']));
  });

  it('keeps ids apart even where both organizations use the same upstream ids', async () => {
    const twins = await startHarness({ scanorbit: [{ name: 'one' }, { name: 'two' }], world: () => world });
    const { data } = await twins.query<{ organizations: { id: string; sourceId: string }[] }>(
      '{ organizations { id sourceId } }',
    );
    await twins.close();
    const [first, second] = data.organizations;
    expect(first?.sourceId).toBe(second?.sourceId);
    expect(first?.id).not.toBe(second?.id);
  });
});
