import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deriver } from '#inventory/derivation/deriver.ts';
import { Derived } from '#inventory/derived.ts';
import { Inventory } from '#inventory/inventory.ts';
import { asDerived, derivedAnew } from './derived-anew.ts';
import { changed, changes, emptyWorld } from './random-worlds.ts';

describe('what is derived after changes', () => {
  it('equals what the pure functions derive from all records, whichever accounts and networks changed', () => {
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 6 }), (steps) => {
        const deriver = new Deriver();
        let world = emptyWorld();
        for (const step of steps) {
          world = changed(world, step);
          const inventory = new Inventory(world, []);
          const anew = derivedAnew(inventory);
          expect(asDerived(new Derived(inventory, deriver.deriveHere(inventory)), anew)).toEqual(anew);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same from a thread of its own', async () => {
    const deriver = new Deriver({ threadFrom: 0 });
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 6 }), async (steps) => {
          let world = emptyWorld();
          for (const step of steps) {
            world = changed(world, step);
            const inventory = new Inventory(world, []);
            const anew = derivedAnew(inventory);
            expect(asDerived(new Derived(inventory, await deriver.derive(inventory)), anew)).toEqual(anew);
          }
        }),
        { numRuns: 50 },
      );
    } finally {
      await deriver.close();
    }
  });
});
