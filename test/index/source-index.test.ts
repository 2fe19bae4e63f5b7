import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { NetworkPicture } from '#inventory/snapshot/picture.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';

const PICTURE: NetworkPicture = {
  side: 'NETWORK',
  source: 'office',
  readAt: new Date(0).toISOString(),
  organizations: [],
} as unknown as NetworkPicture;

it('waits before it tries a failing source again, however often it is asked meanwhile', async () => {
  let builds = 0;
  const index = new SourceIndex<NetworkPicture>({
    file: { load: async () => PICTURE, save: async () => {} },
    refreshMs: 1,
    build: async () => {
      builds += 1;
      throw new Error('away');
    },
  } as unknown as ConstructorParameters<typeof SourceIndex<NetworkPicture>>[0]);
  onTestFinished(() => index.stop());
  index.picture();
  index.start();
  for (let i = 0; i < 50; i += 1) {
    index.picture();
    await delay(10);
  }
  expect(builds).toBe(1);
});
