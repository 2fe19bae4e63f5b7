import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { Progress } from '#inventory/snapshot/build-snapshot.ts';
import { isCurrent } from '#inventory/snapshot/is-current.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import { accountsToRead } from '#sources/scanorbit/accounts-to-read.ts';
import { buildCloudSnapshot } from '#sources/scanorbit/snapshot.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { systemClock } from '#sources/transport/clock.ts';
import { openTestCloud } from '../../../support/open-test-source.ts';

const world = createCloudWorld({ seed: 7 });
const MINUTE = 60_000;
let demo: ScanOrbitDemo;
let source: CloudSource;

beforeEach(async () => {
  demo = await startScanOrbitDemo({ world, edition: 'observed', rateLimit: false, movingScans: false });
  source = openTestCloud(demo);
});
afterEach(async () => {
  await source.client.close();
  await demo.close();
});

const read = (former: CloudSnapshot | null): Promise<CloudSnapshot> =>
  buildCloudSnapshot(source.client)({
    former,
    progress: new Progress(),
    signal: new AbortController().signal,
    clock: systemClock,
    show: () => undefined,
  });
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();
/** The same snapshot, some of its accounts read so long ago. */
const aged = (
  snapshot: CloudSnapshot,
  minutes: number,
  accounts = snapshot.accounts.map(({ id }) => id),
): CloudSnapshot => ({
  ...snapshot,
  accountReadAt: new Map([...snapshot.accountReadAt, ...accounts.map((id) => [id, ago(minutes)] as const)]),
});
const [edited] = world.resources.filter(({ tags }) => tags !== null);
const [account, resource] = [edited?.accountId ?? '', edited?.id ?? ''];
const accountsAsked = () =>
  demo.calls.filter(({ endpoint }) => endpoint === '/resources').map(({ query }) => query.awsAccountId ?? 'all');

it('tags that somebody edits by hand are seen once their account was read long ago, at the price of its pages', async () => {
  const before = await read(null);
  demo.editTags(resource, { owner: 'payments' });
  expect((await read(before)).resources.get(resource)).toBe(before.resources.get(resource));
  demo.resetCalls();
  const after = await read(aged(before, 61, [account]));
  expect(after.resources.get(resource)?.tags).toEqual([{ key: 'owner', value: 'payments' }]);
  expect(new Set(accountsAsked())).toEqual(new Set([account]));
  expect(demo.countOf('/resources/{id}/dependencies')).toBe(0);
  expect(demo.countOf('/findings')).toBe(0);
  expect(after.edges).toEqual(before.edges);
  expect(after.changes).toMatchObject([{ kind: 'CHANGED', id: resource, fields: [{ name: 'tags' }] }]);
});

it('a snapshot is as old as the account that was read longest ago, however new the rest is', async () => {
  const snapshot = await read(null);
  expect(isCurrent(snapshot, snapshot.scans)).toBe(true);
  expect(isCurrent(aged(snapshot, 59, [account]), snapshot.scans)).toBe(true);
  expect(isCurrent(aged(snapshot, 61, [account]), snapshot.scans)).toBe(false);
  const renewed = await read(aged(snapshot, 61, [account]));
  expect(isCurrent(renewed, renewed.scans)).toBe(true);
});

it('keeps the age of accounts that it does not read again', async () => {
  const snapshot = await read(null);
  const others = snapshot.accounts.map(({ id }) => id).filter((id) => id !== account);
  const former = aged(snapshot, 20, others);
  demo.completeScan(account);
  // Whose cache still holds the scans of before would not look again yet.
  await source.client.close();
  source = openTestCloud(demo);
  const after = await read(former);
  for (const id of others) expect(after.accountReadAt.get(id)).toBe(former.accountReadAt.get(id));
  expect(Date.parse(after.accountReadAt.get(account) ?? '')).toBeGreaterThan(Date.parse(ago(1)));
});

it('accounts that will soon be too old are read some at a time, the oldest first, until all are young', () => {
  const accounts = ['a', 'b', 'c', 'd'].map((id) => ({ id, lastScanAt: null }) as CloudAccountModel);
  const rows = accounts.flatMap(({ id: accountId }) =>
    Array.from({ length: 600 }, (_, n) => [`${accountId}${n}`, { accountId } as ResourceModel] as const),
  );
  const snapshot = (minutes: Readonly<Record<string, number>>) =>
    ({
      accounts,
      scans: [],
      resources: new Map(rows),
      accountReadAt: new Map(Object.entries(minutes).map(([id, age]) => [id, ago(age)])),
    }) as unknown as CloudSnapshot;
  const read = (minutes: Readonly<Record<string, number>>) => [
    ...accountsToRead(snapshot(minutes), accounts, [], Date.now()).aged,
  ];
  expect(read({ a: 10, b: 29, c: 5, d: 0 })).toEqual([]);
  expect(read({ a: 40, b: 45, c: 50, d: 55 })).toEqual(['d']);
  expect(read({ a: 40, b: 45, c: 50, d: 0 })).toEqual(['c']);
  expect(read({ a: 61, b: 62, c: 50, d: 0 })).toEqual(['b', 'a']);
});

it('an account whose newest scan is older than all recent ones is read again when its own date of a scan moves', () => {
  const account = (lastScanAt: string | null) => ({ id: 'a', lastScanAt }) as CloudAccountModel;
  const [before, after] = [ago(50), ago(1)];
  const former = {
    accounts: [account(before)],
    scans: [],
    resources: new Map(),
    accountReadAt: new Map([['a', ago(10)]]),
  } as unknown as CloudSnapshot;
  const isChanged = (lastScanAt: string | null) =>
    accountsToRead(former, [account(lastScanAt)], [], Date.now()).changed.has('a');
  expect([before, after].map(isChanged)).toEqual([false, true]);
});
