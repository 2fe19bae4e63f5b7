import type { Price, PricedKind, PriceInput, PriceOf, SizedList, Toll } from './price.ts';

/** Rows per upstream page and ids per batch, as the clients ask for them. */
const PAGE = { SCANORBIT: 100, SCANOPY: 200 } as const;
const BATCH = { SCANORBIT: 1, SCANOPY: 100 } as const;
const DEFAULT_PAGE = 50;

/** A few calls by id are made before anybody looks how long the list is: then that look may come on top. */
const PROBE = 1;

const pagesOf = (rows: number | undefined, kind: PricedKind): number =>
  rows === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(rows / PAGE[kind]));

const sizeOfPage = (args: PriceInput['args']): number => {
  const size = args.first ?? args.last;
  return typeof size === 'number' && size > 0 ? size : DEFAULT_PAGE;
};

/** What only a scan changes is fresh as long as the newest scans are the same: they are looked at first. */
const watchOf = (kind: PricedKind, list: SizedList, sources: PriceInput['sources']): Toll[] =>
  kind === 'SCANORBIT' && list === 'resources' ? [{ kind, requests: sources[kind], shared: 'recent scans' }] : [];

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
  ({ sources, sizes, args, indexed }) => {
    const whole = pagesOf(sizes[list], kind) + Math.max(0, sources[kind] - 1);
    const items = sizeOfPage(args);
    const also = watchOf(kind, list, sources);
    if (readsWhole(args)) {
      const requests = indexed[kind] && list === 'resources' ? 0 : Math.max(whole, sources[kind]);
      return { kind, requests, items, also };
    }
    const straddle = args.after || args.before || args.last ? 1 : 0;
    const covered = pagesOf(items, kind) + straddle + Math.max(0, sources[kind] - 1);
    return { kind, requests: Math.min(covered, whole), items, also };
  };

/** Records by id: one by one or in batches, or the whole list's pages where that is known to be shorter. */
export const byId =
  (kind: PricedKind, list: SizedList): PriceOf =>
  ({ parents, sizes, sources, indexed }) => ({
    kind,
    requests:
      indexed[kind] && list === 'resources'
        ? 0
        : Math.min(Math.ceil(parents / BATCH[kind]), pagesOf(sizes[list], kind) + (BATCH[kind] === 1 ? PROBE : 0)),
    shared: `${list} by id`,
    also: watchOf(kind, list, sources),
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
    requests: Math.min(parents, pagesOf(sizes[list], kind) + PROBE),
    items: sizeOfPage(args),
    shared: `${list} of parents`,
  });

const FREE = 0;

/** Nothing, where no more is selected than every reference knows; else `price`. */
export const unlessNamed =
  (known: ReadonlySet<string>, price: PriceOf): PriceOf =>
  (input) => {
    const of = price(input);
    if (![...input.selects].every((name) => known.has(name))) return of;
    return { kind: of.kind, requests: FREE, ...(of.items !== undefined && { items: of.items }) };
  };

/** Several prices of one field, all to be paid; the first one tells how many records there are. */
export const together =
  (first: PriceOf, ...others: readonly PriceOf[]): PriceOf =>
  (input) => {
    const price = first(input);
    return { ...price, also: [...(price.also ?? []), ...others.flatMap((other) => tollsOf(other(input)))] };
  };

/** All that a price consists of. */
export const tollsOf = ({ kind, requests, shared, also = [] }: Price): Toll[] => [
  { kind, requests, ...(shared !== undefined && { shared }) },
  ...also,
];

/** A page of a list within each parent: never more than the whole list, and a beginning for each. */
export const pagePerParent =
  (kind: PricedKind, list: SizedList, readsWhole: (args: PriceInput['args']) => boolean = () => false): PriceOf =>
  ({ parents, sizes, sources, args }) => {
    const items = sizeOfPage(args);
    const straddle = args.after || args.before || args.last ? 1 : 0;
    const asked = readsWhole(args) ? Number.POSITIVE_INFINITY : parents * (pagesOf(items, kind) + straddle);
    const requests = Math.min(asked, pagesOf(sizes[list], kind) + parents);
    return { kind, requests, items, also: watchOf(kind, list, sources) };
  };

/** Every row of a list, read once per request whatever is asked of it. */
export const wholeList =
  (kind: PricedKind, list: SizedList, items?: number): PriceOf =>
  ({ sizes, sources, args }) => ({
    kind,
    requests: pagesOf(sizes[list], kind) + Math.max(0, sources[kind] - 1),
    items: items ?? sizeOfPage(args),
    shared: `whole ${list}`,
  });
