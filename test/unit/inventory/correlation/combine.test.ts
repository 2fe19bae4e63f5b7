import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceOf, EVIDENCE_CLASSES, type Evidence } from '#inventory/correlation/correlation.ts';
import { combineScores, staleness } from '#inventory/correlation/judge.ts';

const evidence = (of: Evidence['class'], score: number): Evidence => ({ rule: 'any', detail: '', class: of, score });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('combination', () => {
  it('takes the best score of each class and combines classes as independent evidence', () => {
    expect(combineScores([evidence('NAME', 0.65), evidence('NAME', 0.5)])).toBe(0.65);
    expect(combineScores([evidence('NAME', 0.65), evidence('L3', 0.45)])).toBe(0.8075);
  });

  it('does not depend on order, is never below its best score, and stays below 1', () => {
    const one = fc
      .tuple(fc.constantFrom(...EVIDENCE_CLASSES), fc.integer({ min: 40, max: 99 }))
      .map(([of, score]) => evidence(of, score / 100));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), (all) => {
        const score = combineScores(all);
        expect(combineScores([...all].reverse())).toBe(score);
        expect(score).toBeGreaterThanOrEqual(Math.max(...all.map((each) => each.score)));
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('staleness', () => {
  it.each([
    [0, 1],
    [48 * HOUR, 1],
    [16 * DAY, 0.75],
    [30 * DAY, 0.5],
    [300 * DAY, 0.5],
  ])('of %i ms apart leaves %d, whichever side is older', (apart, factor) => {
    expect(staleness(0, apart)).toBeCloseTo(factor, 10);
    expect(staleness(apart, 0)).toBeCloseTo(factor, 10);
  });

  it('is none where a time is missing', () => {
    expect(staleness(null, 0)).toBe(1);
  });
});

it('bands end where the documentation says', () => {
  expect([1, 0.95, 0.949, 0.85, 0.849, 0.6, 0.599, 0.4, 0.399].map(confidenceOf)).toEqual([
    'CERTAIN',
    'CERTAIN',
    'HIGH',
    'HIGH',
    'MEDIUM',
    'MEDIUM',
    'LOW',
    'LOW',
    null,
  ]);
});
