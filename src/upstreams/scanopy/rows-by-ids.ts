import type { Scope } from '../transport/scope.ts';
import { type PagedSource, wholeList } from './list-reader.ts';
import { isRowId } from './row-id.ts';
import type { Ask, Speaker } from './speaker.ts';
import { readPage } from './wire-envelope.ts';

/**
 * Rows by their ids, in the server's order. The limit is sent because the default one applies to ids, too; ids are repeated
 * keys, because the server takes no lists. Should it not know the key, its rows are not those asked for, and the answer comes
 * from the whole list.
 */
export const rowsByIds = async <T extends { readonly id: string }>(
  speaker: Speaker,
  source: PagedSource<T>,
  ids: readonly string[],
  scope: Scope,
): Promise<readonly T[]> => {
  const wanted = new Set(ids.filter(isRowId));
  if (wanted.size === 0) return [];
  const rows = await speaker.ask(askByIds(source, [...wanted]), scope);
  if (rows.every((row) => wanted.has(row.id))) return rows;
  const whole = await wholeList(speaker, source, () => [], scope);
  return whole.rows.filter((row) => wanted.has(row.id));
};

const askByIds =
  <T>(source: PagedSource<T>, ids: readonly string[]): Ask<readonly T[]> =>
  (dialect) => ({
    path: source.path(dialect),
    query: [...ids.map((id) => ['ids', id] as const), ['limit', String(ids.length)]],
    freshness: source.freshness,
    read: (body, reading) => reading.children(readPage(body).rows, source.read),
  });
