import type { ListShape } from './list-shape.ts';

export interface WantedKey {
  readonly key: string;
  /** Names a narrower list that holds the record, if it exists: the account of a resource, the network of a host. */
  readonly hint?: string | undefined;
}

/** The ways to records, and what is known of each. Every call costs one request. */
export interface Ways {
  /** Keys that the cache or the index answers. */
  readonly known: ReadonlySet<string>;
  /** Keys that one call by key takes; 1 where the upstream knows no batches. */
  readonly batchSize: number;
  readonly wholeList?: ListShape | undefined;
  /** Narrower lists by hint. */
  readonly filteredLists?: ReadonlyMap<string, ListShape> | undefined;
}

export type PlannedCall =
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  /** A page of the list a hint narrows to, or, with hint null, of the whole list. */
  | { readonly kind: 'page'; readonly hint: string | null; readonly page: number };

export interface Plan {
  /** Keys that cost nothing. */
  readonly known: readonly string[];
  /** Keys that lists already read show not to exist. */
  readonly missing: readonly string[];
  /** Keys that the planned pages are to answer; one that is not there needs another plan, which asks for it by key or finds it missing. */
  readonly listed: readonly string[];
  /** All may be made at once. */
  readonly calls: readonly PlannedCall[];
  /** The one call learns the size of a list; plan again when it is answered. Happens once at most. */
  readonly isProbe: boolean;
}
