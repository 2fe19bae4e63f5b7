import { afterEach, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { skippingClock } from '../../support/skipping-clock.ts';

const world = createWorld({ resources: 300, findings: 200, hosts: 200 });
const WORST = '{ findings(first: 5, orderBy: { field: SEVERITY, direction: DESC }) { totalCount nodes { summary } } }';

let harness: Harness | undefined;
afterEach(() => harness?.close());

it('findings are taken from the index for a caller who says with max-stale that older ones will do, and the answer says how old they are', async () => {
  const clock = skippingClock();
  harness = await startIndexed({ world: () => world, scanorbit: [{ movingScans: false }], deps: { clock } });
  const { query } = harness;
  clock.skip(2 * 60_000);
  harness.resetUpstreamCalls();
  const older = await query<{ findings: object }>(WORST, {}, { 'cache-control': 'max-stale=600' });
  expect(older.extensions.cost).toMatchObject({
    requests: {},
    oldestStaleSeconds: expect.toSatisfy((age) => age >= 120),
  });
  expect(harness.upstreamCalls()).toBe(0);

  const tooOld = await query(WORST, {}, { 'cache-control': 'max-stale=60' });
  expect(tooOld.extensions.cost).toMatchObject({ oldestStaleSeconds: 0 });
  const live = await query<{ findings: object }>(WORST);
  expect(live.extensions.cost).toMatchObject({ oldestStaleSeconds: 0 });
  expect(harness.upstreamCalls()).toBeGreaterThan(0);
  expect(older.data).toEqual(live.data);
});

it('an operation that reads no findings is not called old because of max-stale', async () => {
  const clock = skippingClock();
  harness = await startIndexed({ world: () => world, scanorbit: [{ movingScans: false }], deps: { clock } });
  clock.skip(2 * 60_000);
  const { extensions } = await harness.query('{ accounts { name } }', {}, { 'cache-control': 'max-stale=600' });
  expect(extensions.cost).toMatchObject({ oldestStaleSeconds: 0 });
});
