import { expect, it, onTestFinished } from 'vitest';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import { isStaleAfter, scanVersion } from '#inventory/snapshot/is-current.ts';
import { createScanOrbitClient } from '#sources/scanorbit/create-client.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { scopeOf, transportTo } from '../../../support/transport/arrange.ts';

const scan = (id: string, more: Partial<ScanModel>): ScanModel => ({
  type: 'Scan',
  source: 'cloud',
  id,
  accountId: 'one',
  status: 'COMPLETE',
  hasKey: true,
  startedAt: null,
  completedAt: '2026-05-01T00:00:00Z',
  resourcesDiscovered: 0,
  resourcesDelta: 0,
  findingsNew: 0,
  findingsResolved: 0,
  errorMessage: null,
  createdAt: '2026-05-01T00:00:00Z',
  ...more,
});

it('the version of an account moves with its own ended scans only', () => {
  const before = [scan('a', {}), scan('b', { accountId: 'two' })];
  const ran = scan('c', { accountId: 'two', completedAt: '2026-05-02T00:00:00Z' });
  expect(scanVersion([...before, ran], 'one')).toBe(scanVersion(before, 'one'));
  expect(scanVersion([...before, ran], 'two')).not.toBe(scanVersion(before, 'two'));
  expect(scanVersion([...before, ran])).not.toBe(scanVersion(before));
  expect(scanVersion([scan('d', { status: 'RUNNING' }), ...before])).toBe(scanVersion(before));
  expect(scanVersion([scan('e', { status: 'RUNNING' })])).toBeNull();
});

it('a scan whose analysis ends later counts again', () => {
  const analyzed = scan('a', { completedAt: '2026-05-01T00:09:00Z' });
  expect(scanVersion([analyzed])).not.toBe(scanVersion([scan('a', {})]));
});

it.each([
  ['ERROR', '2026-05-02T00:00:00Z'],
  ['ERROR', null],
  ['CANCELED', null],
] as const)(
  'a scan that ended as %s at %s may have changed resources: it counts as one that completed',
  (status, completedAt) => {
    const before = [scan('a', {}), scan('b', { accountId: 'two' })];
    const failed = scan('c', { status, completedAt, createdAt: '2026-05-02T00:00:00Z' });
    expect(scanVersion([failed, ...before], 'one')).not.toBe(scanVersion(before, 'one'));
    expect(scanVersion([failed, ...before], 'two')).toBe(scanVersion(before, 'two'));
  },
);

it('a failed scan counts even where the analysis of the one before it ended later', () => {
  const analyzed = scan('a', { completedAt: '2026-05-03T00:00:00Z' });
  const failed = scan('b', { status: 'ERROR', completedAt: '2026-05-02T00:00:00Z' });
  expect(scanVersion([failed, analyzed])).not.toBe(scanVersion([analyzed]));
});

it('what the last completed scan did not see is stale, whatever a failed one saw or missed', () => {
  const completed = scan('a', { startedAt: '2026-05-01T00:00:00Z' });
  const failed = scan('b', { status: 'ERROR', startedAt: '2026-05-02T00:00:00Z', completedAt: '2026-05-02T00:01:00Z' });
  const isStale = isStaleAfter([failed, completed]);
  expect(isStale({ accountId: 'one', lastSeenAt: '2026-05-01T12:00:00Z' })).toBe(false);
  expect(isStale({ accountId: 'one', lastSeenAt: '2026-04-30T12:00:00Z' })).toBe(true);
});

it('resources stay cached until a scan of their account completes, and the scans are read every 30 s at most', async () => {
  const clock = new FakeClock();
  const world = createCloudWorld({ resources: 300, now: clock.now() });
  const demo = await startScanOrbitDemo({
    world,
    edition: 'observed',
    movingScans: false,
    rateLimit: false,
    clock: () => clock.now(),
  });
  onTestFinished(() => demo.close());
  const transport = transportTo(demo.url, { clock, headers: { 'x-api-key': demo.apiKey } });
  const client = createScanOrbitClient({ transport });
  const account = (name: string) => world.accounts.find((of) => of.name === name)?.id ?? '';
  const read = async () => {
    demo.resetCalls();
    const scope = () => scopeOf({ deadlineAt: clock.now() + 10_000 });
    for (const name of ['Production', 'Staging']) await client.resourcePage({ accountId: account(name) }, 0, scope());
    return demo.calls.map(({ endpoint, query }) => `${endpoint} ${query.awsAccountId ?? ''}`.trim());
  };
  const production = `/resources ${account('Production')}`;
  const staging = `/resources ${account('Staging')}`;

  expect(await read()).toEqual(['/scans/recent', production, staging]);
  expect(await read()).toEqual([]);
  await clock.advance(31_000);
  expect(await read()).toEqual(['/scans/recent']);
  demo.completeScan(account('Staging'));
  await clock.advance(31_000);
  expect(await read()).toEqual(['/scans/recent', staging]);
  demo.completeScan(account('Production'), { status: 'error' });
  await clock.advance(31_000);
  expect(await read()).toEqual(['/scans/recent', production]);
  await clock.advance(3_600_000);
  expect(await read()).toEqual(['/scans/recent', production, staging]);
});

it('a row seen in a list answers the question by id, without a call', async () => {
  const world = createCloudWorld({ resources: 300 });
  const demo = await startScanOrbitDemo({ world, edition: 'observed', movingScans: false, rateLimit: false });
  onTestFinished(() => demo.close());
  const client = createScanOrbitClient({ transport: transportTo(demo.url, { headers: { 'x-api-key': demo.apiKey } }) });
  const { rows } = await client.resourcePage({}, 0, scopeOf());
  demo.resetCalls();
  const ids = rows.flatMap((row) => (row ? [row.id] : []));
  expect((await client.resourcesSeen(ids, scopeOf())).size).toBe(100);
  expect(demo.countOf()).toBe(0);
});
