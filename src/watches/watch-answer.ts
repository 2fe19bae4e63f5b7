import { SIGHTING_FIELDS } from '#inventory/snapshot/snapshot.ts';
import { shortHash } from './watch.ts';

/** One item of the list that is watched. */
export interface WatchedRow {
  /** Its global id; of what has none, a hash of what it is. */
  readonly id: string;
  readonly title: string | null;
  /** Differs when anything that was selected of it differs. */
  readonly digest: string;
}

/** What of an answer is compared and counted. */
export interface WatchAnswer {
  readonly rows: readonly WatchedRow[];
  /** Of the whole list where the question selects `totalCount`, else of the rows that were given. */
  readonly count: number;
  /** Of everything beside the rows: how many there are elsewhere and, unless a path names them, the rest of the answer. */
  readonly rest: string;
}

type Data = Readonly<Record<string, unknown>>;

/** @param path to the list; null: the first that the answer has. Where there is none, there are no rows. */
export const watchAnswer = (data: Data, path: readonly string[] | null): WatchAnswer => {
  const list = path ? listAt(data, path) : firstList(data);
  const items = list ? itemsOf(list) : [];
  const total = isObject(list) && typeof list.totalCount === 'number' ? list.totalCount : items.length;
  const rest = `${total === items.length ? '' : total} ${path ? '' : shortHash(normalized(data, list))}`;
  return { rows: rowsOf(items), count: total, rest };
};

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): boolean =>
  Array.isArray(value) || (isObject(value) && (Array.isArray(value.nodes) || Array.isArray(value.edges)));

const listAt = (data: Data, path: readonly string[]): unknown => {
  const value = path.reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), data);
  return isList(value) ? value : null;
};

const firstList = (value: unknown): unknown => {
  if (isList(value)) return value;
  if (!isObject(value)) return null;
  for (const member of Object.values(value)) {
    const found = firstList(member);
    if (found !== null) return found;
  }
  return null;
};

const itemsOf = (list: unknown): readonly unknown[] => {
  if (Array.isArray(list)) return list;
  const { nodes, edges } = list as { readonly nodes?: unknown[]; readonly edges?: { readonly node?: unknown }[] };
  return nodes ?? edges?.map((edge) => edge.node ?? edge) ?? [];
};

/** Where two have one id, the later ones are told apart by their number. */
const rowsOf = (items: readonly unknown[]): WatchedRow[] => {
  const seen = new Map<string, number>();
  return items
    .filter((item) => item !== null)
    .map((item) => {
      const text = normalized(item);
      const digest = shortHash(text);
      const id = textIn(item, ['id']) ?? digest;
      const before = seen.get(id) ?? 0;
      seen.set(id, before + 1);
      return { id: before === 0 ? id : `${id} ${before + 1}`, title: textIn(item, TITLES), digest };
    });
};

const TITLES = ['displayName', 'title', 'name', 'term'];

/** The first of these members that it has itself, else the first that a member of it has: many rows are about one record each. */
const textIn = (item: unknown, names: readonly string[]): string | null => {
  if (!isObject(item)) return typeof item === 'string' ? item : null;
  const own = names.map((name) => item[name]).find((value) => typeof value === 'string');
  if (own !== undefined) return own as string;
  const inner = Object.values(item).find((member) => isObject(member) && names.some((name) => name in member));
  return inner === undefined ? null : textIn(inner, names);
};

/** Where a page ends, where in it something stands, and when it was read or seen, say nothing of the records. */
const isLeftOut = (name: string, member: unknown): boolean =>
  SIGHTING_FIELDS.has(name) ||
  ['pageInfo', 'lastScan'].includes(name) ||
  (typeof member === 'string' && ['cursor', 'asOf', 'readAt'].includes(name));

/** The same text for answers that say the same: the order of lists is none of what they say. */
const normalized = (value: unknown, without?: unknown): string => {
  if (value === without && without !== undefined) return '';
  if (Array.isArray(value)) return `[${value.map((item) => normalized(item, without)).toSorted()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([name, member]) => !isLeftOut(name, member));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${normalized(member, without)}`)}}`;
};
