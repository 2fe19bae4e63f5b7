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

/** Decimals no longer than this, without their point, are integers that a number holds exactly. */
const MOST_SAFE_DIGITS = 15;

/** An exact sum of decimals, with as many places after the point as the longest of them has. */
export class DecimalSum {
  #sum: Exact = { units: 0n, scale: 0 };
  /** What is to be added to it, in units of its own scale: a safe integer, since adding these is ten times as fast. */
  #safeUnits = 0;

  add(text: string): void {
    const point = text.indexOf('.');
    const scale = point < 0 ? 0 : text.length - point - 1;
    if (scale === this.#sum.scale && text.length <= MOST_SAFE_DIGITS) {
      const units = point < 0 ? Number(text) : Number(text.slice(0, point) + text.slice(point + 1));
      if (Number.isSafeInteger(this.#safeUnits + units)) {
        this.#safeUnits += units;
        return;
      }
    }
    this.#addExact(parse(text));
  }

  toString(): string {
    const { units, scale } = this.#exact();
    const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
    const point = digits.length - scale;
    const sign = units < 0n ? '-' : '';
    return scale === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  }

  #exact(): Exact {
    const { units, scale } = this.#sum;
    return { units: units + BigInt(this.#safeUnits), scale };
  }

  #addExact(added: Exact): void {
    const sum = this.#exact();
    const scale = Math.max(added.scale, sum.scale);
    this.#sum = { units: atScale(sum, scale) + atScale(added, scale), scale };
    this.#safeUnits = 0;
  }
}
