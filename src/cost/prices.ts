import type { PricedKind, PriceInput, PriceOf, SizedList } from './price.ts';

/** Rows per upstream page and ids per batch, as the clients ask for them. */
const PAGE = { SCANORBIT: 100, SCANOPY: 200 } as const;
const BATCH = { SCANORBIT: 1, SCANOPY: 100 } as const;
const DEFAULT_PAGE = 50;

const pagesOf = (rows: number, kind: PricedKind): number => Math.ceil(rows / PAGE[kind]);

const sizeOfPage = (args: PriceInput['args']): number => {
  const size = args.first ?? args.last;
  return typeof size === 'number' && size > 0 ? size : DEFAULT_PAGE;
};

/** A set read whole, once per request and source: accounts, networks, tags, … */
export const wholeSet =
  (kind: PricedKind, name: string, items = 10): PriceOf =>
  ({ sources }) => ({ kind, requests: sources[kind], items, shared: name });

/** One record out of a set that is read whole. */
export const fromWholeSet =
  (kind: PricedKind, name: string): PriceOf =>
  ({ sources, parents }) => ({ kind, requests: Math.min(parents, sources[kind]), shared: name });

/**
 * A page of an upstream list: the pages it covers (a cut may straddle one more), and one per further source, to count it. With a
 * filter the upstream lacks, the whole list.
 */
export const listPage =
  (kind: PricedKind, list: SizedList, readsWhole: (args: PriceInput['args']) => boolean = () => false): PriceOf =>
  ({ sources, sizes, args }) => {
    const whole = pagesOf(sizes[list] ?? 0, kind) + Math.max(0, sources[kind] - 1);
    const items = sizeOfPage(args);
    if (readsWhole(args)) return { kind, requests: Math.max(whole, sources[kind]), items };
    const straddle = args.after || args.before || args.last ? 1 : 0;
    const covered = pagesOf(items, kind) + straddle + Math.max(0, sources[kind] - 1);
    return { kind, requests: sizes[list] === undefined ? covered : Math.max(1, Math.min(covered, whole)), items };
  };

/** Records by id: one by one or in batches, or the whole list's pages where that is known to be shorter. */
export const byId =
  (kind: PricedKind, list: SizedList): PriceOf =>
  ({ parents, sizes }) => ({
    kind,
    requests: Math.min(
      Math.ceil(parents / BATCH[kind]),
      sizes[list] === undefined ? Number.POSITIVE_INFINITY : Math.max(1, pagesOf(sizes[list], kind)),
    ),
    shared: `${list} by id`,
  });

/** One call per parent, whatever is asked below. */
export const perParent =
  (kind: PricedKind, items?: number): PriceOf =>
  ({ parents, args }) => ({ kind, requests: parents, items: items ?? sizeOfPage(args) });

/** A list per parent: one call each, or the whole list grouped in memory where that is known to be shorter. */
export const listPerParent =
  (kind: PricedKind, list: SizedList): PriceOf =>
  ({ parents, sizes, args }) => ({
    kind,
    requests: Math.min(
      parents,
      sizes[list] === undefined ? Number.POSITIVE_INFINITY : Math.max(1, pagesOf(sizes[list], kind)),
    ),
    items: sizeOfPage(args),
    shared: `${list} of parents`,
  });
