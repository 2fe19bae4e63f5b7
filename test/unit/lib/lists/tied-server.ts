import type { Window } from '#lib/lists/list-calls.ts';
import { windowsByOffset, windowsByPage } from '#lib/lists/list-calls.ts';
import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { ListPage } from '#lib/sliced-list.ts';

export interface Row {
  readonly id: string;
  readonly at: string;
}

/** FNV-1a with a last mix: neighbours must not keep their order. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
};

/** Groups of the given sizes, one instant each. */
export const rowsInGroups = (sizes: readonly number[]): Row[] =>
  sizes.flatMap((size, group) =>
    Array.from({ length: size }, (_, i) => ({ id: `row-${group}-${i}`, at: String(group).padStart(4, '0') })),
  );

export interface TiedServer {
  readonly calls: UpstreamList<Row>;
  readonly asked: (Window & { readonly again: boolean })[];
  /** Called before every answer; may change the rows. */
  onCall: (call: number) => void;
  rows: readonly Row[];
}

export interface TiedServerOptions {
  readonly pageSize: number;
  /** Page numbers only, as many rows as `pageSize` at most; else any offset. */
  readonly byPage?: boolean;
  readonly most?: number;
  readonly isUnreadable?: (row: Row) => boolean;
}

/** A list sorted by `at` alone: equal rows come in an order that depends on offset and limit. */
export const tiedServer = (rows: readonly Row[], options: TiedServerOptions): TiedServer => {
  const { pageSize, byPage = false, most = pageSize * 5, isUnreadable = () => false } = options;
  const server: TiedServer = { rows, asked: [], onCall: () => {}, calls: undefined as never };
  const read = async (window: Window, again: boolean): Promise<ListPage<Row>> => {
    const { offset, limit } = window;
    if (byPage && (offset % limit !== 0 || limit > pageSize)) throw new Error(`Cannot ask for ${limit} at ${offset}`);
    if (!byPage && limit > most) throw new Error(`Cannot ask for ${limit} rows`);
    server.asked.push({ ...window, again });
    server.onCall(server.asked.length);
    const ranked = server.rows.map((row) => ({ row, rank: hashOf(`${row.id} ${offset} ${limit}`) }));
    ranked.sort((a, b) => (a.row.at === b.row.at ? a.rank - b.rank : a.row.at < b.row.at ? -1 : 1));
    const sorted = ranked.map(({ row }) => row);
    const shown = sorted.slice(offset, offset + limit).map((row) => (isUnreadable(row) ? null : row));
    return { rows: shown, total: sorted.length, invalid: shown.filter((row) => row === null).length };
  };
  const windows = byPage ? windowsByPage(pageSize) : windowsByOffset(most);
  return Object.assign(server, { calls: { pageSize, read, windows, tieOf: ({ at }: Row) => at, ways: [] } });
};
