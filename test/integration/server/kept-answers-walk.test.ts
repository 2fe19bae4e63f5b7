import { expect, it } from 'vitest';
import { walk } from '../../support/answers/walk.ts';

it.each([
  [1, false],
  [2, true],
])(
  'a gateway that keeps answers always says what one that keeps none would say (seed %s, index: %s)',
  async (seed, index) => {
    const { differences, kept, compared } = await walk({ seed, steps: 150, index });
    expect(differences).toEqual([]);
    expect(kept).toBeGreaterThan(compared / 20);
  },
);

it.each([
  [7, false],
  [9, true],
])(
  'threads that repeat answers always say what a gateway that keeps none would say (seed %s, index: %s)',
  async (seed, index) => {
    const { differences, repeated } = await walk({ seed, steps: 60, index, threads: 2 });
    expect(differences).toEqual([]);
    expect(repeated).toBeGreaterThan(0);
  },
);
