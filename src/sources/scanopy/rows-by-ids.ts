import { readWholeList } from '#lib/lists/whole-list.ts';
import type { Scope } from '../transport/scope.ts';
import { type PagedSource, recordsIn, upstreamList } from './list-reader.ts';
import type { Ask, VersionedClient } from './versioned-client.ts';
import { readPage } from './wire-answer.ts';
import { isRowId } from './wire-values.ts';

/**
 * Rows by their ids: those that earlier answers brought along, then the others in one call, in no promised order. The limit is
 * sent because the default one applies to ids, too; ids are repeated keys, because the server takes no lists. Should it not
 * know the key, its rows are not those asked for, and the answer comes from the whole list.
 */
export const rowsByIds = async <T extends { readonly id: string }>(
  versionedClient: VersionedClient,
  source: PagedSource<T>,
  type: 'Host' | 'Service',
  ids: readonly string[],
  scope: Scope,
): Promise<readonly T[]> => {
  const wanted = [...new Set(ids.filter(isRowId))];
  if (wanted.length === 0) return [];
  const known = await versionedClient.records<T>(type).find(wanted, scope);
  const missing = new Set(wanted.filter((id) => !known.has(id)));
  return [...known.values(), ...(await asked(versionedClient, source, missing, scope))];
};

const asked = async <T extends { readonly id: string }>(
  versionedClient: VersionedClient,
  source: PagedSource<T>,
  ids: ReadonlySet<string>,
  scope: Scope,
): Promise<readonly T[]> => {
  if (ids.size === 0) return [];
  const rows = await versionedClient.ask(askByIds(source, [...ids]), scope);
  if (rows.every((row) => ids.has(row.id))) return rows;
  const whole = await readWholeList(upstreamList({ versionedClient, source, scope }));
  return whole.rows.filter((row) => ids.has(row.id));
};

const askByIds =
  <T>(source: PagedSource<T>, ids: readonly string[]): Ask<readonly T[]> =>
  (apiVersion) => ({
    path: source.path(apiVersion),
    query: [...ids.map((id) => ['ids', id] as const), ['limit', String(ids.length)]],
    freshness: source.freshness,
    read: (body, reading) => reading.children(readPage(body).rows, source.read),
    remember: (rows) => recordsIn(source, rows),
  });
