/** Rows of one list page; the server refuses more. */
export const SCANORBIT_PAGE_SIZE = 100;
