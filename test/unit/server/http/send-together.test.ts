import { expect, it } from 'vitest';
import { sendTogether } from '#server/http/send-together.ts';

it('sends what is ready in one turn in its order, and one that fails keeps back no other', async () => {
  const sent: string[] = [];
  const outcomes = Promise.allSettled([
    sendTogether(() => sent.push('first')),
    sendTogether(() => {
      throw new Error('headers were sent');
    }),
    sendTogether(() => sent.push('last')),
  ]);
  expect(sent).toEqual([]);
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(sent).toEqual(['first', 'last']);
});
