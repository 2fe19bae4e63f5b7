import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { edges, resourceIdOf, resources, some, world } from './world-lookup.ts';

const instances = resources.filter(({ id, service }) => service === 'ec2' && edges.some(({ fromId }) => fromId === id));
const [newer, untold] = [some(instances[0], 'instance with relations'), some(instances[1], 'another')];
const before = {
  ...world,
  cloud: { ...world.cloud, resources: world.cloud.resources.filter((row) => row !== newer && row !== untold) },
};
const vertex = resourceIdOf(newer.id);
const GRAPH = `query ($roots: [ID!]!) {
  graph(roots: $roots, depth: 1) { vertices { id } arrows { from to } truncated frontier }
}`;
interface Walked {
  readonly graph: {
    readonly vertices: readonly { id: string }[];
    readonly arrows: readonly { from: string; to: string }[];
    readonly truncated: boolean;
    readonly frontier: readonly string[];
  };
}

describe('an asset that is newer than the index', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => before });
    for (const row of [newer, untold]) harness.scanorbit[0]?.addResource(row);
  });
  afterAll(() => harness.close());

  it('has the relations that its source returns', async () => {
    const { data } = await harness.query<Walked>(GRAPH, { roots: [vertex] });
    const targets = new Set(
      edges.filter(({ fromId }) => fromId === newer.id).map(({ targetResourceId }) => targetResourceId),
    );
    expect(data.graph.arrows.filter(({ from }) => from === vertex).length).toBeGreaterThanOrEqual(targets.size);
  });

  it('that no source has has no relations, and not unknown ones', async () => {
    const { data, errors } = await harness.query<Walked>(GRAPH, {
      roots: [resourceIdOf('00000000-0000-4000-8000-000000000000')],
    });
    expect(errors).toBeUndefined();
    expect(data.graph).toMatchObject({ arrows: [], truncated: false, frontier: [] });
  });

  // Last: a source that failed is left alone for a moment.
  it('is said to be cut off where its source does not answer', async () => {
    harness.scanorbit[0]?.faults.add({ match: /dependen(cies|ts)/, kind: 'status-500' });
    const id = resourceIdOf(untold.id);
    const { data, errors } = await harness.query<Walked>(GRAPH, { roots: [id] });
    expect(data.graph).toMatchObject({ truncated: true, frontier: [id] });
    expect(errors?.length).toBeGreaterThan(0);
    const { data: report } = await harness.query<{ impact: { truncated: boolean } }>(
      'query ($id: ID!) { impact(id: $id) { truncated } }',
      { id },
    );
    expect(report.impact.truncated).toBe(true);
    harness.scanorbit[0]?.faults.clear();
  });
});
