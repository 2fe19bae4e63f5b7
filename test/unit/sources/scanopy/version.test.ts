import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasLateParameters, readVersion } from '#sources/scanopy/api-version.ts';

test.each([
  ['0.14.13', 'G1', true],
  ['0.15.99', 'G1', true],
  ['0.16.0', 'G2', true],
  ['v0.16.1', 'G2', true],
  ['0.17.21', 'G2', true],
  ['0.17.22', 'G3', true],
  ['0.17.23', 'G3', false],
  ['0.18.0-rc.1', 'G3', false],
  ['1.0.0', 'G3', false],
  ['nightly', 'G3', false],
])('%s speaks %s (known: %s)', (serverVersion, generation, known) => {
  expect(readVersion(serverVersion)).toEqual({ serverVersion, generation, known });
});

test('parts of a version are compared as numbers', () => {
  expect(hasLateParameters('0.17.9')).toBe(false);
  expect(hasLateParameters('0.17.100')).toBe(true);
});

test('a later version is never called like an earlier generation', () => {
  const part = fc.integer({ min: 0, max: 30 });
  const version = fc.tuple(fc.constant(0), part, part);
  const rank = { G1: 1, G2: 2, G3: 3 };
  fc.assert(
    fc.property(version, version, (one, other) => {
      const [low, high] = [one, other].sort((a, b) => a[1] - b[1] || a[2] - b[2]);
      const generation = (of = one) => rank[readVersion(of.join('.')).generation];
      expect(generation(low)).toBeLessThanOrEqual(generation(high));
    }),
  );
});
