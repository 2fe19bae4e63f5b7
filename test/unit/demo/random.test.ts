import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '#demo/random.ts';

test('one seed gives one stream, whatever the seed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer(), fc.string()), (seed) => {
      const [a, b] = [createRandom(seed), createRandom(seed)];
      expect([a.next(), a.uuid(), a.int(1, 9)]).toEqual([b.next(), b.uuid(), b.int(1, 9)]);
    }),
  );
});

test('every uuid has the form of version 4 and comes once', () => {
  const random = createRandom(7);
  const uuids = Array.from({ length: 20_000 }, () => random.uuid());
  for (const uuid of uuids)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(uuids).size).toBe(uuids.length);
});

test('int keeps within its bounds and reaches both, pick refuses an empty list', () => {
  const random = createRandom(7);
  const drawn = new Set(Array.from({ length: 500 }, () => random.int(-2, 2)));
  expect([...drawn].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  expect(() => random.pick([])).toThrow(RangeError);
});
