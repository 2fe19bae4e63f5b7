/** A decimal number without rounding: `units` of the `scale`-th place after the point. */
interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

const parse = (text: string): Exact => {
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
};

const atScale = ({ units, scale }: Exact, wanted: number): bigint => units * 10n ** BigInt(wanted - scale);

/** Negative, zero or positive, as the first of two decimals such as `-3` or `28.50` is less, equal or greater. */
export const compareDecimals = (left: string, right: string): number => {
  const [a, b] = [parse(left), parse(right)];
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
};

/** An exact sum of decimals, with as many places after the point as the longest of them has. */
export class DecimalSum {
  #sum: Exact = { units: 0n, scale: 0 };

  add(text: string): void {
    const added = parse(text);
    const scale = Math.max(added.scale, this.#sum.scale);
    this.#sum = { units: atScale(this.#sum, scale) + atScale(added, scale), scale };
  }

  toString(): string {
    const { units, scale } = this.#sum;
    const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
    const point = digits.length - scale;
    const sign = units < 0n ? '-' : '';
    return scale === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  }
}
