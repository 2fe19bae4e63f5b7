import type { AssetRef } from '#entities/dependency/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { refKey } from '#lib/record-ref.ts';
import { type TextTable, textAt, textsIn, textTable } from '#lib/text-table.ts';
import type { CorrelationResult } from './correlate.ts';
import type { Correlation, CrossRelation } from './correlation.ts';
import { UnmatchedList, type UnmatchedLists, type UnmatchedTable, unmatchedTable } from './unmatched-list.ts';

/** What a correlation found, in flat arrays, which a thread hands to another without a copy. */
export interface CorrelationTable {
  /** As JSON, one each. */
  readonly links: TextTable;
  readonly candidates: TextTable;
  readonly relations: TextTable;
  readonly unmatched: { readonly cloud: UnmatchedTable; readonly network: UnmatchedTable };
}

export const correlationTable = (result: CorrelationResult): CorrelationTable => ({
  links: jsonTable(result.links),
  candidates: jsonTable(result.candidates),
  relations: jsonTable(result.relations),
  unmatched: { cloud: unmatchedTable(result.unmatched.cloud), network: unmatchedTable(result.unmatched.network) },
});

const jsonTable = (rows: readonly unknown[]): TextTable => textTable(rows.map((row) => JSON.stringify(row)));

/** The same as whoever answers reads it; each part is unpacked when it is first asked for. */
export class Correlations {
  readonly #table: CorrelationTable;
  #links: readonly Correlation[] | null = null;
  #candidates: readonly Correlation[] | null = null;
  #relations: readonly CrossRelation[] | null = null;
  #byEnd: ReadonlyMap<string, readonly Correlation[]> | null = null;
  readonly unmatched: UnmatchedLists;

  constructor(table: CorrelationTable) {
    this.#table = table;
    this.unmatched = {
      cloud: new UnmatchedList(table.unmatched.cloud),
      network: new UnmatchedList(table.unmatched.network),
    };
  }

  get links(): readonly Correlation[] {
    this.#links ??= unpack<Correlation>(this.#table.links);
    return this.#links;
  }

  get candidates(): readonly Correlation[] {
    this.#candidates ??= unpack<Correlation>(this.#table.candidates);
    return this.#candidates;
  }

  get relations(): readonly CrossRelation[] {
    this.#relations ??= unpack<CrossRelation>(this.#table.relations);
    return this.#relations;
  }

  /** Links of one host or one resource, surest first. */
  linksOf(ref: AssetRef): readonly Correlation[] {
    this.#byEnd ??= linksByEnd(this.links);
    return this.#byEnd.get(refKey(ref)) ?? [];
  }
}

const unpack = <T>(table: TextTable): readonly T[] =>
  Array.from({ length: textsIn(table) }, (_, i) => JSON.parse(textAt(table, i)) as T);

const linksByEnd = (links: readonly Correlation[]): ReadonlyMap<string, readonly Correlation[]> => {
  const byEnd = new Map<string, Correlation[]>();
  for (const link of [...links].sort((a, b) => b.score - a.score)) {
    for (const end of [refKey(link.host), refKey(link.resource)]) getOrMake(byEnd, end, () => []).push(link);
  }
  return byEnd;
};
