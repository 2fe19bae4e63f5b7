import { type ListShape, missingPages, PROBE_ABOVE, priceOfKeys } from './price.ts';

export interface WantedKey {
  readonly key: string;
  /** Names a narrower list that holds the record, if it exists: the account of a resource, the network of a host. */
  readonly hint?: string | undefined;
}

/** The ways to records, and what is known of each. Every call costs one request. */
export interface Ways {
  /** Keys that the cache or the index answers. */
  readonly known: ReadonlySet<string>;
  /** Keys that one call by key takes; 1 where the upstream knows no batches. */
  readonly batchSize: number;
  readonly wholeList?: ListShape | undefined;
  /** Narrower lists by hint. */
  readonly filteredLists?: ReadonlyMap<string, ListShape> | undefined;
}

export type PlannedCall =
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  /** A page of the list a hint narrows to, or, with hint null, of the whole list. */
  | { readonly kind: 'page'; readonly hint: string | null; readonly page: number };

export interface Plan {
  /** Keys that cost nothing. */
  readonly known: readonly string[];
  /** Keys that lists already read show not to exist. */
  readonly missing: readonly string[];
  /** Keys that the planned pages are to answer; one that is not there needs another plan, which asks for it by key or finds it missing. */
  readonly listed: readonly string[];
  /** All may be made at once. */
  readonly calls: readonly PlannedCall[];
  /** The one call learns the size of a list; plan again when it is answered. Happens once at most. */
  readonly isProbe: boolean;
}

/** Keys that share a hint, and the list it narrows to. */
interface Group {
  readonly hint: string;
  readonly keys: readonly string[];
  readonly pages: readonly number[];
}

interface Choice {
  readonly price: number;
  readonly byKey: readonly string[];
  readonly listed: readonly string[];
  readonly pages: readonly PlannedCall[];
}

/**
 * The cheapest calls that answer every wanted key once: by key (in batches where there are any), by the missing pages of
 * narrower lists, or by the missing pages of the whole list, mixed where that is cheaper. It never costs more than the cheapest
 * of these alone.
 *
 * A list of unknown size cannot be priced. When the best known way takes more than {@link PROBE_ABOVE} calls, only page 0 is planned at
 * first, since it shows the size: of the narrower list when one hint covers all that is wanted, else of the whole list. Nothing is probed
 * once that size is known, so both plans together take at most one call more than the cheapest way.
 */
export const planRecords = (wanted: readonly WantedKey[], ways: Ways): Plan => {
  const hints = new Map(wanted.map(({ key, hint }) => [key, hint] as const));
  const known = [...hints.keys()].filter((key) => ways.known.has(key));
  const unknown = [...hints.keys()].filter((key) => !ways.known.has(key));
  const missing = unknown.filter((key) => isProvenMissing(hints.get(key), ways));
  const left = new Map(
    unknown.filter((key) => !isProvenMissing(hints.get(key), ways)).map((key) => [key, hints.get(key)]),
  );

  const best = [...mixedChoices(left, ways), ...wholeListChoice(left, ways)].reduce(cheaper);
  const probe = best.price > PROBE_ABOVE ? listToProbe(left, ways) : undefined;
  if (probe !== undefined) {
    return { known, missing, listed: [...left.keys()], calls: [{ kind: 'page', hint: probe, page: 0 }], isProbe: true };
  }
  const calls = [...best.pages, ...batches(best.byKey, ways.batchSize)];
  return { known, missing, listed: best.listed, calls, isProbe: false };
};

const isProvenMissing = (hint: string | undefined, { wholeList, filteredLists }: Ways): boolean =>
  wasRead(wholeList) || (hint !== undefined && wasRead(filteredLists?.get(hint)));

const wasRead = (list: ListShape | undefined): boolean =>
  list?.isExhaustive === true && missingPages(list)?.length === 0 && list.cachedPages.has(0);

/**
 * The best groups by list, the rest by key, for every number of groups. Groups that yield most keys a page come first; with
 * single calls by key that makes the best mix one of these.
 */
const mixedChoices = (left: ReadonlyMap<string, string | undefined>, ways: Ways): Choice[] => {
  const groups = groupsOf(left, ways).sort((a, b) => yieldOf(b) - yieldOf(a));
  return Array.from({ length: groups.length + 1 }, (_, count) => {
    const byList = groups.slice(0, count);
    const listed = byList.flatMap(({ keys }) => keys);
    const taken = new Set(listed);
    const byKey = [...left.keys()].filter((key) => !taken.has(key));
    const pages = byList.flatMap(({ hint, pages: of }) => pageCalls(hint, of));
    return { price: pages.length + priceOfKeys(byKey.length, ways.batchSize), byKey, listed, pages };
  });
};

const yieldOf = ({ keys, pages }: Group): number => keys.length / pages.length;

const groupsOf = (left: ReadonlyMap<string, string | undefined>, { filteredLists }: Ways): Group[] => {
  const byHint = Map.groupBy(left.keys(), (key) => left.get(key));
  return [...(filteredLists ?? [])].flatMap(([hint, list]) => {
    const keys = byHint.get(hint);
    const pages = missingPages(list);
    // Every page was read and the key was not there. The list hides rows, so only a call by key can find it.
    return keys && pages && pages.length > 0 ? [{ hint, keys, pages }] : [];
  });
};

const wholeListChoice = (left: ReadonlyMap<string, string | undefined>, { wholeList }: Ways): Choice[] => {
  const pages = wholeList && missingPages(wholeList);
  if (!pages || pages.length === 0) return [];
  return [{ price: pages.length, byKey: [], listed: [...left.keys()], pages: pageCalls(null, pages) }];
};

const cheaper = (best: Choice, other: Choice): Choice => (other.price < best.price ? other : best);

/** @returns the hint of the list, null for the whole list, undefined when there is nothing to learn. */
const listToProbe = (left: ReadonlyMap<string, string | undefined>, ways: Ways): string | null | undefined => {
  const hints = new Set(left.values());
  const [only] = hints;
  const narrow = hints.size === 1 && only !== undefined ? ways.filteredLists?.get(only) : undefined;
  if (narrow && only !== undefined) return narrow.total === null ? only : undefined;
  return ways.wholeList && ways.wholeList.total === null ? null : undefined;
};

const pageCalls = (hint: string | null, pages: readonly number[]): PlannedCall[] =>
  pages.map((page) => ({ kind: 'page', hint, page }));

const batches = (keys: readonly string[], size: number): PlannedCall[] =>
  Array.from({ length: priceOfKeys(keys.length, size) }, (_, index) => ({
    kind: 'keys',
    keys: keys.slice(index * size, (index + 1) * size),
  }));
