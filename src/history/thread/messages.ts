import type { HistoryRows, HistorySource, Reading, ReadingQuery, VersionCut, VersionQuery } from '../history-store.ts';

/** Where a history is kept. The URL may hold a password. */
export type HistoryPlace =
  | { readonly kind: 'SQLITE'; readonly path: string }
  | { readonly kind: 'POSTGRES'; readonly url: string };

/** What the thread can be asked. `BEGIN`, then any number of `ROWS`, then `COMMIT` or `ROLLBACK`; what reads may come between. */
export type HistoryRequest =
  | { readonly kind: 'BEGIN'; readonly reading: Reading }
  | { readonly kind: 'ROWS'; readonly rows: HistoryRows }
  | { readonly kind: 'COMMIT' }
  | { readonly kind: 'ROLLBACK' }
  | { readonly kind: 'VERSIONS'; readonly query: VersionQuery; readonly cut: VersionCut }
  | { readonly kind: 'COUNT'; readonly query: VersionQuery }
  | {
      readonly kind: 'READINGS';
      readonly query: ReadingQuery;
      readonly limit: number;
      readonly offset: number;
    }
  | { readonly kind: 'COUNT_READINGS'; readonly query: ReadingQuery }
  | { readonly kind: 'STATE'; readonly source: HistorySource; readonly time: number }
  | { readonly kind: 'VALUES'; readonly records: readonly number[]; readonly at: number }
  | { readonly kind: 'IDS'; readonly records: readonly number[] }
  | { readonly kind: 'EARLIEST'; readonly visible: readonly HistorySource[] }
  | { readonly kind: 'RETAIN'; readonly before: number; readonly maxBytes: number }
  | { readonly kind: 'CLOSE' };

export interface NumberedRequest {
  readonly number: number;
  readonly request: HistoryRequest;
}

export type HistoryAnswer = { readonly number: number } & ({ readonly result: unknown } | { readonly failure: string });

/** What the thread says unasked: another process may have changed the history; from now on it is noticed when one does, or is not. */
export type HistoryNotice = { readonly notice: 'CHANGED' } | { readonly notice: 'FOLLOWS'; readonly follows: boolean };
