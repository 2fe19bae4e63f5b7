/** What is known, when an operation is priced, about what it will read. */
export interface PriceInput {
  /** How many parents the field is resolved on, at worst. */
  readonly parents: number;
  /** Name of the parents' type: a field inherited from an interface may cost differently on each. */
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Sources of each kind that the viewer may read. */
  readonly sources: Readonly<Record<PricedKind, number>>;
  /** Rows in a whole upstream list over all sources, where already seen; undefined while unknown. */
  readonly sizes: Readonly<Partial<Record<SizedList, number>>>;
}

export type PricedKind = 'SCANORBIT' | 'SCANOPY';
export type SizedList = 'resources' | 'findings' | 'hosts' | 'services';

/** Worst case of one field in upstream requests. */
export interface Price {
  readonly kind: PricedKind;
  readonly requests: number;
  /** Records each parent gets: the number of parents of the fields below. @default 1 */
  readonly items?: number;
  /**
   * Fields with the same name here share what they read: together they cost what the dearest of them costs (a set that is read
   * once per request, pages of one list).
   */
  readonly shared?: string;
}

/** Priced with the field it belongs to: `extensions: { price }`. A field without a price reads nothing. */
export type PriceOf = (input: PriceInput) => Price;
