import { afterEach, describe, expect, it } from 'vitest';
import type { AnswerError, Harness } from '../../support/harness.ts';
import { startHarness } from '../../support/harness.ts';
import { edgesTo, hostIdOf, resourceIdOf, resources, some, world } from './world-lookup.ts';

/** Assets that a live walk requests; each may take two requests on the cloud side. */
const LIVE_VERTICES = 12;

const key = some(
  resources.find((row) => row.service === 'kms_key' && edgesTo(row, 'encrypted_by').length > 2),
  'key in use',
);
const GRAPH = `query ($roots: [ID!]!, $depth: Int) {
  graph(roots: $roots, depth: $depth) { vertices { id depth } truncated frontier }
}`;
interface Walked {
  readonly graph: { vertices: { id: string; depth: number }[]; truncated: boolean; frontier: string[] };
}

let harness: Harness;
afterEach(() => harness.close());

const start = (config: Parameters<typeof startHarness>[0] = {}) =>
  startHarness({
    scanorbit: [{ movingScans: false }],
    scanopy: [{ version: '0.17.22' }],
    world: () => world,
    ...config,
  });
const reasonsOf = (errors: readonly AnswerError[] | undefined) =>
  (errors ?? []).map(({ extensions }) => extensions.reason);

describe('the graph while the index has not read everything', () => {
  it('is read live with few requests, and says that names were not compared', async () => {
    harness = await start();
    const { data, errors } = await harness.query<Walked>(GRAPH, { roots: [resourceIdOf(key.id)], depth: 1 });
    expect(reasonsOf(errors)).toEqual(['INDEX_INCOMPLETE']);
    const users = [...new Set(edgesTo(key, 'encrypted_by').map(({ fromId }) => resourceIdOf(fromId)))];
    const shown = data.graph.vertices.filter(({ depth }) => depth === 1).map(({ id }) => id);
    expect(shown).toEqual(expect.arrayContaining(users));
  });

  it('requests no more than a few assets at any depth, and names those it did not request', async () => {
    harness = await start();
    const { data } = await harness.query<Walked>(GRAPH, { roots: [resourceIdOf(key.id)], depth: 6 });
    expect(data.graph.truncated).toBe(true);
    expect(data.graph.frontier.length).toBeGreaterThan(0);
    const edges = harness.scanorbit[0]?.calls.filter(({ endpoint }) => /dependen(cies|ts)$/.test(endpoint)) ?? [];
    expect(edges.length).toBeGreaterThan(2);
    expect(edges.length).toBeLessThanOrEqual(2 * LIVE_VERTICES);
  });

  it('returns what it has when a source fails meanwhile, with an error', async () => {
    harness = await start();
    harness.scanorbit[0]?.faults.add({ match: /\/dependents/, kind: 'status-500' });
    const { data, errors } = await harness.query<Walked>(GRAPH, { roots: [resourceIdOf(key.id)], depth: 1 });
    expect(data.graph.vertices.map(({ id }) => id)).toContain(resourceIdOf(key.id));
    expect(data.graph.frontier).toContain(resourceIdOf(key.id));
    expect(errors?.map(({ extensions }) => extensions.code)).toContain('UPSTREAM_UNAVAILABLE');
  });

  it('leaves links between the worlds unknown, not empty', async () => {
    harness = await start();
    const [host] = world.network.hosts;
    const { data, errors } = await harness.query<{ host: { resources: null }; resource: { hosts: null } }>(
      `query ($host: ID!, $resource: ID!) {
        host(id: $host) { resources { rule } }
        resource(by: { id: $resource }) { hosts { rule } }
      }`,
      { host: hostIdOf(host?.id ?? ''), resource: resourceIdOf(key.id) },
    );
    expect([data.host.resources, data.resource.hosts]).toEqual([null, null]);
    expect(reasonsOf(errors)).toEqual(['INDEX_INCOMPLETE', 'INDEX_INCOMPLETE']);
  });

  it('correlations and what is unmatched are unknown too, with the reason', async () => {
    harness = await start();
    const { data, errors } = await harness.query<{ correlations: null; unmatched: null }>(
      '{ correlations { totalCount } unmatched(side: NETWORK) { totalCount } }',
    );
    expect(data).toMatchObject({ correlations: null, unmatched: null });
    expect(new Set(reasonsOf(errors))).toEqual(new Set(['INDEX_INCOMPLETE']));
  });
});
