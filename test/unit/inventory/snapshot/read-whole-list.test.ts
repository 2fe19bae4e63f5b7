import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inTurns } from '#inventory/snapshot/read-whole-list.ts';

it('begins nothing more once one has failed', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await delay(1);
    if (item === 1) throw new Error('gone');
  };
  await expect(inTurns([0, 1, 2, 3, 4, 5, 6, 7], 2, work)).rejects.toThrow('gone');
  await delay(50);
  expect(begun.length).toBeLessThanOrEqual(4);
});
