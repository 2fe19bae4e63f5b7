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
