/** Rows of one page. Host rows are heavy: they embed their children. */
export const SCANOPY_PAGE_SIZE = 200;
/** Ids of one `ids=` request: proxies cut longer request lines. */
export const SCANOPY_BATCH_SIZE = 100;
/** The most rows a server gives in one call. */
export const SCANOPY_MOST_ROWS = 1000;
