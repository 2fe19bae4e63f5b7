import { expect, test } from 'vitest';
import { scopeOf } from '../../../support/transport/arrange.ts';
import { arrange, page, uuid } from '../../../support/transport/scanopy-upstream.ts';

const TOTAL = 510;
const row = (n: number): object => ({
  id: uuid(n),
  created_at: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
  updated_at: '2026-01-15T10:30:00Z',
  network_id: uuid(900),
  daemon_id: uuid(901),
  name: `run ${n}`,
  tags: [],
  discovery_type: { type: 'Unified', subnet_ids: null },
  run_type: { type: 'AdHoc', last_run: null },
});
const oldestFirst = Array.from({ length: TOTAL }, (_, n) => row(n));
const newestFirst = oldestFirst.toReversed();

const serving = (rows: readonly object[], version: string) => (url: URL) => {
  if (url.pathname === '/api/version')
    return { success: true, data: { server_version: version }, meta: { server_version: version } };
  const offset = Number(url.searchParams.get('offset'));
  return page(version, rows.slice(offset, offset + Number(url.searchParams.get('limit'))), rows.length);
};

test.each([
  ['0.14.13', oldestFirst],
  ['0.17.12', newestFirst],
  ['0.17.21', newestFirst],
])('the newest run comes first from %s, whichever end the server begins with', async (version, rows) => {
  const { client } = await arrange(serving(rows, version));
  const names: (string | undefined)[] = [];
  for (const index of [0, 1, 2]) {
    const { rows: of, total } = await client.discoveryPage(index, scopeOf());
    expect(total).toBe(TOTAL);
    names.push(...of.map((discovery) => discovery?.name));
  }
  expect(names).toEqual(Array.from({ length: TOTAL }, (_, n) => `run ${TOTAL - 1 - n}`));
});

test('the newest page of a list that grows without bound costs at most three calls and the version', async () => {
  const { client, upstream } = await arrange(serving(oldestFirst, '0.14.13'));
  const { rows } = await client.discoveryPage(0, scopeOf());
  expect(rows[0]?.name).toBe('run 509');
  expect(upstream.seen.length).toBeLessThanOrEqual(4);
});
