import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { lastCompletedScan } from '#demo/world/cloud-scans.ts';
import { cloudWithTies } from '#demo/world/ties.ts';
import { createWorld } from '#demo/world/world.ts';

const TIES = 7;
const world = createWorld({ seed: 1, hosts: 200, resources: 400 });
const apiKey = `scp_u_${'0'.repeat(32)}`;

interface Row {
  readonly id: string;
  readonly [key: string]: unknown;
}
type Ask = (pathAndQuery: string) => Promise<readonly Row[]>;

const idsOf = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);
const distinct = (rows: readonly Row[]): number => new Set(idsOf(rows)).size;

describe.each([
  ['scanorbit', '/resources', 'lastSeenAt', world.cloud.resources.length],
  ['scanorbit', '/findings', 'createdAt', world.cloud.findings.length],
  ['scanopy', '/hosts', 'created_at', world.network.hosts.length],
  ['scanopy', '/services', 'created_at', world.network.hosts.flatMap(({ services }) => services).length],
])('ties of 7 rows an instant, %s %s', (kind, path, time, total) => {
  let ask: Ask;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const demo =
      kind === 'scanorbit'
        ? await startScanOrbitDemo({ world: world.cloud, edition: 'observed', rateLimit: false, ties: TIES })
        : await startScanopyDemo({ world: world.network, version: '0.16.0', apiKey, rateLimit: false, ties: TIES });
    const base = kind === 'scanorbit' ? demo.url : `${demo.url}/api/v1`;
    const headers = { 'x-api-key': demo.apiKey, authorization: `Bearer ${demo.apiKey}` };
    ask = async (query) => ((await (await fetch(`${base}${query}`, { headers })).json()) as { data: Row[] }).data;
    close = demo.close;
  });
  afterAll(() => close());

  const page = (index: number, size: number) =>
    ask(`${path}?limit=${size}&${kind === 'scanorbit' ? `page=${index + 1}` : `offset=${index * size}`}`);
  const walk = async (size: number) =>
    (await Promise.all(Array.from({ length: Math.ceil(total / size) }, (_, index) => page(index, size)))).flat();

  test('a walk at one page size loses rows, the same ones every time, and stays sorted', async () => {
    const [once, again] = [await walk(20), await walk(20)];
    expect(once).toHaveLength(total);
    expect(distinct(once)).toBeLessThan(total);
    expect(idsOf(again)).toEqual(idsOf(once));
    const times = once.map((row) => String(row[time]));
    expect(times).toEqual(kind === 'scanorbit' ? times.toSorted().reverse() : times.toSorted());
  });

  test('another page size loses others', async () => {
    const [twenties, thirties] = [new Set(idsOf(await walk(20))), idsOf(await walk(30))];
    expect(thirties.some((id) => !twenties.has(id))).toBe(true);
  });

  test('an instant is shared by seven rows or more, but for the rest of a group', async () => {
    const sizes = [...Map.groupBy(await walk(100), (row) => row[time]).values()].map((rows) => rows.length);
    expect(sizes.filter((size) => size >= TIES).length).toBeGreaterThan(sizes.length / 3);
  });
});

test('no resource becomes stale, or fresh, by sharing an instant', () => {
  const tied = cloudWithTies(world.cloud, 13);
  for (const [index, row] of tied.resources.entries()) {
    const startedAt = lastCompletedScan(world.cloud.scans, row.accountId)?.startedAt ?? '';
    expect(row.lastSeenAt < startedAt).toBe((world.cloud.resources[index]?.lastSeenAt ?? '') < startedAt);
  }
});

test('refuses ties of no row', () => {
  expect(() => cloudWithTies(world.cloud, 0)).toThrow(RangeError);
});
