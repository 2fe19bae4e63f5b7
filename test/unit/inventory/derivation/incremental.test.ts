import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import { Deriver } from '#inventory/derivation/deriver.ts';
import { Derived } from '#inventory/derived.ts';
import { Inventory } from '#inventory/inventory.ts';
import { resource } from '../../../support/records.ts';
import { asDerived, derivedAnew } from './derived-anew.ts';
import { type Change, changed, cloudSteps, emptyWorld, type ReadingSteps, rules, steps } from './random-worlds.ts';

/** The readings of a world to which one thing after another happens. */
function* readings(happening: ReadingSteps): Iterable<Inventory> {
  let world = emptyWorld();
  for (const { happened, missing, gap } of happening) {
    world = changed(world, happened);
    const read = world.filter(({ source }) => source !== missing);
    yield new Inventory(read, gap === null ? [] : [gap]);
  }
}

const equalsAnew = (worlds: fc.Arbitrary<ReadingSteps>) =>
  fc.assert(
    fc.property(worlds, rules, (happening, said) => {
      const deriver = new Deriver({ rules: said });
      for (const inventory of readings(happening)) {
        const anew = derivedAnew(inventory, said);
        expect(asDerived(new Derived(inventory, deriver.deriveHere(inventory)), anew)).toEqual(anew);
      }
    }),
    { numRuns: 300 },
  );

describe('what is derived after changes', () => {
  it('equals what the pure functions derive from all records, whatever changed and whichever sources are read', () => {
    equalsAnew(steps);
  });

  it('equals that while resources come, change, move between accounts and go beside the same hosts', () => {
    equalsAnew(cloudSteps);
  });

  it('is all there after one that failed', () => {
    const put = (source: 'cloud-1' | 'cloud-2', edges: readonly ResourceEdge[]): Change => ({
      kind: 'PUT_RESOURCE',
      source,
      row: resource({ id: 'r-1', source, resourceId: 'vol-0aaaaaaaaaaaaaaa1' }),
      edges,
    });
    const target = { kind: 'ec2' } as ResourceEdge['target'];
    const withoutIdentifier: ResourceEdge = {
      id: 'edge-1',
      target,
      resource: null,
      kind: 'USES',
      relationship: null,
      confidence: 'CERTAIN',
    };
    const world = changed(emptyWorld(), [put('cloud-1', []), put('cloud-2', [])]);
    const broken = changed(world, [put('cloud-2', [withoutIdentifier])]);
    const deriver = new Deriver();
    expect(() => deriver.deriveHere(new Inventory(broken, []))).toThrow();
    const inventory = new Inventory(world, []);
    const anew = derivedAnew(inventory);
    expect(asDerived(new Derived(inventory, deriver.deriveHere(inventory)), anew)).toEqual(anew);
  });

  it('is the same from a thread of its own', async () => {
    const deriver = new Deriver({ threadFrom: 0 });
    try {
      await fc.assert(
        fc.asyncProperty(steps, async (happening) => {
          for (const inventory of readings(happening)) {
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
