import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { BuildSnapshot } from '#inventory/snapshot/build-snapshot.ts';
import { LiveResources } from '#inventory/snapshot/live-resources.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import { SourceIndex } from '#inventory/snapshot/source-index.ts';
import { type SkippingClock, skippingClock } from '../../../support/skipping-clock.ts';

const row = (id: string, state: string): ResourceModel =>
  ({ type: 'Resource', source: 'cloud', id, accountId: 'a', resourceId: `i-${id}`, state, tags: [] }) as never;
const snapshotOf = (readAt: number, states: Readonly<Record<string, string>>): CloudSnapshot =>
  ({
    side: 'CLOUD',
    readAt: new Date(readAt).toISOString(),
    accountReadAt: new Map([['a', new Date(readAt).toISOString()]]),
    resources: new Map(Object.entries(states).map(([id, state]) => [id, row(id, state)])),
    findings: new Map(),
    edges: new Map(),
    unreadEdges: [],
    missing: { resources: 0, findings: 0 },
    changes: [],
  }) as unknown as CloudSnapshot;

let clock: SkippingClock;
let live: LiveResources;
let index: SourceIndex<CloudSnapshot>;
let saved: CloudSnapshot[];
let builds: { former: CloudSnapshot | null; finish: (snapshot: CloudSnapshot) => void }[];
let wake: () => void;
beforeEach(() => {
  clock = skippingClock();
  live = new LiveResources();
  saved = [];
  builds = [];
  const build: BuildSnapshot<CloudSnapshot> = ({ former }) =>
    new Promise((finish) => {
      builds.push({ former, finish });
      wake();
    });
  const file = {
    load: async () => null,
    save: async (snapshot: CloudSnapshot) => {
      saved.push(snapshot);
      wake();
    },
  };
  index = new SourceIndex({ build, file, refreshMs: 60_000, clock, corrections: live });
});
afterEach(async () => {
  const stopped = index.stop();
  for (const { finish, former } of builds) finish(former ?? snapshotOf(0, {}));
  await stopped;
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
};
const begun = async (count: number): Promise<void> => until(() => builds.length === count);
const indexed = async (states: Readonly<Record<string, string>>): Promise<void> => {
  wake = () => {};
  index.start();
  await begun(1);
  builds[0]?.finish(snapshotOf(clock.now() - 1_000, states));
  await until(() => saved.length === 1);
};
const learn = (rows: readonly ResourceModel[], isForIndex = false) =>
  live.note({ rows, missing: null, givenAt: clock.now(), isForIndex });
const states = () => Object.fromEntries([...(index.snapshot()?.resources ?? [])].map(([id, { state }]) => [id, state]));
const nextBuild = async (): Promise<void> => {
  const count = builds.length + 1;
  index.snapshot();
  clock.skip(60_001);
  index.snapshot();
  await begun(count);
};

it('a build that began before a correction does not undo it', async () => {
  await indexed({ x: 'running', y: 'running' });
  await nextBuild();
  const begunAt = clock.now();
  clock.skip(1_000);
  learn([row('x', 'stopped')]);
  expect(states()).toEqual({ x: 'stopped', y: 'running' });
  builds[1]?.finish(snapshotOf(begunAt, { x: 'running', y: 'pending' }));
  await until(() => saved.length === 2);
  expect(states()).toEqual({ x: 'stopped', y: 'pending' });
});

it('what the index itself has read since outdates a correction', async () => {
  await indexed({ x: 'running' });
  await nextBuild();
  const begunAt = clock.now();
  clock.skip(1_000);
  learn([row('x', 'stopped')]);
  learn([row('x', 'running')], true);
  builds[1]?.finish(snapshotOf(begunAt, { x: 'running' }));
  await until(() => saved.length === 2);
  expect(states()).toEqual({ x: 'running' });
});

it('a build that finds nothing due keeps what was corrected meanwhile, and the file holds it', async () => {
  await indexed({ x: 'running' });
  await nextBuild();
  learn([row('x', 'stopped')]);
  expect(states()).toEqual({ x: 'stopped' });
  builds[1]?.finish(builds[1].former as CloudSnapshot);
  await until(() => saved.length === 2);
  expect(states()).toEqual({ x: 'stopped' });
  expect(saved[1]).toBe(index.snapshot());
});

it('an answer older than the reading of its account corrects nothing', async () => {
  await indexed({ x: 'running' });
  const snapshot = index.snapshot();
  live.note({ rows: [row('x', 'stopped')], missing: 'i-x', givenAt: clock.now() - 2_000, isForIndex: false });
  expect(index.snapshot()).toBe(snapshot);
});

it('answers that differ in nothing make no new snapshot, those that differ one for all of them, and the next half a minute later', async () => {
  await indexed({ x: 'running', y: 'running', z: 'running' });
  const snapshot = index.snapshot();
  learn([row('x', 'running'), row('y', 'running'), row('unknown', 'running')]);
  expect(index.snapshot()).toBe(snapshot);
  learn([row('x', 'stopped')]);
  learn([row('y', 'stopped')]);
  expect(states()).toEqual({ x: 'stopped', y: 'stopped', z: 'running' });
  expect(index.snapshot()?.readAt).toBe(snapshot?.readAt);
  learn([row('z', 'stopped')]);
  expect(states()).toMatchObject({ z: 'running' });
  clock.skip(30_001);
  expect(states()).toMatchObject({ z: 'stopped' });
});
