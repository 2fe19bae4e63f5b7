/** What is known of a list that is read in aligned pages, counted from 0. */
export interface ListShape {
  /** Rows in all; null when no page was seen yet. */
  readonly total: number | null;
  readonly pageSize: number;
  /** Pages that cost nothing: their records are among the known ones already. */
  readonly cachedPages: ReadonlySet<number>;
  /**
   * Whether a record that is on none of the pages does not exist. False where the list may hide rows, e.g. when fewer distinct
   * rows than `total` were seen.
   */
  readonly isExhaustive: boolean;
}

export const priceOfPages = (rows: number, pageSize: number): number => Math.ceil(rows / pageSize);

/** Pages still to be read for the whole list; null while its size is unknown. */
export const missingPages = ({ total, pageSize, cachedPages }: ListShape): number[] | null =>
  total === null
    ? null
    : Array.from({ length: priceOfPages(total, pageSize) }, (_, page) => page).filter((page) => !cachedPages.has(page));

/**
 * Asking key by key for this many calls is not worth a look at the length of a list: the look may cost one call more and save
 * nothing.
 */
export const PROBE_ABOVE = 5;

export const priceOfKeys = (keys: number, batchSize: number): number => Math.ceil(keys / batchSize);
