import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, DecimalSum } from '#lib/decimal.ts';

const sumOf = (...texts: readonly string[]): string => {
  const sum = new DecimalSum();
  for (const text of texts) sum.add(text);
  return sum.toString();
};

const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const asText = (units: bigint): string => {
  const digits = String(units < 0n ? -units : units).padStart(3, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

describe('sums of decimals', () => {
  it('are exact where floats are not', () => {
    expect(sumOf('0.1', '0.2')).toBe('0.3');
    expect(sumOf('99999999999999999.99', '0.01')).toBe('100000000000000000.00');
  });

  it('have as many places as the longest part', () => {
    expect(sumOf()).toBe('0');
    expect(sumOf('5', '0.095', '16.43')).toBe('21.525');
    expect(sumOf('-0.5', '0.25')).toBe('-0.25');
  });

  it('are those of whole numbers of cents, and compare as those do', () => {
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1 }), (amounts) => {
        expect(sumOf(...amounts.map(asText))).toBe(asText(amounts.reduce((sum, amount) => sum + amount, 0n)));
      }),
    );
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(Math.sign(compareDecimals(asText(a), asText(b)))).toBe(a < b ? -1 : Number(a > b));
      }),
    );
  });
});
