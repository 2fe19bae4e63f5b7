import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

const world = createWorld({ seed: 3 });
const QUERY = `query ($service: [String!]) {
  resources(first: 8, filter: { service: $service }) {
    nodes {
      resourceId
      name
      dependents(first: 1000) { edges { kind relationship target { kind identifier } node { id } } }
      dependencies(first: 1000) { edges { kind relationship target { kind identifier } node { id } } }
    }
  }
}`;

interface Edges {
  readonly edges: readonly { readonly target: { readonly kind: string; readonly identifier: string } }[];
}
interface Data {
  readonly resources: {
    readonly nodes: readonly {
      readonly resourceId: string;
      readonly name: string;
      readonly dependents: Edges;
      readonly dependencies: Edges;
    }[];
  };
}

/**
 * Names that databases of two accounts share. The documented edition shows the row it took an edge's target for, of either account,
 * and nothing else of the target: there the server's two answers about one edge contradict each other, and no reader can mend it.
 */
const shared = new Set(
  world.cloud.resources
    .filter(
      ({ service, name }, i, all) =>
        service === 'rds' && all.findIndex((other) => other.service === 'rds' && other.name === name) !== i,
    )
    .map(({ name }) => name),
);

const inOrder = ({ edges }: Edges) => edges.map((edge) => JSON.stringify(edge)).sort();

describe.each(['observed', 'documented'] as const)('relations of a %s server', (edition) => {
  let live: Harness;
  let indexed: Harness;

  beforeAll(async () => {
    const scanorbit = [{ edition, movingScans: false }];
    live = await startHarness({ scanorbit, world: () => world, config: { limits: { cost: { scanorbit: 1000 } } } });
    indexed = await startIndexed({ scanorbit, world: () => world });
  });

  afterAll(async () => {
    await Promise.all([live.close(), indexed.close()]);
  });

  it.each([['ec2'], ['rds'], ['lambda'], [edition === 'observed' ? 'security_group' : 'security_groups']])(
    'are the same from the index as from the server, at no request: %s',
    async (service) => {
      const asked = await live.query<Data>(QUERY, { service: [service] });
      expect(asked.errors).toBeUndefined();
      const found = asked.data.resources.nodes.flatMap((node) => [node.dependencies.edges, node.dependents.edges]);
      expect(found.flat().length).toBeGreaterThan(0);
      await indexed.query(
        `query ($s: [String!]) { resources(first: 8, filter: { service: $s }) { nodes { account { name } } } }`,
        { s: [service] },
      );
      indexed.resetUpstreamCalls();
      const known = await indexed.query<Data>(QUERY, { service: [service] });
      expect(known.errors).toBeUndefined();
      expect(known.data.resources.nodes.length).toBeGreaterThan(0);
      for (const [i, node] of known.data.resources.nodes.entries()) {
        const other = asked.data.resources.nodes[i];
        if (edition === 'documented' && shared.has(node.name)) continue;
        expect(node.resourceId).toBe(other?.resourceId);
        expect(inOrder(node.dependencies)).toEqual(other && inOrder(other.dependencies));
        expect(inOrder(node.dependents)).toEqual(other && inOrder(other.dependents));
      }
      expect(indexed.upstreamCalls()).toBe(0);
    },
  );
});
