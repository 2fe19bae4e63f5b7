import type { AssetRef } from '#entities/dependency/model.ts';
import { encodeGlobalId, parseRefKey } from '#lib/record-ref.ts';
import { textAt } from '#lib/text-table.ts';
import type { Correlation, CrossRelation } from './correlation/correlation.ts';
import { Correlations, type CorrelationTable, NO_CORRELATION } from './correlation/correlation-table.ts';
import type { UnmatchedLists } from './correlation/unmatched-list.ts';
import type { Part } from './derivation/messages.ts';
import type { ArrowsOfSync } from './graph/arrow.ts';
import { type ArrowTable, arrowsIn, arrowTable } from './graph/arrow-table.ts';
import { placeholderIn } from './graph/placeholder-table.ts';
import { type AliasIndex, aliasIndex } from './identifiers/alias-index.ts';
import type { Placeholder } from './identifiers/resolve-target.ts';
import type { Inventory, NamedRecord } from './inventory.ts';

/** What follows from several sources together. */
export interface TablesBetween {
  readonly correlation: CorrelationTable;
  readonly arrows: ArrowTable;
}

export const NO_TABLES_BETWEEN: TablesBetween = { correlation: NO_CORRELATION, arrows: arrowTable([]) };

/** Everything that follows from one inventory, as it was derived. */
export interface DerivedTables {
  readonly from: Inventory;
  readonly parts: readonly Part[];
  readonly correlations: Correlations;
  readonly arrowsBetween: ArrowTable;
}

export const derivedTables = (
  from: Inventory,
  parts: readonly Part[],
  { correlation, arrows }: TablesBetween,
): DerivedTables => ({ from, parts, correlations: new Correlations(correlation), arrowsBetween: arrows });

/** Every relation between all records of an inventory, and what is known of vertices without a record. Vertices are global ids. */
export interface InventoryArrows {
  readonly arrowsOf: ArrowsOfSync;
  /** A VPC, a subnet, an address behind a load balancer, …; null for any other vertex. */
  readonly placeholderOf: (vertex: string) => Placeholder | null;
  /** Vertices whose own relations the source failed to send. */
  readonly unread: ReadonlySet<string>;
}

/**
 * What follows from an inventory, for answers that show its records. While it is derived anew after a change, what followed from the
 * former inventory still holds, except for records that are gone.
 */
export class Derived {
  readonly inventory: Inventory;
  readonly #tables: DerivedTables;
  #aliases: AliasIndex<NamedRecord> | null = null;
  #arrows: InventoryArrows | null = null;
  #unmatched: UnmatchedLists | null = null;

  constructor(inventory: Inventory, tables: DerivedTables) {
    this.inventory = inventory;
    this.#tables = tables;
  }

  isOf(tables: DerivedTables): boolean {
    return this.#tables === tables;
  }

  get aliases(): AliasIndex<NamedRecord> {
    const record = (key: string) => {
      const ref = parseRefKey(key);
      return ref && this.inventory.record(ref);
    };
    this.#aliases ??= aliasIndex(
      this.#tables.parts.flatMap(({ names }) =>
        names ? { byAlias: names.byAlias, owner: (ordinal: number) => record(textAt(names.owners, ordinal)) } : [],
      ),
      this.inventory.cloud.flatMap(({ accounts }) => accounts),
    );
    return this.#aliases;
  }

  /** Null while some source's edges are unread, since a missing arrow would read as "none". */
  get arrows(): InventoryArrows | null {
    if (!this.#tables.from.isWhole) return null;
    this.#arrows ??= arrowsOf(this.#tables, this.#isCurrent ? () => true : (vertex) => this.inventory.holds(vertex));
    return this.#arrows;
  }

  /** Whether the arrows of a vertex are in here: not those of assets that were not read, or only since this was derived. */
  holds(vertex: string): boolean {
    return this.inventory.holds(vertex) && (this.#isCurrent || this.#tables.from.holds(vertex));
  }

  /** Surest first. */
  linksOf(ref: AssetRef): readonly Correlation[] {
    return this.#tables.correlations.linksOf(ref).filter(this.#isHere);
  }

  get links(): readonly Correlation[] {
    return this.#tables.correlations.links.filter(this.#isHere);
  }

  get candidates(): readonly Correlation[] {
    return this.#tables.correlations.candidates.filter(this.#isHere);
  }

  get relations(): readonly CrossRelation[] {
    return this.#tables.correlations.relations.filter(({ host }) => this.#isCurrent || this.#has(host));
  }

  get unmatched(): UnmatchedLists {
    const { unmatched } = this.#tables.correlations;
    if (this.#isCurrent) return unmatched;
    this.#unmatched ??= { cloud: unmatched.cloud.among(this.#has), network: unmatched.network.among(this.#has) };
    return this.#unmatched;
  }

  get #isCurrent(): boolean {
    return this.#tables.from === this.inventory;
  }

  readonly #has = (ref: AssetRef): boolean => this.inventory.asset(ref) !== null;

  readonly #isHere = ({ host, resource }: Correlation): boolean =>
    this.#isCurrent || (this.#has(host) && this.#has(resource));
}

/** @param isHere whether a vertex is not gone. */
const arrowsOf = (
  { from, parts, arrowsBetween }: DerivedTables,
  isHere: (vertex: string) => boolean,
): InventoryArrows => {
  const relations = parts.flatMap((part) => part.relations ?? []);
  const placeholders = relations.map((of) => of.placeholders);
  const unread = from.cloud.flatMap(({ resources, unreadEdges }) =>
    unreadEdges.flatMap((id) => resources.get(id) ?? []).map(encodeGlobalId),
  );
  const every = arrowsIn([...relations.map(({ arrows }) => arrows), arrowsBetween]);
  return {
    arrowsOf: (vertex) => every(vertex).filter(({ from: one, to }) => isHere(one === vertex ? to : one)),
    placeholderOf: (vertex) => placeholderIn(placeholders, vertex),
    unread: new Set(unread),
  };
};
