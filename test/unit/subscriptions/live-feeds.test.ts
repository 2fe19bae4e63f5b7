import { expect, it, onTestFinished, vi } from 'vitest';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { systemClock } from '#sources/transport/clock.ts';
import { createLiveFeeds } from '#subscriptions/live-feeds.ts';
import { paceOf } from '#subscriptions/polling.ts';
import { collectGarbage } from '../../support/heap.ts';
import { openTestCloud } from '../../support/open-test-source.ts';

const PACE = paceOf({ busyPollSeconds: 0.02, idlePollSeconds: 0.02 }, systemClock);
const { cloud } = createWorld({ seed: 1 });

const start = async (): Promise<ScanOrbitDemo> => {
  const demo = await startScanOrbitDemo({ edition: 'observed', rateLimit: false, world: cloud });
  onTestFinished(() => demo.close());
  return demo;
};

const isPolled = (demo: ScanOrbitDemo) => () => demo.countOf('/scans/recent') > 0;

it('who begins to listen to a source just after it was replaced hears the one in its place', async () => {
  const [former, next] = [await start(), await start()];
  const [source, by] = [openTestCloud(former), openTestCloud(next)];
  const live = createLiveFeeds(PACE);
  live.update(PACE, new Map([[source, by]]));
  const listener = live.scans(source).listen(() => true);
  void listener.next();
  await vi.waitUntil(isPolled(next), { timeout: 90_000 });
  expect(former.countOf('/scans/recent')).toBe(0);
  await listener.return();
});

it('who begins to listen to a source just after it went has nothing more to hear', async () => {
  const source = openTestCloud(await start());
  const live = createLiveFeeds(PACE);
  live.update(PACE, new Map([[source, null]]));
  expect(
    await live
      .scans(source)
      .listen(() => true)
      .next(),
  ).toEqual({ done: true, value: undefined });
});

it('keeps nothing of a source that nobody listens to any more', async () => {
  const demo = await start();
  const live = createLiveFeeds(PACE);
  const listened = async () => {
    const source = openTestCloud(demo);
    const listener = live.scans(source).listen(() => true);
    const event = listener.next();
    await vi.waitUntil(isPolled(demo), { timeout: 90_000 });
    await listener.return();
    await event;
    await source.client.close();
    return new WeakRef(source.client);
  };
  const client = await listened();
  await vi.waitUntil(() => {
    collectGarbage();
    return client.deref() === undefined;
  });
  live.close();
});
