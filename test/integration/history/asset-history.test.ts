import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { HistoryType, HistoryVersion } from '#history/history-store.ts';
import { encodeGlobalId, type RecordRef } from '#lib/record-ref.ts';
import { replaceNetwork, startWithHistory } from '../../support/history/gateway-with-history.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

const HISTORY = `query ($id: ID!, $after: String) {
  node(id: $id) { ... on Asset { displayName history(first: 1, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { kind title from since until fields { name before after } }
  } } }
}`;

interface Page {
  readonly node: {
    readonly displayName: string;
    readonly history: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: readonly { readonly kind: string; readonly from: string; readonly until: string | null }[];
    } | null;
  };
}

interface ChangesPage {
  readonly nodes: readonly { readonly title: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
}

it('an asset tells how it was before, and in which fields that differs, also when the same was asked before', async () => {
  const { world, harness, visible, store } = await startWithHistory();
  const host = world.network.hosts.find(({ hostname }) => hostname !== null);
  if (!host) throw new Error('Expected a world with host names.');
  const id = encodeGlobalId({ type: 'Host', source: 'scanopy', id: host.id });
  const ask = async (after: string | null = null) => (await harness.query<Page>(HISTORY, { id, after })).data.node;
  await vi.waitFor(async () => expect((await ask()).history?.totalCount).toBe(1), { timeout: 60_000 });
  const before = await ask();
  expect(before.history?.nodes).toMatchObject([{ kind: 'FIRST', title: before.displayName, since: null, until: null }]);

  const hosts = world.network.hosts.map((row) => (row === host ? { ...row, hostname: 'renamed.example' } : row));
  await replaceNetwork(harness, { ...world.network, hosts });
  await vi.waitFor(async () => expect((await ask()).history?.totalCount).toBe(2), { timeout: 90_000, interval: 200 });
  const { history } = await ask();
  const [changed] = history?.nodes ?? [];
  expect(changed).toMatchObject({ kind: 'CHANGED', until: null });
  expect(changed).toHaveProperty('fields', [{ name: 'hostname', before: host.hostname, after: 'renamed.example' }]);
  const older = (await ask(history?.pageInfo.endCursor ?? null)).history;
  expect(older?.nodes).toMatchObject([{ kind: 'FIRST', until: changed?.from }]);
  expect(older?.pageInfo.hasNextPage).toBe(false);
  expect(await store.count({ visible, types: ['Host'], kinds: ['CHANGED'] })).toBe(1);

  const changes = async (args: string) => {
    const { data } = await harness.query<{ changes: { nodes: readonly object[] } }>(
      `{ changes(${args}) { nodes { kind title noticedAt fields { name after } asset { id } } } }`,
    );
    return data.changes.nodes;
  };
  const noticedAt = changed?.from;
  const told = [
    { kind: 'CHANGED', noticedAt, fields: [{ name: 'hostname', after: 'renamed.example' }], asset: { id } },
  ];
  for (const args of [
    'first: 5',
    'types: [HOST]',
    'kinds: [CHANGED]',
    'source: "scanopy"',
    `asset: "${id}"`,
    `until: "${noticedAt}"`,
  ])
    expect(await changes(args)).toMatchObject(told);
  for (const args of ['types: [RESOURCE]', 'kinds: [ADDED, REMOVED]', 'source: "scanorbit"', `since: "${noticedAt}"`])
    expect(await changes(args)).toEqual([]);
});

it('pages of changes stay where they are while more comes', async () => {
  const { harness, visible, store } = await startWithHistory();
  const source = visible.find(({ name }) => name === 'scanopy');
  if (!source) throw new Error('Expected a source of this name.');
  await vi.waitFor(async () => expect((await store.earliest([source])).size).toBe(1), { timeout: 60_000 });
  const [reading] = await store.readings({ visible: [source] }, 1);
  const at = reading?.at ?? 0;
  // As another gateway over the same history would add them: new hosts of a network, one reading after the other.
  const add = async (n: number) => {
    const rows = Array.from({ length: n }, (_, i) => {
      const value = JSON.stringify({ name: `new-${i}`, hostname: null, addresses: [], services: [] });
      return { id: `new-${i}`, part: 'new', owner: null, value, sighting: null };
    });
    const parts = [{ name: 'new', readAt: at + n, isWhole: true }];
    const known = { isComplete: true, parts, about: '{}' };
    await store.append({ source, id: `${n}`, at: at + n, endedAt: at + n, ...known }, [{ type: 'Host', rows }]);
  };
  for (const n of [1, 2, 3]) await add(n);
  const page = async (args: string) => {
    const { data } = await harness.query<{ changes: ChangesPage }>(
      `{ changes(kinds: [ADDED], ${args}) { nodes { title } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
    );
    const { nodes, pageInfo } = data.changes;
    return { ...pageInfo, titles: nodes.map(({ title }) => title) };
  };
  const first = await page('first: 1');
  expect(first).toMatchObject({ titles: ['new-2'], hasNextPage: true, hasPreviousPage: false });
  await add(4);
  const second = await page(`first: 1, after: "${first.endCursor}"`);
  expect(second).toMatchObject({ titles: ['new-1'], hasNextPage: false, hasPreviousPage: true });
  expect(await page(`last: 5, before: "${first.endCursor}"`)).toMatchObject({ titles: ['new-3'], hasNextPage: true });
  const { errors } = await harness.query('{ changes(after: "b2Zmc2V0OjE") { totalCount } }');
  expect(errors).toMatchObject([{ message: 'Expected "after" to be a cursor of this list, got "b2Zmc2V0OjE".' }]);
});

it('changes of one record are its own, and none where it is no asset and no finding, although its past is kept', async () => {
  const { harness, visible, store } = await startWithHistory();
  await vi.waitFor(async () => expect((await store.earliest(visible)).size).toBe(2), { timeout: 60_000 });
  const oneOf = async (type: HistoryType): Promise<HistoryVersion> => {
    const [version] = await store.versions({ visible, types: [type] }, { limit: 1 });
    if (!version) throw new Error(`Expected the history to have a record of the type ${type}.`);
    return version;
  };
  const [finding, network] = [await oneOf('Finding'), await oneOf('Network')];
  const assets = [await oneOf('Resource'), await oneOf('Host'), await oneOf('Service')];
  // As another gateway over the same history would add it: nothing is there any more.
  for (const source of visible) {
    const at = (await store.readings({ visible: [source] }, 1))[0]?.at ?? 0;
    const reading = { source, id: 'later', at: at + 1, endedAt: at + 1, isComplete: true, about: '{}', parts: [] };
    await store.append(reading, []);
  }
  const changesOf = async (record: RecordRef) => {
    const asset = encodeGlobalId(record);
    const query = `{ changes(asset: "${asset}", kinds: [REMOVED]) { totalCount nodes { kind finding { id } } } }`;
    return (await harness.query<{ changes: object }>(query)).data.changes;
  };
  const removed = (of: object | null) => ({ totalCount: 1, nodes: [{ kind: 'REMOVED', finding: of }] });
  for (const asset of assets) expect(await changesOf(asset)).toEqual(removed(null));
  expect(await changesOf(finding)).toEqual(removed({ id: encodeGlobalId(finding) }));
  expect(await store.count({ visible, record: network, kinds: ['REMOVED'] })).toBe(1);
  expect(await changesOf(network)).toEqual({ totalCount: 0, nodes: [] });
});

it('the past of an asset costs no upstream request', async () => {
  const { harness } = await startWithHistory();
  const first = `{ resources(first: 5) { nodes { id } } }`;
  const withHistory = `{ resources(first: 5) { nodes { id history { nodes { kind fields { name } } } } } }`;
  await harness.query(first);
  harness.resetUpstreamCalls();
  const { errors, extensions } = await harness.query(withHistory);
  expect(errors).toBeUndefined();
  expect(Object.values(extensions.cost.requests).reduce((sum, count) => sum + count, 0)).toBe(0);
});

it('where no history is kept, the field is null with an error that says so, and everything else is answered', async () => {
  const harness = await startIndexed({ scanopy: [{}] });
  onTestFinished(() => harness.close());
  const { data, errors } = await harness.query<{ hosts: { nodes: object[] } }>(
    '{ hosts(first: 1) { nodes { displayName history { totalCount } } } }',
  );
  expect(data.hosts.nodes).toEqual([{ displayName: expect.any(String), history: null }]);
  expect(errors).toMatchObject([
    { path: ['hosts', 'nodes', 0, 'history'], extensions: { code: 'HISTORY_UNAVAILABLE' } },
  ]);
});

it('while the file cannot be used, the field is null with an error that tells nothing of this machine', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const failing = await startIndexed({
    scanopy: [{}],
    config: { index: { directory: directory } },
  });
  onTestFinished(() => failing.close());
  await failing.gateway.close();
  await Promise.all(
    ['', '-wal', '-shm'].map((end) => writeFile(join(directory, `history.sqlite${end}`), 'no database '.repeat(500))),
  );
  const again = await startIndexed({ scanopy: [{}], config: { index: { directory: directory } } });
  onTestFinished(() => again.close());
  const { data, errors } = await again.query<{ hosts: { nodes: object[] } }>(
    '{ hosts(first: 1) { nodes { displayName history { totalCount } } } }',
  );
  expect(data.hosts.nodes).toEqual([{ displayName: expect.any(String), history: null }]);
  expect(errors).toMatchObject([{ extensions: { code: 'HISTORY_UNAVAILABLE' } }]);
  expect(JSON.stringify(errors)).not.toMatch(/sqlite|database|tmp/i);
});
