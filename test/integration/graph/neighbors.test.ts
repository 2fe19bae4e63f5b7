import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { isIndexed, startIndexed } from '../../support/indexed-gateway.ts';

const world = createWorld({ seed: 1 });
const { hosts, networks } = world.network;
const cabled = hosts.find(({ interfaces }) => interfaces.filter(({ neighbour }) => neighbour).length > 2);
const device = encodeGlobalId({ type: 'Host', source: 'scanopy', id: cabled?.id ?? '' });
const links = cabled?.interfaces.filter(({ neighbour }) => neighbour).length ?? 0;

const QUERY = `query ($id: ID!) {
  host(id: $id) {
    out: dependencies(first: 200, kinds: [LINKED_TO]) { edges { target { identifier } node { id } } }
    in: dependents(first: 200, kinds: [LINKED_TO]) { edges { node { id } } }
  }
}`;
const GRAPH = `query ($id: ID!) {
  graph(roots: [$id], depth: 1, kinds: [LINKED_TO]) { vertices { id depth } arrows { from to } }
}`;

interface Linked {
  host: {
    out: { edges: { target: { identifier: string }; node: { id: string } | null }[] };
    in: { edges: { node: { id: string } | null }[] };
  };
}

let harness: Harness;
afterEach(() => harness.close());

const ask = async () => {
  const { data, errors } = await harness.query<Linked>(QUERY, { id: device });
  expect(errors).toBeUndefined();
  const ids = (edges: readonly { node: { id: string } | null }[]) => edges.map(({ node }) => node?.id).toSorted();
  return { out: ids(data.host.out.edges), in: ids(data.host.in.edges) };
};

const reference = async () => {
  harness = await startHarness({ scanopy: [{ version: '0.16.0' }], world: () => world });
  const answer = await ask();
  await harness.close();
  expect(answer.out).toHaveLength(links);
  return answer;
};

describe.each(['0.14.13', '0.15.0', '0.17.14', '0.17.15', '0.17.21', '0.17.22'])(
  'what a switch is cabled to, on %s',
  (version) => {
    const isApart = version >= '0.17.15';

    it(`is as from 0.16.0, for ${isApart ? 'one call more' : 'no further call'}`, async () => {
      const expected = await reference();
      harness = await startHarness({ scanopy: [{ version }], world: () => world });
      expect(await ask()).toEqual(expected);
      expect(harness.scanopy[0]?.calls.filter(({ path }) => path.includes('topology'))).toHaveLength(isApart ? 1 : 0);
    });
  },
);

describe('on a version that has neighbours in the topology of a network', () => {
  it('the index sends one request a network, and its graph shows the links', async () => {
    harness = await startIndexed({ scanopy: [{ version: '0.17.22' }], world: () => world });
    expect(harness.scanopy[0]?.calls.filter(({ path }) => path.includes('topology'))).toHaveLength(networks.length);
    harness.resetUpstreamCalls();
    const { data } = await harness.query<{ graph: { arrows: { from: string; to: string }[] } }>(GRAPH, { id: device });
    expect(data.graph.arrows.filter(({ from }) => from === device).length).toBeGreaterThan(2);
    expect(harness.upstreamCalls()).toBe(0);
  });

  it('a topology that cannot be read keeps nothing else out of the index', async () => {
    harness = await startHarness({
      scanopy: [{ version: '0.17.22' }],
      world: () => world,
      config: { index: { enabled: true, directory: null } },
    });
    harness.scanopy[0]?.faults.add({ match: /topology/, kind: 'status-500' });
    await vi.waitFor(async () => expect(await isIndexed(harness)).toBe(true), { timeout: 90_000, interval: 50 });
  });

  it('a server without the answer leaves the links out, and the rest stands', async () => {
    harness = await startHarness({ scanopy: [{ version: '0.17.15' }], world: () => world });
    harness.scanopy[0]?.faults.add({ match: /topology/, kind: 'html-200' });
    const answer = await ask();
    expect(answer).toEqual({ out: [], in: [] });
  });
});
