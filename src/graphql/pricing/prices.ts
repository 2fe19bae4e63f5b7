import { MOST_VALUES_ASKED_APART } from '#loading/filtered-list.ts';
import type { Price, PricedKind, PriceInput, PriceOf, SizedList, Toll } from './price.ts';

/** Rows per upstream page and ids per batch, as the clients ask for them. */
const PAGE = { SCANORBIT: 100, SCANOPY: 200 } as const;
const BATCH = { SCANORBIT: 1, SCANOPY: 100 } as const;
const DEFAULT_PAGE = 50;

/** A few calls by id are made before anybody looks how long the list of a source is: then that look may come on top. */
const PROBE = 1;

const pagesOf = (rows: number | undefined, kind: PricedKind): number =>
  rows === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(rows / PAGE[kind]));

/** Pages of a whole list: the last one of each source may be cut. */
const wholePages = (kind: PricedKind, list: SizedList, { sizes, sources }: PriceInput): number =>
  pagesOf(sizes[list], kind) + Math.max(0, sources[kind] - 1);

const sizeOfPage = (args: PriceInput['args']): number => {
  const size = args.first ?? args.last;
  return typeof size === 'number' && size > 0 ? size : DEFAULT_PAGE;
};

/** A page that does not begin with the list may begin and end within upstream pages, and the first of those tells the length. */
const cutOf = ({ after, before, last }: PriceInput['args']): number => (after || before || last ? 2 : 0);

/**
 * How many values are asked for one by one before a list is read whole, where the upstream cannot answer filter and order alone;
 * null where it can.
 */
export type Apart = (args: PriceInput['args']) => number | null;

const ANSWERED: Apart = () => null;

/** Many values are asked apart only while they are fewer than the pages of the list. */
const callsApart = (values: number, pages: number): number =>
  values <= MOST_VALUES_ASKED_APART || values < pages ? values : 0;

/** A set read whole, once per request and source: accounts, networks, tags, … */
export const wholeSet =
  (kind: PricedKind, name: string, items = 10): PriceOf =>
  ({ sources }) => ({ kind, requests: sources[kind], items, shared: name });

/** What only a scan changes is fresh as long as the newest scans are the same: they are looked at first. */
export const RECENT_SCANS: PriceOf = wholeSet('SCANORBIT', 'recent scans');

const watchOf = (kind: PricedKind, list: SizedList, input: PriceInput): Toll[] =>
  kind === 'SCANORBIT' && list === 'resources' ? tollsOf(RECENT_SCANS(input)) : [];

/** One record out of a set that is read whole. */
export const fromWholeSet =
  (kind: PricedKind, name: string): PriceOf =>
  ({ sources, parents }) => ({ kind, requests: Math.min(parents, sources[kind]), shared: name });

/**
 * A page of an upstream list: the pages it covers, and one per further source, to count it or to end in. With a filter the upstream
 * lacks, the whole list.
 */
export const listPage =
  (kind: PricedKind, list: SizedList, apartIn: Apart = ANSWERED): PriceOf =>
  (input) => {
    const { sources, args, indexed } = input;
    const whole = wholePages(kind, list, input);
    const items = sizeOfPage(args);
    const also = watchOf(kind, list, input);
    const apart = apartIn(args);
    if (apart !== null) {
      const requests =
        indexed[kind] && list === 'resources'
          ? 0
          : Math.max(whole, sources[kind]) + callsApart(apart, whole) * sources[kind];
      return { kind, requests, items, also };
    }
    const covered = pagesOf(items, kind) + cutOf(args) + Math.max(0, sources[kind] - 1);
    return { kind, requests: Math.min(covered, whole), items, also };
  };

/**
 * A page of a list that may have to be cut from its end, where a server has the oldest rows first: the first page of each source, for
 * its total, and the pages covered, between which cuts may lie.
 */
export const pageFromEnd =
  (kind: PricedKind): PriceOf =>
  ({ sources, args }) => {
    const items = sizeOfPage(args);
    const covered = pagesOf(items, kind) + cutOf(args) + Math.max(0, sources[kind] - 1);
    return { kind, requests: sources[kind] + covered + 1, items };
  };

/** Records by ids that callers name: in batches, however many there are of which nobody has heard. */
export const inBatches =
  (kind: PricedKind, list: SizedList): PriceOf =>
  ({ parents, sources }) => ({
    kind,
    requests: Math.min(parents, Math.ceil(parents / BATCH[kind]) + Math.max(0, sources[kind] - 1)),
    shared: `${list} by id`,
  });

/** Batches that all records of a list fill; ids that dangle may begin another one in each source. */
const everyBatch = (kind: PricedKind, list: SizedList, { sizes, sources }: PriceInput): number =>
  Math.ceil((sizes[list] ?? Number.POSITIVE_INFINITY) / BATCH[kind]) + sources[kind];

/** Records by ids that other records name: in batches, or, one by one, the whole list's pages where that is known to be shorter. */
export const byId =
  (kind: PricedKind, list: SizedList): PriceOf =>
  (input) => {
    const { indexed, sources } = input;
    const asked = inBatches(kind, list)(input);
    const every =
      BATCH[kind] > 1 ? everyBatch(kind, list, input) : wholePages(kind, list, input) + PROBE * sources[kind];
    const requests = indexed[kind] && list === 'resources' ? 0 : Math.min(asked.requests, every);
    return { ...asked, requests, also: watchOf(kind, list, input) };
  };

/** One call per parent, whatever is asked below. */
export const perParent =
  (kind: PricedKind, items?: number): PriceOf =>
  ({ parents, args }) => ({ kind, requests: parents, items: items ?? sizeOfPage(args) });

/** A list per parent: one call each, or the whole list grouped in memory where that is known to be shorter. */
export const listPerParent =
  (kind: PricedKind, list: SizedList): PriceOf =>
  (input) => ({
    kind,
    requests: Math.min(input.parents, wholePages(kind, list, input) + PROBE * input.sources[kind]),
    items: sizeOfPage(input.args),
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
  (kind: PricedKind, list: SizedList, apartIn: Apart = ANSWERED): PriceOf =>
  (input) => {
    const { parents, args } = input;
    const items = sizeOfPage(args);
    const apart = apartIn(args);
    const asked = apart === null ? parents * (pagesOf(items, kind) + cutOf(args)) : Number.POSITIVE_INFINITY;
    const whole = wholePages(kind, list, input);
    const requests = Math.min(asked, whole + parents * Math.max(1, callsApart(apart ?? 0, whole)));
    return { kind, requests, items, also: watchOf(kind, list, input) };
  };

/** Every row of a list, read once per request whatever is asked of it. */
export const wholeList =
  (kind: PricedKind, list: SizedList, items?: number): PriceOf =>
  (input) => ({
    kind,
    requests: wholePages(kind, list, input),
    items: items ?? sizeOfPage(input.args),
    shared: `whole ${list}`,
    also: watchOf(kind, list, input),
  });
