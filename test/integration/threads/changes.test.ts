import { expect, it } from 'vitest';
import { walkAlone } from '../../support/answers/walk.ts';

it.each([
  [11, false],
  [12, true],
])('threads see every change of what decides an answer (seed %s, index: %s)', async (seed, index) => {
  const { changes, unseen } = await walkAlone({ seed, steps: 150, index });
  expect(unseen).toEqual([]);
  expect(changes).toBeGreaterThan(20);
});
