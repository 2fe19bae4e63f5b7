import type { AssetRef } from '#entities/dependency/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { refKey } from '#lib/record-ref.ts';
import { type TextTable, textAt, textsIn, textTable } from '#lib/text-table.ts';
import type { Correlated, Written } from './correlated.ts';
import type { Correlation, CrossRelation } from './correlation.ts';
import type { Listing } from './listing.ts';
import { UnmatchedList, type UnmatchedLists, type UnmatchedTable, unmatchedTable } from './unmatched-list.ts';

/** What a correlation found, in flat arrays, which a thread hands to another without a copy. */
export interface CorrelationTable {
  /** As JSON, one each. */
  readonly links: TextTable;
  readonly candidates: TextTable;
  readonly relations: TextTable;
  readonly unmatchedCloud: UnmatchedTable;
  readonly unmatchedNetwork: UnmatchedTable;
}

export const NO_CORRELATION: CorrelationTable = {
  links: textTable([]),
  candidates: textTable([]),
  relations: textTable([]),
  unmatchedCloud: unmatchedTable([]),
  unmatchedNetwork: unmatchedTable([]),
};

/** What changed since it was last asked. */
export const changedTables = ({ links, candidates, relations, unmatched }: Correlated): Partial<CorrelationTable> => ({
  ...(links.takeChanged() && { links: jsonTable(links) }),
  ...(candidates.takeChanged() && { candidates: jsonTable(candidates) }),
  ...(relations.takeChanged() && { relations: jsonTable(relations) }),
  ...(unmatched.cloud.takeChanged() && { unmatchedCloud: unmatchedTable(unmatched.cloud.rows()) }),
  ...(unmatched.network.takeChanged() && { unmatchedNetwork: unmatchedTable(unmatched.network.rows()) }),
});

const jsonTable = <T>(listing: Listing<Written<T>>): TextTable => textTable(listing.rows().map(({ json }) => json));

/** The same as whoever answers reads it; each table is unpacked when it is first asked for, and once for all derivations that leave it as it was. */
export class Correlations {
  readonly #table: CorrelationTable;
  readonly unmatched: UnmatchedLists;

  constructor(table: CorrelationTable) {
    this.#table = table;
    this.unmatched = {
      cloud: new UnmatchedList(table.unmatchedCloud),
      network: new UnmatchedList(table.unmatchedNetwork),
    };
  }

  get links(): readonly Correlation[] {
    return getOrMake(correlations, this.#table.links, () => unpack(this.#table.links));
  }

  get candidates(): readonly Correlation[] {
    return getOrMake(correlations, this.#table.candidates, () => unpack(this.#table.candidates));
  }

  get relations(): readonly CrossRelation[] {
    return getOrMake(relations, this.#table.relations, () => unpack(this.#table.relations));
  }

  /** Links of one host or one resource, surest first. */
  linksOf(ref: AssetRef): readonly Correlation[] {
    const byEnd = getOrMake(linksByEnd, this.#table.links, () => groupByEnd(this.links));
    return byEnd.get(refKey(ref)) ?? [];
  }
}

const correlations = new WeakMap<TextTable, readonly Correlation[]>();
const relations = new WeakMap<TextTable, readonly CrossRelation[]>();
const linksByEnd = new WeakMap<TextTable, ReadonlyMap<string, readonly Correlation[]>>();

const unpack = <T>(table: TextTable): readonly T[] =>
  Array.from({ length: textsIn(table) }, (_, i) => JSON.parse(textAt(table, i)) as T);

const groupByEnd = (links: readonly Correlation[]): ReadonlyMap<string, readonly Correlation[]> => {
  const byEnd = new Map<string, Correlation[]>();
  for (const link of [...links].sort((a, b) => b.score - a.score)) {
    for (const end of [refKey(link.host), refKey(link.resource)]) getOrMake(byEnd, end, () => []).push(link);
  }
  return byEnd;
};
