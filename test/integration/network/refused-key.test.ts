import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';

let harness: Harness;
afterEach(() => harness.close());

const SOURCES = '{ sources { health lastError } }';

describe.each([
  ['disabled', 'The source "scanopy" refused its credential: the key is disabled.'],
  ['expired', 'The source "scanopy" refused its credential: the key has expired.'],
  ['deleted', 'The source "scanopy" refused its credential.'],
] as const)('a Scanopy key that is %s', (state, message) => {
  it('is an error of every field, never a null without one, and the state of its source', async () => {
    harness = await startHarness({ scanopy: [{}] });
    const [network] = harness.scanopy;
    const { data } = await harness.query<{
      hosts: { nodes: { id: string }[] };
      discoveries: { nodes: { id: string }[] };
    }>('{ hosts(first: 1) { nodes { id } } discoveries(first: 1) { nodes { id } } }');
    const ids = [data.hosts.nodes[0]?.id, data.discoveries.nodes[0]?.id];
    network?.setKeyState(state);
    const nodes = await harness.query(
      'query ($host: ID!, $discovery: ID!) { host: node(id: $host) { id } discovery: node(id: $discovery) { id } }',
      { host: ids[0], discovery: ids[1] },
      { 'cache-control': 'no-cache' },
    );
    expect(nodes.data).toEqual({ host: null, discovery: null });
    expect(nodes.errors?.map(({ path }) => path?.[0]).toSorted()).toEqual(['discovery', 'host']);
    for (const error of nodes.errors ?? []) {
      expect(error).toMatchObject({
        message,
        extensions: { code: 'UPSTREAM_UNAUTHORIZED', source: 'scanopy', retryAfterSeconds: 5 },
      });
    }
    expect((await harness.query(SOURCES)).data).toEqual({ sources: [{ health: 'UNAUTHORIZED', lastError: message }] });
  });
});

it('an object that the key must not see stays null, without an error and without harm to the key', async () => {
  harness = await startHarness({ scanopy: [{}] });
  const { data } = await harness.query<{ discoveries: { nodes: { id: string }[] } }>(
    '{ discoveries(first: 1) { nodes { id } } }',
  );
  await harness.close();
  harness = await startHarness({ scanopy: [{ networkIds: [] }] });
  const node = await harness.query('query ($id: ID!) { node(id: $id) { id } }', { id: data.discoveries.nodes[0]?.id });
  expect(node.data).toEqual({ node: null });
  expect(node.errors).toBeUndefined();
  expect(harness.scanopy[0]?.calls.map(({ status }) => status)).toContain(403);
  expect((await harness.query(SOURCES)).data).toEqual({ sources: [{ health: 'OK', lastError: null }] });
});
