import { setImmediate as settled } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { parseQuestion } from '#questions/question.ts';
import type { Watch } from '#watches/watch.ts';
import { WatchRunner, type WatchRunnerOptions } from '#watches/watch-runner.ts';
import { WatchState } from '#watches/watch-state.ts';
import { schema } from '../../../src/schema.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const question = parseQuestion('hosts', '{ hosts { nodes { id } } }', schema);

const watchNamed = (name: string): Watch => ({
  ...{ name, question, variables: {}, condition: 'changed', path: null, viewer: null, webhooks: [] },
  sides: new Set(['NETWORK']),
});

const optionsWith = (asked: string[]): WatchRunnerOptions => ({
  clock: new FakeClock(),
  state: new WatchState(null),
  sourcesOf: () => ['network'],
  isRead: () => true,
  ask: async ({ name }) => {
    asked.push(name);
    return { data: { hosts: { nodes: [] } } };
  },
  onRun: () => {},
  onDeliveries: () => {},
});

/** A reading of which is noted what was looked at. */
const reading = (source: string, hosts: number, lookedAt: string[] = []): Snapshot =>
  new Proxy({ source, side: 'NETWORK', hosts: new Map([['host', { hosts }]]) } as unknown as Snapshot, {
    get: (of, name) => {
      lookedAt.push(String(name));
      return Reflect.get(of, name);
    },
    ownKeys: (of) => {
      lookedAt.push('its names');
      return Reflect.ownKeys(of);
    },
  });

it('goes through no reading that no watch depends on, and asks after the first that changed something since', async () => {
  const [asked, lookedAt]: [string[], string[]] = [[], []];
  const runner = new WatchRunner(optionsWith(asked));
  onTestFinished(() => runner.stop());
  runner.start([]);
  runner.noteReading(reading('network', 1, lookedAt));
  runner.noteReading(reading('network', 2, lookedAt));
  await runner.idle();
  runner.update([watchNamed('added')]);
  await runner.idle();
  runner.noteReading(reading('elsewhere', 1, lookedAt));
  runner.noteReading(reading('elsewhere', 2, lookedAt));
  await runner.idle();
  expect(new Set(lookedAt)).toEqual(new Set(['source', 'side']));
  expect(asked).toEqual(['added']);
  runner.noteReading(reading('network', 2));
  await runner.idle();
  expect(asked).toEqual(['added']);
  runner.noteReading(reading('network', 3));
  await runner.idle();
  expect(asked).toEqual(['added', 'added']);
});

it('a watch that becomes due just when the one before has been asked is asked, too', async () => {
  // However many steps of the event loop's microtasks lie between the end of the one and what makes the other due.
  for (let steps = 0; steps < 12; steps += 1) {
    const asked: string[] = [];
    const [first, second] = [watchNamed('first'), watchNamed('second')];
    const runner = new WatchRunner({
      ...optionsWith(asked),
      onRun: async (name) => {
        if (name !== 'first') return;
        for (let step = 0; step < steps; step += 1) await null;
        runner.update([first, second]);
      },
    });
    onTestFinished(() => runner.stop());
    runner.start([]);
    runner.update([first]);
    await settled();
    expect([steps, ...asked]).toEqual([steps, 'first', 'second']);
  }
});
