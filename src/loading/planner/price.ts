import { pageCount } from './list-shape.ts';

/**
 * Asking key by key for this many calls is not worth a look at the length of a list: the look may cost one call more and save
 * nothing.
 */
export const PROBE_ABOVE = 5;

export const priceOfKeys = (keys: number, batchSize: number): number => Math.ceil(keys / batchSize);

export const priceOfPages = (rows: number, pageSize: number): number => pageCount(rows, pageSize);

export interface RecordPrices {
  readonly batchSize: number;
  /** Null where there is no whole list to read. */
  readonly pageSize: number | null;
  /** Length of that list; null when unknown. */
  readonly total: number | null;
}

/** The most requests that {@link planRecords} spends on `keys` records with nothing cached and no hints. */
export const priceOfRecords = (keys: number, { batchSize, pageSize, total }: RecordPrices): number => {
  const byKey = priceOfKeys(keys, batchSize);
  if (pageSize === null) return byKey;
  if (total === null) return byKey > PROBE_ABOVE ? byKey + 1 : byKey;
  return Math.min(byKey, priceOfPages(total, pageSize));
};

/** The most aligned pages that `rows` consecutive rows can lie on: one more than from the start when they begin in mid-page. */
export const priceOfSlice = (rows: number, pageSize: number, fromStart: boolean): number => {
  if (rows <= 0) return 0;
  return fromStart ? priceOfPages(rows, pageSize) : priceOfPages(rows - 1, pageSize) + 1;
};
