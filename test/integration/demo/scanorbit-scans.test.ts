import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCloudWorld } from '#demo/world/cloud.ts';
import type { WorldScan } from '#demo/world/cloud-world.ts';
import { ask } from './ask-scanorbit.ts';

const MINUTE = 60_000;
const world = createCloudWorld({ now: Date.parse('2026-03-14T09:00:00.000Z') });
const production = world.accounts.find((account) => account.name === 'Production')?.id ?? '';
const legacy = world.accounts.find((account) => account.status === 'error')?.id ?? '';
let demo: ScanOrbitDemo;
let now = 0;

// The server's clock has nothing to do with the world's dates: only what passes on it counts.
beforeEach(async () => {
  now = Date.parse('2031-01-01T00:00:00.000Z');
  demo = await startScanOrbitDemo({ world, edition: 'observed', rateLimit: false, clock: () => now });
});
afterEach(() => demo.close());

const scans = async (path: string): Promise<WorldScan[]> => (await ask(demo, `/scans/${path}`)).body.data;
const statuses = async (path: string) => (await scans(path)).map((scan) => scan.status);
const ofProduction = async (path: string) =>
  (await scans(path)).filter((scan) => (scan as unknown as { awsAccountId: string }).awsAccountId === production);

describe('lists of scans', () => {
  test('active has queued, running and analyzing ones, not analyzing_pending', async () => {
    expect((await statuses('active')).toSorted()).toEqual(['analyzing', 'queued', 'running']);
  });

  test('an active scan may be of a removed account, and have its first phase behind it', async () => {
    const analyzing = (await scans('active')).find((scan) => scan.status === 'analyzing');
    expect(analyzing).toMatchObject({ awsAccountId: null, hasKey: false, completedAt: expect.any(String) });
    expect((await scans('recent?limit=100')).map((scan) => scan.id)).not.toContain(analyzing?.id);
    const ended = demo.completeScan(null);
    expect(ended.id).toBe(analyzing?.id);
    for (const path of ['active', 'recent?limit=100'])
      expect((await scans(path)).map((scan) => scan.id)).not.toContain(ended.id);
    expect((await ask(demo, `/scans/${ended.id}`)).body.data).toMatchObject({ status: 'complete', awsAccountId: null });
  });

  test('a scan that is stopped is in neither list any more; by id it has its status', async () => {
    const stopped = demo.cancelScan(production);
    expect((await scans('active')).map((scan) => scan.id)).not.toContain(stopped?.id);
    expect((await scans('recent?limit=100')).map((scan) => scan.id)).not.toContain(stopped?.id);
    expect((await ask(demo, `/scans/${stopped?.id}`)).body.data.status).toBe('canceled');
    expect(demo.cancelScan(legacy)).toBeNull();
  });

  test('recent has all of connected accounts but canceled ones, newest first, ten at a time', async () => {
    const recent = await scans('recent');
    expect(recent).toHaveLength(10);
    expect(recent.map((scan) => scan.createdAt)).toEqual(
      recent
        .map((scan) => scan.createdAt)
        .toSorted()
        .reverse(),
    );
    const all = await scans('recent?limit=500');
    const expected = world.scans.filter((scan) => scan.accountId !== null && scan.status !== 'canceled');
    expect(new Set(all.map((scan) => scan.id))).toEqual(new Set(expected.map((scan) => scan.id)));
    expect(all.map((scan) => scan.status)).toContain('analyzing_pending');
  });

  test.each([
    ['limit=0', 1],
    ['limit=-1', 1],
    ['limit=abc', 10],
    ['limit=', 10],
    ['limit=2.9', 2],
    ['limit=2x', 2],
    ['limit=3&limit=7', 3],
    ['page=2', 10],
  ])('recent?%s is %i', async (query, count) => {
    expect(await scans(`recent?${query}`)).toHaveLength(count);
  });

  test('by id there is every scan, also canceled ones and those of removed accounts', async () => {
    const removed = world.scans.find((scan) => scan.accountId === null);
    const canceled = world.scans.find((scan) => scan.status === 'canceled');
    expect((await ask(demo, `/scans/${removed?.id}`)).body.data).toMatchObject({ awsAccountId: null, hasKey: false });
    expect((await ask(demo, `/scans/${canceled?.id}`)).body.data.status).toBe('canceled');
    expect((await ask(demo, '/scans/99999999-9999-4999-8999-999999999999')).body.message).toBe('Scan not found');
    expect((await ask(demo, '/scans/nonsense')).status).toBe(500);
  });
});

describe('the running scan', () => {
  test('discovers more as time passes, completes, and is followed by the next', async () => {
    const [before] = await ofProduction('active');
    now += MINUTE;
    const [later] = await ofProduction('active');
    expect(later?.id).toBe(before?.id);
    expect(later?.resourcesDiscovered).toBeGreaterThan(before?.resourcesDiscovered ?? 0);
    now += 3 * MINUTE;
    expect(await ofProduction('active')).toEqual([]);
    expect((await ask(demo, `/scans/${before?.id}`)).body.data).toMatchObject({ status: 'complete', hasKey: true });
    now += MINUTE;
    const [next] = await ofProduction('active');
    expect(next?.status).toBe('running');
    expect(next?.id).not.toBe(before?.id);
  });

  test('refreshes what it saw when it completes; what was missed stays stale', async () => {
    const before = (await ask(demo, '/resources?limit=1')).body.data[0].lastSeenAt;
    const stale = world.resources.find((row) => row.name === 'orders-canary');
    const ended = demo.completeScan(production);
    const seen = world.resources.find((row) => row.name === 'orders-web-01');
    const refreshed = (await ask(demo, `/resources/${seen?.id}`)).body.data;
    expect(refreshed.lastSeenAt >= (ended.startedAt ?? '')).toBe(true);
    expect(refreshed.lastSeenAt <= (ended.completedAt ?? '')).toBe(true);
    expect((await ask(demo, '/resources?limit=1')).body.data[0].lastSeenAt > before).toBe(true);
    expect((await ask(demo, `/resources/${stale?.id}`)).body.data.lastSeenAt).toBe(stale?.lastSeenAt);
  });

  test('moves lastScanAt and the findings that it saw again', async () => {
    const newest = world.scans.find((scan) => scan.accountId === production && scan.status === 'complete');
    const finding = world.findings.find((row) => row.lastScanId === newest?.id);
    const unconfirmed = world.findings.find(
      (row) => row.accountId === production && row.lastScanId !== null && row.lastScanId !== newest?.id,
    );
    const ended = demo.completeScan(production);
    const { data } = (await ask(demo, `/findings/${finding?.id}`)).body;
    expect(data).toMatchObject({ lastScanId: ended.id, lastDetectedAt: ended.completedAt });
    expect((await ask(demo, `/findings/${unconfirmed?.id}`)).body.data.lastScanId).toBe(unconfirmed?.lastScanId);
    const accounts = (await ask(demo, '/accounts')).body.data;
    expect(accounts.find((row: { id: string }) => row.id === production).lastScanAt).toBe(ended.completedAt);
  });
});

describe('completeScan', () => {
  test('puts a whole scan in where none runs, each time another', async () => {
    const first = demo.completeScan(legacy);
    const second = demo.completeScan(legacy);
    expect(first.id).not.toBe(second.id);
    const recent = await scans('recent?limit=2');
    expect(recent.map((scan) => scan.id)).toEqual([second.id, first.id]);
    const accounts = (await ask(demo, '/accounts')).body.data;
    expect(accounts.find((row: { id: string }) => row.id === legacy)).toMatchObject({ status: 'ok', lastError: null });
  });

  test('may end in an error after some of the account was seen again, which does not show in lastScanAt and findings', async () => {
    const ended = demo.completeScan(production, { status: 'error' });
    expect(ended).toMatchObject({ status: 'error', completedAt: expect.any(String) });
    expect(ended.errorMessage).not.toBe('');
    const seenAt = async (id: string): Promise<string> => (await ask(demo, `/resources/${id}`)).body.data.lastSeenAt;
    const owned = world.resources.filter(({ accountId }) => accountId === production).slice(0, 20);
    const moved = await Promise.all(owned.map(async (row) => (await seenAt(row.id)) >= (ended.startedAt ?? '')));
    expect(new Set(moved)).toEqual(new Set([true, false]));
    const [account] = world.accounts.filter(({ id }) => id === production);
    const accounts = (await ask(demo, '/accounts')).body.data;
    expect(accounts.find((row: { id: string }) => row.id === production).lastScanAt).toBe(account?.lastScanAt);
    const confirmed = world.findings.find((row) => row.accountId === production && row.lastScanId !== null);
    expect((await ask(demo, `/findings/${confirmed?.id}`)).body.data.lastScanId).toBe(confirmed?.lastScanId);
  });

  test('touches no other account', async () => {
    const other = world.resources.find((row) => row.accountId !== legacy);
    demo.completeScan(legacy);
    expect((await ask(demo, `/resources/${other?.id}`)).body.data.lastSeenAt).toBe(other?.lastSeenAt);
  });
});

describe('editTags', () => {
  test('changes the tags of one resource, and nothing that a scan would', async () => {
    const before = (await ask(demo, `/resources/${world.resources[0]?.id}`)).body.data;
    const scanned = (await ask(demo, '/scans/recent?limit=1')).body.data[0].id;
    demo.editTags(before.id, { owner: 'payments' });
    const after = (await ask(demo, `/resources/${before.id}`)).body.data;
    expect(after).toEqual({ ...before, tags: { owner: 'payments' } });
    expect((await ask(demo, '/scans/recent?limit=1')).body.data[0].id).toBe(scanned);
  });

  test('stays when a scan completes', async () => {
    const id = world.resources.find(({ accountId }) => accountId === production)?.id ?? '';
    demo.editTags(id, { owner: 'payments' });
    demo.completeScan(production);
    expect((await ask(demo, `/resources/${id}`)).body.data.tags).toEqual({ owner: 'payments' });
  });
});
