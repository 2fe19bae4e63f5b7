import { byValue, type Compare, inTurn } from '#lib/compare.ts';
import { compareDecimals, DecimalSum } from '#lib/decimal.ts';
import { getOrMake } from '#lib/get-or-make.ts';

/** One way to sort rows into groups. */
export interface Dimension<T> {
  /** As `by` names it. */
  readonly name: string;
  /** As filters take them. A row of several values belongs to several groups, one without any to the group without a value. */
  readonly valuesOf: (row: T) => readonly string[];
  /** What the group without a value is called. */
  readonly none: string;
  /** Titles of values that are none for people, as far as they are known. */
  readonly titlesOf?: (values: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The values are global ids. */
  readonly namesRecords?: boolean;
}

export interface GroupKeyModel {
  readonly dimension: string;
  readonly value: string | null;
  readonly label: string;
  /** Global id of the record that the value names. */
  readonly id: string | null;
}

/** What rows cost together. */
export interface CostModel {
  /** Exact; null where no row's cost is known. */
  readonly monthlyCost: string | null;
  /** Rows whose cost is unknown. */
  readonly withoutCost: number;
}

export interface GroupModel extends CostModel {
  readonly keys: readonly GroupKeyModel[];
  readonly count: number;
}

/** How the rows of one source were read. */
export interface GroupReadingModel {
  readonly source: string;
  /** RFC 3339. */
  readonly asOf: string;
  readonly from: 'INDEX' | 'STATISTICS' | 'LISTS';
  /** Rows that the source counts, or sent, and that are not in the answer. */
  readonly missing: number;
}

export interface GroupsModel extends CostModel {
  /** Rows, each counted once. */
  readonly totalCount: number;
  /** Groups, those that are not shown included. */
  readonly groupCount: number;
  readonly groups: readonly GroupModel[];
  readonly asOf: string;
  readonly complete: boolean;
  readonly readings: readonly GroupReadingModel[];
}

export interface GroupOrderModel {
  readonly field: 'COUNT' | 'COST';
  readonly direction: 'ASC' | 'DESC';
}

/** A group whose keys are not named yet. */
export interface RowGroup extends CostModel {
  readonly values: readonly (string | null)[];
  readonly count: number;
}

class Tally {
  count = 0;
  readonly #sum = new DecimalSum();
  #withCost = 0;

  add(count: number, cost: string | null): void {
    this.count += count;
    if (cost === null) return;
    this.#withCost += 1;
    this.#sum.add(cost);
  }

  get cost(): CostModel {
    return {
      monthlyCost: this.#withCost > 0 ? this.#sum.toString() : null,
      withoutCost: this.count - this.#withCost,
    };
  }
}

type Value = string | null;

const NO_VALUE: readonly Value[] = [null];

/** Each value once. */
const distinct = (values: readonly string[]): readonly Value[] => {
  if (values.length === 0) return NO_VALUE;
  return values.length === 1 ? values : [...new Set(values)];
};

/** Counts rows, and groups of them: by every value, or pair of values, that some row has. */
export class GroupCounts<T> {
  readonly #first: Dimension<T>;
  readonly #second: Dimension<T> | undefined;
  readonly #costOf: (row: T) => string | null;
  readonly #all = new Tally();
  /** By the value in the first dimension, then by that in the second; that is null where there is none. */
  readonly #tallies = new Map<Value, Map<Value, Tally>>();

  constructor([first, second]: readonly [Dimension<T>, Dimension<T>?], costOf: (row: T) => string | null) {
    this.#first = first;
    this.#second = second;
    this.#costOf = costOf;
  }

  addRows(rows: readonly T[]): void {
    for (const row of rows) {
      const cost = this.#costOf(row);
      this.#all.add(1, cost);
      const seconds = this.#second ? distinct(this.#second.valuesOf(row)) : NO_VALUE;
      for (const first of distinct(this.#first.valuesOf(row)))
        for (const second of seconds) this.#tallyOf(first, second).add(1, cost);
    }
  }

  /** Rows that their source has counted, by one dimension; their costs are unknown. */
  addCounts(total: number, counts: readonly { readonly value: Value; readonly count: number }[]): void {
    this.#all.add(total, null);
    for (const { value, count } of counts) this.#tallyOf(value, null).add(count, null);
  }

  get totalCount(): number {
    return this.#all.count;
  }

  get cost(): CostModel {
    return this.#all.cost;
  }

  /** In no order. */
  get groups(): readonly RowGroup[] {
    return [...this.#tallies].flatMap(([first, tallies]) =>
      [...tallies].map(([second, { count, cost }]) => ({
        values: this.#second ? [first, second] : [first],
        count,
        ...cost,
      })),
    );
  }

  #tallyOf(first: Value, second: Value): Tally {
    const tallies = getOrMake(this.#tallies, first, () => new Map<Value, Tally>());
    return getOrMake(tallies, second, () => new Tally());
  }
}

const byCost =
  (direction: 'ASC' | 'DESC'): Compare<RowGroup> =>
  ({ monthlyCost: a }, { monthlyCost: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (direction === 'ASC' ? 1 : -1) * compareDecimals(a, b);
  };

const byCount = (direction: 'ASC' | 'DESC'): Compare<RowGroup> => byValue(({ count }) => count, direction);

/** Groups of unknown cost come last; equal ones go by their count, greatest first, and then by their values. */
export const groupOrder = ({ field, direction }: GroupOrderModel): Compare<RowGroup> =>
  inTurn(
    field === 'COST' ? byCost(direction) : byCount(direction),
    byCount('DESC'),
    byValue(({ values }) => values[0] ?? null, 'ASC'),
    byValue(({ values }) => values[1] ?? null, 'ASC'),
  );
