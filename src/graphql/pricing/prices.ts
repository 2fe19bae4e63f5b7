import type { SourceSide } from '#lib/source-side.ts';
import { MOST_ASKED_ONE_BY_ONE } from '#sources/list-support.ts';
import { DEFAULT_PAGE } from '../page-sizes.ts';
import type { Price, PriceInput, PriceOf, RequestCost, SizedList } from './price.ts';

const FREE = 0;

/** A few calls by id are made before anybody looks how long the list of a source is: then that look may come on top. */
const PROBE = 1;

const pagesOf = (rows: number | undefined, side: SourceSide, { paging }: PriceInput): number =>
  rows === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(rows / paging[side].pageSize));

/** Pages of a whole list: the last one of each source may be cut. */
export const wholePages = (side: SourceSide, list: SizedList, input: PriceInput): number =>
  pagesOf(input.sizes[list], side, input) + Math.max(0, input.sources[side] - 1);

const sizeOfPage = (args: PriceInput['args']): number => {
  const size = args.first ?? args.last;
  return typeof size === 'number' && size > 0 ? size : DEFAULT_PAGE;
};

/**
 * A page that does not begin with the list may begin and end within upstream pages, the first of those has the length, and the one
 * before it which of its rows were shown already.
 */
const cutOf = ({ after, before, last }: PriceInput['args']): number => (after || before || last ? 3 : 0);

/**
 * How many values are asked for one by one before a list is read whole, where the upstream cannot answer filter and order alone;
 * null where it can.
 */
export type FanOut = (args: PriceInput['args'], input: PriceInput) => number | null;

const ANSWERED: FanOut = () => null;

/** Whether the index answers a list that the upstream does not answer alone. */
export type FromIndex = (args: PriceInput['args'], indexed: PriceInput['indexed']) => boolean;

const NEVER: FromIndex = () => false;

/** Many values are asked apart only while they are fewer than the pages of the list. */
export const fanOutCalls = (values: number, pages: number): number =>
  values <= MOST_ASKED_ONE_BY_ONE || values < pages ? values : 0;

/** A set read whole, once per request and source: accounts, networks, tags, … */
export const wholeSet =
  (side: SourceSide, name: string, items = 10): PriceOf =>
  ({ sources }) => ({ side, requests: sources[side], items, shared: name });

/** What only a scan changes is fresh as long as the newest scans are the same: they are looked at first. */
export const RECENT_SCANS: PriceOf = wholeSet('CLOUD', 'recent scans');

export const watchOf = (side: SourceSide, list: SizedList, input: PriceInput): RequestCost[] =>
  side === 'CLOUD' && list === 'resources' ? requestCostsOf(RECENT_SCANS(input)) : [];

/** One record out of a set that is read whole. */
export const fromWholeSet =
  (side: SourceSide, name: string): PriceOf =>
  ({ sources, parents }) => ({ side, requests: Math.min(parents, sources[side]), shared: name });

/**
 * A page of an upstream list: the pages it covers, and one per further source, to count it or to end in. With a filter the upstream
 * lacks, the whole list, or nothing where the index answers.
 */
export const listPage =
  (side: SourceSide, list: SizedList, fanOutOf: FanOut = ANSWERED, isFromIndex: FromIndex = NEVER): PriceOf =>
  (input) => {
    const { sources, args, indexed } = input;
    const whole = wholePages(side, list, input);
    const items = sizeOfPage(args);
    const also = watchOf(side, list, input);
    const apart = fanOutOf(args, input);
    if (apart !== null) {
      const requests = isFromIndex(args, indexed)
        ? FREE
        : Math.max(whole, sources[side]) + fanOutCalls(apart, whole) * sources[side];
      return { side, requests, items, also };
    }
    const covered = pagesOf(items, side, input) + cutOf(args) + Math.max(0, sources[side] - 1);
    return { side, requests: Math.min(covered, whole), items, also };
  };

/**
 * A page of a list that may have to be cut from its end, where a server has the oldest rows first: the first page of each source, for
 * its total, the pages covered, between which cuts may lie, and the one before them in each source.
 */
export const pageFromEnd =
  (side: SourceSide): PriceOf =>
  (input) => {
    const { sources, args } = input;
    const items = sizeOfPage(args);
    const covered = pagesOf(items, side, input) + cutOf(args) + Math.max(0, sources[side] - 1);
    return { side, requests: 2 * sources[side] + covered + 1, items };
  };

/** Records by ids that callers name: in batches, however many there are of which nobody has heard. */
export const inBatches =
  (side: SourceSide, list: SizedList): PriceOf =>
  ({ parents, sources, paging }) => ({
    side,
    requests: Math.min(parents, Math.ceil(parents / paging[side].batchSize) + Math.max(0, sources[side] - 1)),
    shared: `${list} by id`,
  });

/** Batches that all records of a list fill; ids that dangle may begin another one in each source. */
const everyBatch = (side: SourceSide, list: SizedList, { sizes, sources, paging }: PriceInput): number =>
  Math.ceil((sizes[list] ?? Number.POSITIVE_INFINITY) / paging[side].batchSize) + sources[side];

/** Records by ids, whoever names them: in batches, or, one by one, the whole list's pages where that is known to be shorter. */
export const byAnyId =
  (side: SourceSide, list: SizedList): PriceOf =>
  (input) => {
    const { paging, sources } = input;
    const asked = inBatches(side, list)(input);
    const every =
      paging[side].batchSize > 1
        ? everyBatch(side, list, input)
        : wholePages(side, list, input) + PROBE * sources[side];
    return { ...asked, requests: Math.min(asked.requests, every), also: watchOf(side, list, input) };
  };

/** Records by ids that other records name: nothing where the index holds them. */
export const byId =
  (side: SourceSide, list: SizedList): PriceOf =>
  (input) => {
    const price = byAnyId(side, list)(input);
    return isIndexed(list, input) ? { ...price, requests: FREE } : price;
  };

const isIndexed = (list: SizedList, { indexed }: PriceInput): boolean =>
  (list === 'resources' || list === 'findings') && indexed[list];

/** One call per parent, whatever is asked below. */
export const perParent =
  (side: SourceSide, items?: number): PriceOf =>
  ({ parents, args }) => ({ side, requests: parents, items: items ?? sizeOfPage(args) });

/** A list per parent: one call each, or the whole list grouped in memory where that is known to be shorter; nothing from the index. */
export const listPerParent =
  (side: SourceSide, list: SizedList): PriceOf =>
  (input) => ({
    side,
    requests: isIndexed(list, input)
      ? FREE
      : Math.min(input.parents, wholePages(side, list, input) + PROBE * input.sources[side]),
    items: sizeOfPage(input.args),
    shared: `${list} of parents`,
  });

/** Nothing, where no more is selected than every reference knows; else `price`. */
export const unlessNamed =
  (known: ReadonlySet<string>, price: PriceOf): PriceOf =>
  (input) => {
    const of = price(input);
    if (![...input.selects].every((name) => known.has(name))) return of;
    return { side: of.side, requests: FREE, ...(of.items !== undefined && { items: of.items }) };
  };

/** Several prices of one field, all to be paid; the first one says how many records there are. */
export const together =
  (first: PriceOf, ...others: readonly PriceOf[]): PriceOf =>
  (input) => {
    const price = first(input);
    return { ...price, also: [...(price.also ?? []), ...others.flatMap((other) => requestCostsOf(other(input)))] };
  };

/** All that a price consists of. */
export const requestCostsOf = ({ side, requests, shared, also = [] }: Price): RequestCost[] => [
  { side, requests, ...(shared !== undefined && { shared }) },
  ...also,
];

/** A page of a list within each parent: never more than the whole list, and a beginning for each; see {@link listPage}. */
export const pagePerParent =
  (side: SourceSide, list: SizedList, fanOutOf: FanOut = ANSWERED, isFromIndex: FromIndex = NEVER): PriceOf =>
  (input) => {
    const { parents, args, indexed } = input;
    const items = sizeOfPage(args);
    const also = watchOf(side, list, input);
    const apart = fanOutOf(args, input);
    if (apart !== null && isFromIndex(args, indexed)) return { side, requests: FREE, items, also };
    const asked = apart === null ? parents * (pagesOf(items, side, input) + cutOf(args)) : Number.POSITIVE_INFINITY;
    const whole = wholePages(side, list, input);
    const requests = Math.min(asked, whole + parents * Math.max(1, fanOutCalls(apart ?? 0, whole)));
    return { side, requests, items, also };
  };

/** Every row of a list, read once per request whatever is asked of it. */
export const wholeList =
  (side: SourceSide, list: SizedList, items?: number): PriceOf =>
  (input) => ({
    side,
    requests: wholePages(side, list, input),
    items: items ?? sizeOfPage(input.args),
    shared: `whole ${list}`,
    also: watchOf(side, list, input),
  });
