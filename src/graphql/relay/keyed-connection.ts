import type { KeyedList } from '#lib/keyed-list.ts';
import { DEFAULT_PAGE } from '../page-sizes.ts';
import { type ConnectionModel, checkedSize, cursorError, type PageArgs } from './connection.ts';

/** As `connect`, of a list whose cursors name rows instead of places, so that it needs to be counted only for its `totalCount`. */
export const connectKeyed = async <T>(list: KeyedList<T>, args: PageArgs): Promise<ConnectionModel<T>> => {
  const last = checkedSize('last', args.last);
  const first = checkedSize('first', args.first) ?? (last === null ? DEFAULT_PAGE : null);
  const after = args.after ? decodeKey(list, 'after', args.after) : null;
  const before = args.before ? decodeKey(list, 'before', args.before) : null;
  const fromEnd = first === null;
  const page = await list.page({ after, before, limit: first ?? last ?? DEFAULT_PAGE, fromEnd });
  const rows = last === null ? page.rows : page.rows.slice(-last);
  const edges = rows.map(({ key, node }) => ({ cursor: encodeKey(key), node }));
  const pageInfo = {
    hasNextPage: before !== null || (!fromEnd && page.hasMore),
    hasPreviousPage: after !== null || (fromEnd && page.hasMore) || rows.length < page.rows.length,
    startCursor: edges.at(0)?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, totalCount: () => list.count(), pageInfo: async () => pageInfo };
};

const encodeKey = (key: string): string => Buffer.from(`key:${key}`).toString('base64url');

const decodeKey = <T>({ keys }: KeyedList<T>, name: string, cursor: string): string => {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const key = text.slice('key:'.length);
  if (!text.startsWith('key:') || !keys.test(key)) throw cursorError(name, cursor);
  return key;
};
