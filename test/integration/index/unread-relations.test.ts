import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { untilIndexed } from '../../support/indexed-gateway.ts';
import { skippingClock } from '../../support/skipping-clock.ts';

const world = createWorld({ seed: 3, resources: 200, findings: 40, hosts: 150 });
const withEdges = world.cloud.resources.filter(
  ({ id, service }) => service === 'ec2' && world.cloud.edges.some(({ fromId }) => fromId === id),
);
const [failing, healthy] = withEdges;
const key = world.cloud.resources.find(({ service }) => service === 'kms_key');
const vertex = (row: typeof failing) => encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: row?.id ?? '' });
const GRAPH = `query ($roots: [ID!]!) {
  graph(roots: $roots, depth: 0, direction: DEPENDENCIES) { vertices { id } truncated frontier }
}`;
interface Walked {
  readonly graph: {
    readonly vertices: readonly { id: string }[];
    readonly truncated: boolean;
    readonly frontier: string[];
  };
}
const INDEX = '{ sources { index { complete unreadRelations } } }';
interface Indexed {
  readonly sources: readonly { readonly index: { readonly complete: boolean; readonly unreadRelations: number } }[];
}

const REFRESH_MS = 5_000;

describe.each(['status-500', 'wrong-shape'] as const)('a resource whose relations always fail: %s', (kind) => {
  const clock = skippingClock();
  const startFailing = async (): Promise<Harness> => {
    const started = await startHarness({
      world: () => world,
      scanorbit: [{ movingScans: false, latencyMs: 1 }],
      config: { index: { enabled: true, directory: null, refreshSeconds: REFRESH_MS / 1000 } },
      deps: { clock },
    });
    started.scanorbit[0]?.faults.add({ match: new RegExp(`${failing?.id}/dependencies`), kind });
    await untilIndexed(started);
    return started;
  };
  let harness: Harness;
  beforeAll(async () => {
    harness = await startFailing();
  });
  afterAll(() => harness.close());

  it('does not keep the relations of all others from being known, and is counted', async () => {
    const { data } = await harness.query<Indexed>(INDEX);
    expect(data.sources).toEqual([{ index: { complete: true, unreadRelations: 1 } }]);
  });

  it('is where a walk stops, and says so', async () => {
    const { data, errors } = await harness.query<Walked>(GRAPH, { roots: [vertex(failing)] });
    expect(data.graph).toMatchObject({ truncated: true, frontier: [vertex(failing)] });
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([{ reason: 'RELATIONS_UNREAD', unread: 1 }]);
    const { data: whole } = await harness.query<{ graph: { frontier: string[] } }>(
      `query ($roots: [ID!]!) { graph(roots: $roots, depth: 1, direction: DEPENDENCIES, maxVertices: 500) { frontier } }`,
      { roots: [vertex(healthy)] },
    );
    expect(whole.graph.frontier).not.toContain(vertex(failing));
  });

  it.each(['DEPENDENTS', 'BOTH'])('may point at anything that a walk meets: %s', async (direction) => {
    const { data } = await harness.query<Walked>(
      `query ($roots: [ID!]!) {
        graph(roots: $roots, depth: 10, direction: ${direction}, maxVertices: 5000) { vertices { id } truncated frontier }
      }`,
      { roots: [vertex(key)] },
    );
    expect(data.graph.truncated).toBe(true);
    expect(data.graph.frontier).toContain(vertex(key));
  });

  it('may need anything that goes', async () => {
    const { data } = await harness.query<{ impact: { truncated: boolean } }>(
      'query ($id: ID!) { impact(id: $id, depth: 10) { truncated } }',
      { id: vertex(key) },
    );
    expect(data.impact.truncated).toBe(true);
  });

  it('leaves a walk along the arrows that does not meet it whole', async () => {
    const { data } = await harness.query<Walked>(
      `query ($roots: [ID!]!) {
        graph(roots: $roots, depth: 10, direction: DEPENDENCIES, maxVertices: 5000) { vertices { id } truncated frontier }
      }`,
      { roots: [vertex(healthy)] },
    );
    expect(data.graph.vertices.length).toBeGreaterThan(1);
    expect(data.graph).toMatchObject({ truncated: false, frontier: [] });
  });

  it('has relations that are unknown, not none', async () => {
    const { data, errors } = await harness.query<{ resource: { dependencies: null } }>(
      'query ($id: ID!) { resource(by: { id: $id }) { dependencies(first: 5) { totalCount } } }',
      { id: vertex(failing) },
    );
    expect(data.resource.dependencies).toBeNull();
    expect(errors?.length).toBeGreaterThan(0);
  });

  it('is requested again at later refreshes, and read as soon as the source answers', async () => {
    const repaired = await startFailing();
    onTestFinished(() => repaired.close());
    repaired.scanorbit[0]?.faults.clear();
    repaired.resetUpstreamCalls();
    await vi.waitFor(
      async () => {
        clock.skip(REFRESH_MS);
        await repaired.query<Walked>(GRAPH, { roots: [vertex(failing)] });
        const { data } = await repaired.query<Indexed>(INDEX);
        expect(data.sources[0]?.index.unreadRelations).toBe(0);
      },
      { timeout: 60_000, interval: 50 },
    );
    expect(repaired.scanorbit[0]?.countOf('/resources/{id}/dependencies')).toBe(1);
    expect(repaired.scanorbit[0]?.countOf('/resources')).toBe(0);
    const { data, errors } = await repaired.query<Walked>(GRAPH, { roots: [vertex(failing)] });
    expect(errors).toBeUndefined();
    expect(data.graph.frontier).toEqual([vertex(failing)]);
  });
});
