import type { AssetRef } from '#entities/dependency/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { parseRefKey, refKey } from '#lib/record-ref.ts';
import { type TextTable, textAt, textTable } from '#lib/text-table.ts';
import type { Unmatched, WhyNotCode } from './correlation.ts';

/** Assets without a link in flat arrays. Few combinations of reasons occur, so each is there once. */
export interface UnmatchedTable {
  /** Keys of records (`refKey`). */
  readonly assets: TextTable;
  /** Positions in `combinations`, by asset. */
  readonly reasons: Uint32Array;
  readonly combinations: readonly (readonly WhyNotCode[])[];
}

/** @param unmatched of which equal reasons are one array */
export const unmatchedTable = (unmatched: readonly Unmatched[]): UnmatchedTable => {
  const numbers = new Map<readonly WhyNotCode[], number>();
  const reasons = Uint32Array.from(unmatched, ({ reasons: of }) => getOrMake(numbers, of, () => numbers.size));
  return { assets: textTable(unmatched.map(({ asset }) => refKey(asset))), reasons, combinations: [...numbers.keys()] };
};

export interface UnmatchedLists {
  readonly cloud: UnmatchedList;
  readonly network: UnmatchedList;
}

/** The same as a list of which parts are read. */
export class UnmatchedList {
  readonly #table: UnmatchedTable;
  /** Positions in the table; null: all. */
  readonly #rows: Uint32Array | null;

  constructor(table: UnmatchedTable, rows: Uint32Array | null = null) {
    this.#table = table;
    this.#rows = rows;
  }

  get length(): number {
    return this.#rows?.length ?? this.#table.reasons.length;
  }

  slice(start: number, end: number): readonly Unmatched[] {
    return Array.from({ length: Math.max(0, Math.min(end, this.length) - start) }, (_, i) => this.#at(start + i));
  }

  /** Those for which some reason satisfies `test`. */
  where(test: (reason: WhyNotCode) => boolean): UnmatchedList {
    const wanted = this.#table.combinations.map((reasons) => reasons.some(test));
    return this.#only((row) => wanted[this.#table.reasons[row] ?? 0] ?? false);
  }

  /** Those of which the asset satisfies `test`. */
  among(test: (asset: AssetRef) => boolean): UnmatchedList {
    return this.#only((row) => test(this.#asset(row)));
  }

  /** How many there are with each combination of reasons. */
  counts(): readonly { readonly reasons: readonly WhyNotCode[]; readonly count: number }[] {
    const counts = this.#table.combinations.map((reasons) => ({ reasons, count: 0 }));
    for (let i = 0; i < this.length; i += 1) {
      const of = counts[this.#table.reasons[this.#row(i)] ?? 0];
      if (of) of.count += 1;
    }
    return counts;
  }

  #only(isWanted: (row: number) => boolean): UnmatchedList {
    const every = this.#rows ?? this.#table.reasons.map((_, i) => i);
    return new UnmatchedList(this.#table, every.filter(isWanted));
  }

  #asset(row: number): AssetRef {
    return parseRefKey(textAt(this.#table.assets, row)) as AssetRef;
  }

  #row(at: number): number {
    return this.#rows ? (this.#rows[at] ?? 0) : at;
  }

  #at(at: number): Unmatched {
    const row = this.#row(at);
    return {
      asset: this.#asset(row),
      reasons: this.#table.combinations[this.#table.reasons[row] ?? 0] ?? [],
    };
  }
}
