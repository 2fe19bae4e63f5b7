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

export const pageCount = (total: number, pageSize: number): number => Math.ceil(total / pageSize);

/** Pages still to be read for the whole list; null while its size is unknown. */
export const missingPages = ({ total, pageSize, cachedPages }: ListShape): number[] | null =>
  total === null
    ? null
    : Array.from({ length: pageCount(total, pageSize) }, (_, page) => page).filter((page) => !cachedPages.has(page));
