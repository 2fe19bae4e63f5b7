import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { snapshotEncoding } from '#inventory/snapshot/snapshot-file.ts';
import { host, resource, service } from '../../../support/records.ts';
import { changed, emptyWorld } from '../derivation/random-worlds.ts';

const rows = Array.from({ length: 250 }, (_, i) =>
  resource({ id: `r-${i}`, source: 'cloud-1', name: `Zürich ${i}\n` }),
);
const [cloud, , network] = changed(emptyWorld(), [
  ...rows.map((row) => ({ kind: 'PUT_RESOURCE', source: 'cloud-1', row, edges: [] }) as const),
  { kind: 'PUT_HOST', source: 'net-1', row: host({ id: 'h-1', source: 'net-1', services: [service({ id: 's-1' })] }) },
]);
const encoding = snapshotEncoding('https://one key');

describe('a snapshot as bytes', () => {
  it.each([
    ['cloud', cloud],
    ['network', network],
  ])('is the same %s snapshot when it is read again', async (_, snapshot) => {
    if (!snapshot) throw new Error('Expected a snapshot.');
    expect(await encoding.decode(await encoding.encode(snapshot))).toEqual(snapshot);
  });

  it('is many short lines, none of which takes long to read', async () => {
    if (!cloud) throw new Error('Expected a snapshot.');
    const lines = gunzipSync(await encoding.encode(cloud))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const most = Math.max(...lines.map((line) => (JSON.parse(line)[1] ?? []).length));
    expect(lines.length).toBeGreaterThan(5);
    expect(most).toBe(100);
  });

  it('is discarded when it is cut off, of another identity, or of another format', async () => {
    if (!cloud) throw new Error('Expected a snapshot.');
    const bytes = await encoding.encode(cloud);
    const text = gunzipSync(bytes).toString('utf8');
    expect(await encoding.decode(bytes.subarray(0, bytes.length / 2))).toBeNull();
    expect(await encoding.decode(gzipSync(text.slice(0, -10)))).toBeNull();
    expect(await encoding.decode(gzipSync(text.replace('"format":7', '"format":6')))).toBeNull();
    expect(await snapshotEncoding('https://one other').decode(bytes)).toBeNull();
  });
});
