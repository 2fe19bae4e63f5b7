/** Which rows are asked for. A key is that of a row, which need not be there any more. */
interface KeyedCut {
  readonly after: string | null;
  readonly before: string | null;
  readonly limit: number;
  /** The last ones of the list, in its order. */
  readonly fromEnd: boolean;
}

interface KeyedPage<T> {
  readonly rows: readonly { readonly key: string; readonly node: T }[];
  /** There are others beyond the limit. */
  readonly hasMore: boolean;
}

/** A list whose rows have keys: a page stays where it is while others come and go, and costs the same at any depth. */
export interface KeyedList<T> {
  /** What keys of this list look like. */
  readonly keys: RegExp;
  count(): Promise<number>;
  page(cut: KeyedCut): Promise<KeyedPage<T>>;
}
