import type { RecordRef } from '#lib/record-ref.ts';
import type { PerSide, SourceSide } from '#lib/source-side.ts';
import type { CountQuestion } from '#sources/cloud-client.ts';
import type { Paging } from '#sources/paging.ts';

/** What is known, when an operation is priced, about what it will read. */
export interface PriceInput {
  /** How many parents the field is resolved on, at worst. */
  readonly parents: number;
  /** Name of the parents' type: a field inherited from an interface may cost differently on each. */
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Names of the fields selected of what the field gives, fragments included, `__typename` left out. */
  readonly selects: ReadonlySet<string>;
  /** The same of what a selected field gives, where that is an object of `type`. */
  readonly selectsBelow: (field: string, type: string) => ReadonlySet<string>;
  /** Sources of each side that the viewer may read. */
  readonly sources: PerSide<number>;
  /** Rows of one page, and records that one request by id can name, at the least capable source of each side. */
  readonly paging: Paging;
  /** Rows in a whole upstream list over all sources, where already seen; undefined while unknown. */
  readonly sizes: Readonly<Partial<Record<SizedList, number>>>;
  /** The index has read everything of every source and every relation, however long ago. */
  readonly fromIndex: boolean;
  /** Whether the index has the vertex with this global id: then a walk from it costs nothing. */
  readonly holds: (vertex: string) => boolean;
  /** What the types of records in the graph cost, by name. */
  readonly entities: ReadonlyMap<string, EntityPrices>;
  /** Every record that the index finds under these terms; null where it cannot answer. */
  readonly lookup: (terms: readonly string[]) => readonly RecordRef[] | null;
  /** Whether the sources find every finding of a severity by themselves, as far as is known: else whole lists are read. */
  readonly filtersSeverities: boolean;
  /** What the index holds of every source as the source holds it now: the operation will not ask for it. */
  readonly indexed: Readonly<Record<Indexed, boolean>>;
  /** Of which lists the index has counts, for every source: these ask nothing. */
  readonly counted: Readonly<Record<SizedList, boolean>>;
  /** What the statistics of every source are known to count exactly. */
  readonly statistics: Pick<ReadonlySet<CountQuestion>, 'has'>;
}

type Indexed = 'resources' | 'findings' | 'edges';
export type SizedList = 'resources' | 'findings' | 'hosts' | 'services';

/** Upstream requests at the sources of one side. */
export interface RequestCost {
  readonly side: SourceSide;
  /** At worst; infinite where it depends on a size that is not known. */
  readonly requests: number;
  /**
   * Fields with the same name here share what they read: together they cost what the dearest of them costs (a set that is read
   * once per request, pages of one list).
   */
  readonly shared?: string;
}

/** Worst case of one field in upstream requests. */
export interface Price extends RequestCost {
  /** Records each parent gets: the number of parents of the fields below. @default 1 */
  readonly items?: number;
  /** What else the field reads. */
  readonly also?: readonly RequestCost[];
}

/** What a type of records declares once, for every field that gives one. */
interface EntityPrices {
  /** Of fetching one record. */
  readonly node: { readonly price: PriceOf };
  /** Null for types that are no assets. */
  readonly asset: { readonly prices: AssetPrices } | null;
}

export interface AssetPrices {
  readonly dependencies: PriceOf;
  readonly dependents: PriceOf;
  /** Of one at the other end of an edge. */
  readonly otherEnd: PriceOf;
}

/** Priced with the field it belongs to: `extensions: { price }`. A field without a price reads nothing. */
export type PriceOf = (input: PriceInput) => Price;
