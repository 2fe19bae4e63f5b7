import { setImmediate as settled } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';
import { skippingClock } from '../../../support/skipping-clock.ts';

const SNAPSHOT: NetworkSnapshot = {
  side: 'NETWORK',
  source: 'office',
  readAt: new Date(0).toISOString(),
  missing: { hosts: 0, others: 0 },
} as unknown as NetworkSnapshot;

it('waits before it tries a failing source again, however many queries come meanwhile', async () => {
  const clock = skippingClock();
  let builds = 0;
  const index = new SourceIndex<NetworkSnapshot>({
    file: { load: async () => SNAPSHOT, save: async () => {} },
    refreshMs: 1,
    clock,
    build: async () => {
      builds += 1;
      throw new Error('away');
    },
  } as unknown as ConstructorParameters<typeof SourceIndex<NetworkSnapshot>>[0]);
  onTestFinished(() => index.stop());
  index.snapshot();
  index.start();
  const passes = async (steps: number): Promise<void> => {
    for (let i = 0; i < steps; i += 1) {
      index.snapshot();
      clock.skip(10);
      await settled();
    }
  };
  await passes(50);
  expect(builds).toBe(1);
  await passes(100);
  expect(builds).toBe(2);
});
