import { setImmediate as settled } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { parseQuestion } from '#questions/question.ts';
import type { Watch } from '#watches/watch.ts';
import { WatchRunner } from '#watches/watch-runner.ts';
import { WatchState } from '#watches/watch-state.ts';
import { schema } from '../../../src/schema.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const question = parseQuestion('hosts', '{ hosts { nodes { id } } }', schema);

const watchNamed = (name: string): Watch => ({
  ...{ name, question, variables: {}, condition: 'changed', path: null, viewer: null, webhooks: [] },
  sides: new Set(['NETWORK']),
});

it('a watch that becomes due just when the one before has been asked is asked, too', async () => {
  // However many steps of the event loop's microtasks lie between the end of the one and what makes the other due.
  for (let steps = 0; steps < 12; steps += 1) {
    const asked: string[] = [];
    const [first, second] = [watchNamed('first'), watchNamed('second')];
    const runner = new WatchRunner({
      clock: new FakeClock(),
      state: new WatchState(null),
      sourcesOf: () => ['network'],
      isRead: () => true,
      ask: async ({ name }) => {
        asked.push(name);
        return { data: { hosts: { nodes: [] } } };
      },
      onRun: async (name) => {
        if (name !== 'first') return;
        for (let step = 0; step < steps; step += 1) await null;
        runner.update([first, second]);
      },
      onDeliveries: () => {},
    });
    onTestFinished(() => runner.stop());
    runner.start([]);
    runner.update([first]);
    await settled();
    expect([steps, ...asked]).toEqual([steps, 'first', 'second']);
  }
});
