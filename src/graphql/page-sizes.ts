/** Items of a page of a connection, when neither `first` nor `last` is given. */
export const DEFAULT_PAGE = 50;

/** Most items that one page may have. */
export const MAX_PAGE = 1000;

/** Fields whose lists are as long as the arguments of the field above them say. */
export const PAGE_LISTS: ReadonlySet<string> = new Set(['nodes', 'edges', 'groups']);
