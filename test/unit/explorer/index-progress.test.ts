import { expect, it } from 'vitest';
import { type Reading, secondsLeft, withReading } from '../../../explorer/src/views/overview/index-progress.ts';

const readingsOf = (...of: readonly (readonly [seconds: number, coverage: number])[]): readonly Reading[] =>
  of.reduce<readonly Reading[]>(
    (readings, [seconds, coverage]) => withReading(readings, { atMs: seconds * 1000, coverage }),
    [],
  );

it('gives the time left from how fast the index was read since the page was opened', () => {
  expect(secondsLeft(readingsOf([0, 0.2], [10, 0.3]))).toBe(70);
  expect(secondsLeft(readingsOf([0, 0.2], [10, 0.3], [20, 0.6]))).toBe(20);
});

it('gives no time left from one reading, from too short a time, or while nothing moves', () => {
  expect(secondsLeft([])).toBeNull();
  expect(secondsLeft(readingsOf([0, 0.2]))).toBeNull();
  expect(secondsLeft(readingsOf([0, 0.2], [3, 0.3]))).toBeNull();
  expect(secondsLeft(readingsOf([0, 0.2], [60, 0.2]))).toBeNull();
});

it('forgets readings of a former build, and those that are long ago', () => {
  expect(secondsLeft(readingsOf([0, 0.9], [10, 0.1], [20, 0.2]))).toBe(80);
  expect(readingsOf([0, 0.1], [60, 0.2], [150, 0.3])).toHaveLength(2);
});
