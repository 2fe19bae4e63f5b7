import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { edges, edgesTo, hostIdOf, resourceByRowId, resourceIdOf, resources, some, world } from './world-lookup.ts';

interface Walked {
  readonly graph: {
    readonly vertices: readonly {
      id: string;
      depth: number;
      asset: { id: string } | null;
      target: { kind: string; identifier: string } | null;
    }[];
    readonly arrows: readonly { from: string; to: string; kind: string; confidence: string }[];
    readonly truncated: boolean;
    readonly frontier: readonly string[];
  };
}
const GRAPH = `query ($roots: [ID!]!, $direction: GraphDirection, $depth: Int, $most: Int, $kinds: [DependencyKind!], $least: Confidence) {
  graph(roots: $roots, direction: $direction, depth: $depth, maxVertices: $most, kinds: $kinds, minConfidence: $least) {
    vertices { id depth asset { id } target { kind identifier } }
    arrows { from to kind confidence }
    truncated frontier
  }
}`;

const link = some(
  world.truth.find(({ rule }) => rule === 'instance-id-name'),
  'instance seen on a network',
);
const [instance, host] = [resourceIdOf(link.resourceId), hostIdOf(link.hostId)];

const startWorld = (edition: 'observed' | 'documented') =>
  startIndexed({
    scanorbit: [{ movingScans: false, edition }],
    scanopy: [{ version: '0.17.22' }],
    world: () => world,
  });

describe('the graph of both worlds', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startWorld('observed');
    harness.resetUpstreamCalls();
  });
  afterAll(async () => {
    expect(harness.upstreamCalls()).toBe(0);
    await harness.close();
  });
  const walk = async (variables: Record<string, unknown>): Promise<Walked['graph']> => {
    const { data, errors } = await harness.query<Walked>(GRAPH, variables);
    expect(errors).toBeUndefined();
    return data.graph;
  };
  const depthOf = ({ vertices }: Walked['graph'], id: string) => vertices.find((vertex) => vertex.id === id)?.depth;

  it('crosses to the same machine in the other world without a step', async () => {
    const graph = await walk({ roots: [instance], depth: 0 });
    expect(depthOf(graph, instance)).toBe(0);
    expect(depthOf(graph, host)).toBe(0);
    expect(graph.arrows).toContainEqual({ from: host, to: instance, kind: 'OBSERVED_AS', confidence: 'CERTAIN' });
  });

  it('says exactly where it was cut, and goes on from there', async () => {
    const whole = await walk({ roots: [instance], depth: 2 });
    const cut = await walk({ roots: [instance], depth: 2, most: 5 });
    expect(cut.vertices).toHaveLength(5);
    expect(cut.truncated).toBe(true);
    const shown = new Set(cut.vertices.map(({ id }) => id));
    const open = (vertex: string) =>
      whole.arrows.some(({ from, to }) => (from === vertex && !shown.has(to)) || (to === vertex && !shown.has(from)));
    for (const vertex of shown) if (open(vertex)) expect(cut.frontier).toContain(vertex);
    for (const vertex of cut.frontier) expect(shown.has(vertex)).toBe(true);
    const beyond = await walk({ roots: cut.frontier, depth: 1 });
    expect(beyond.vertices.length).toBeGreaterThan(cut.frontier.length);
    const lone = await walk({ roots: [instance], depth: 10, kinds: ['RUNS_AS'] });
    expect([lone.truncated, lone.frontier]).toEqual([false, []]);
  });

  it('answers what is in a VPC, which has no row of its own', async () => {
    const edge = some(
      edges.find(({ relationshipType }) => relationshipType === 'in_vpc'),
      'VPC',
    );
    const near = await walk({ roots: [resourceIdOf(edge.fromId)], depth: 1, kinds: ['CONTAINED_IN'] });
    const vpc = near.vertices.find(({ target }) => target?.identifier === edge.targetResourceId);
    expect(vpc).toMatchObject({ asset: null, depth: 1, target: { kind: 'vpc' } });
    const inside = await walk({ roots: [vpc?.id], depth: 1, direction: 'DEPENDENTS', kinds: ['CONTAINED_IN'] });
    const wanted = edges.filter(
      ({ relationshipType, targetResourceId }) =>
        relationshipType === 'in_vpc' && targetResourceId === edge.targetResourceId,
    );
    const ids = [...new Set(wanted.map(({ fromId }) => resourceIdOf(fromId)))];
    expect(inside.vertices.filter(({ depth }) => depth === 1).map(({ id }) => id)).toEqual(ids.toSorted());
  });

  it('follows one direction, some kinds, or certain relations only, where the arguments say so', async () => {
    const group = some(
      resources.find((row) => row.service === 'security_group' && edgesTo(row, 'uses_sg').length > 2),
      'group in use',
    );
    const root = resourceIdOf(group.id);
    const down = await walk({ roots: [root], depth: 1, direction: 'DEPENDENCIES' });
    expect(down.vertices.map(({ id }) => id)).toEqual([root]);
    const up = await walk({ roots: [root], depth: 1, direction: 'DEPENDENTS', kinds: ['PROTECTED_BY'] });
    const users = [...new Set(edgesTo(group, 'uses_sg').map(({ fromId }) => resourceIdOf(fromId)))];
    expect(up.vertices.slice(1).map(({ id }) => id)).toEqual(users.toSorted());
    expect(new Set(up.arrows.map(({ kind }) => kind))).toEqual(new Set(['PROTECTED_BY']));
    const named = some(
      world.truth.find(({ rule, confidence }) => rule === 'name-tag' && confidence === 'MEDIUM'),
      'machine linked by its name',
    );
    const roots = [resourceIdOf(named.resourceId)];
    expect(depthOf(await walk({ roots, depth: 1 }), hostIdOf(named.hostId))).toBeUndefined();
    expect(depthOf(await walk({ roots, depth: 1, least: 'MEDIUM' }), hostIdOf(named.hostId))).toBe(0);
    const certain = await walk({ roots: [instance], depth: 3, least: 'CERTAIN' });
    expect(certain.arrows.every(({ confidence }) => confidence === 'CERTAIN')).toBe(true);
  });

  it('finds the way from a volume to the services of the machine that holds it', async () => {
    const volume = some(
      edges.find(
        ({ relationshipType, fromId, targetResourceId }) =>
          relationshipType === 'attached_to' &&
          resourceByRowId.get(fromId)?.service === 'ebs' &&
          resourceByRowId.get(fromId)?.state !== 'unattached' &&
          targetResourceId === resourceByRowId.get(link.resourceId)?.resourceId,
      ),
      'volume of an instance seen on a network',
    );
    const from = resourceIdOf(volume.fromId);
    const { data } = await harness.query<{ paths: { vertices: { id: string }[]; arrows: { kind: string }[] }[] }>(
      'query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, limit: 1) { vertices { id } arrows { kind } } }',
      { from, to: host },
    );
    expect(data.paths).toEqual([
      {
        vertices: [{ id: from }, { id: instance }, { id: host }],
        arrows: [{ kind: 'ATTACHED_TO' }, { kind: 'OBSERVED_AS' }],
      },
    ]);
  });

  it('exports what other tools read', async () => {
    const formats = ['MERMAID', 'DOT', 'CYTOSCAPE', 'GRAPHML'];
    const fields = formats.map((format) => `${format}: export(format: ${format})`).join(' ');
    const { data } = await harness.query<{ graph: Record<string, string> & Walked['graph'] }>(
      `query ($roots: [ID!]!) { graph(roots: $roots, depth: 2) { vertices { id } arrows { from } ${fields} } }`,
      { roots: [instance] },
    );
    const { graph } = data;
    expect(graph.MERMAID).toMatch(/^flowchart LR/);
    expect((JSON.parse(graph.CYTOSCAPE ?? '') as { elements: { nodes: [] } }).elements.nodes).toHaveLength(
      graph.vertices.length,
    );
    expect(graph.GRAPHML?.match(/<node /g)).toHaveLength(graph.vertices.length);
    expect(graph.GRAPHML?.match(/<edge /g)).toHaveLength(graph.arrows.length);
    if (!existsSync('/usr/bin/dot')) return;
    const drawn = spawnSync('/usr/bin/dot', ['-Tsvg'], { input: graph.DOT, encoding: 'utf8' });
    expect([drawn.status, drawn.stderr]).toEqual([0, '']);
    expect(drawn.stdout.match(/class="node"/g)).toHaveLength(graph.vertices.length);
  });

  it('finds the links that the demo world has: no certain one is wrong, and none by unique identifiers is missing', async () => {
    const { data } = await harness.query<{
      correlations: {
        totalCount: number;
        nodes: { rule: string; confidence: string; host: { sourceId: string }; resource: { sourceId: string } }[];
      };
    }>(
      '{ correlations(first: 1000) { totalCount nodes { rule confidence host { sourceId } resource { sourceId } } } }',
    );
    const { nodes, totalCount } = data.correlations;
    expect(nodes).toHaveLength(totalCount);
    const pair = (of: { hostId: string; resourceId: string }) => `${of.hostId} ${of.resourceId}`;
    const labels = new Set(world.truth.map(pair));
    const found = nodes.map(({ host: h, resource: r }) => pair({ hostId: h.sourceId, resourceId: r.sourceId }));
    const sure = found.filter((_, i) => /CERTAIN|HIGH/.test(nodes[i]?.confidence ?? ''));
    expect(sure.filter((one) => !labels.has(one))).toEqual([]);
    const must = world.truth.filter(({ rule, confidence }) => {
      const isRule = ['manual', 'instance-id-name', 'eip-address', 'operator-ip-tag'].includes(rule);
      return isRule && /CERTAIN|HIGH/.test(confidence);
    });
    expect(must.length).toBeGreaterThan(20);
    expect(must.map(pair).filter((one) => !found.includes(one))).toEqual([]);
    for (const { hostId, resourceId } of world.decoys)
      if (resourceId) expect(found).not.toContain(pair({ hostId, resourceId }));
  });

  it('gives every asset that stands alone a reason', async () => {
    for (const side of ['CLOUD', 'NETWORK']) {
      const { data } = await harness.query<{ unmatched: { totalCount: number; nodes: { reasons: string[] }[] } }>(
        `{ unmatched(side: ${side}, first: 1000) { totalCount nodes { reasons } } }`,
      );
      expect(data.unmatched.totalCount).toBeGreaterThan(0);
      expect(data.unmatched.nodes.every(({ reasons }) => reasons.length > 0)).toBe(true);
    }
  });

  it('is the same over the documented edition, whose edges have no words, but less sure', async () => {
    const documented = await startWorld('documented');
    try {
      const key = some(
        resources.find((row) => row.service === 'kms_key' && edgesTo(row, 'encrypted_by').length > 2),
        'key in use',
      );
      const variables = { roots: [resourceIdOf(key.id)], depth: 1, kinds: ['ENCRYPTED_BY'] };
      const { data } = await documented.query<Walked>(GRAPH, variables);
      const observed = await walk(variables);
      const ends = ({ arrows }: Walked['graph']) => arrows.map(({ from, to, kind }) => [from, to, kind]);
      expect(ends(data.graph)).toEqual(ends(observed));
      expect(new Set(data.graph.arrows.map(({ confidence }) => confidence))).toEqual(new Set(['HIGH']));
      expect(new Set(observed.arrows.map(({ confidence }) => confidence))).toEqual(new Set(['CERTAIN']));
    } finally {
      await documented.close();
    }
  });
});
