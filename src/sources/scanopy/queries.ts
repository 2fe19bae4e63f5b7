import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { HostQuery, ServiceQuery } from '../network-queries.ts';
import type { Scope } from '../transport/scope.ts';
import type { ApiVersion } from './api-version.ts';
import { type PagedSource, type Parameters, upstreamList } from './list-reader.ts';
import type { VersionedClient } from './versioned-client.ts';
import { isRowId } from './wire-values.ts';

const ORDER_FIELDS = { CREATED_AT: 'created_at', UPDATED_AT: 'updated_at' } as const;

const orderField = ({ orderBy }: HostQuery): string | null =>
  orderBy?.field === 'CREATED_AT' || orderBy?.field === 'UPDATED_AT' ? ORDER_FIELDS[orderBy.field] : null;

/** What a version takes of a query; older ones would ignore the rest in silence. */
export const hostParameters =
  (query: HostQuery) =>
  ({ adapter, lateParameters }: ApiVersion): Parameters => {
    const field = orderField(query);
    return [
      ...given(adapter.networkFilter, query.networkId),
      ...given('tag_ids', query.tagId),
      ...(lateParameters ? given('hidden', query.hidden?.toString()) : []),
      ...(lateParameters ? given('search', query.search) : []),
      ...given('order_by', field),
      ...given('order_direction', field && (query.orderBy?.direction === 'DESC' ? 'desc' : 'asc')),
    ];
  };

export const serviceParameters =
  (query: ServiceQuery) =>
  ({ adapter, lateParameters }: ApiVersion): Parameters => [
    ...given(adapter.networkFilter, query.networkId),
    ...given('host_id', query.hostId),
    ...given('tag_ids', query.tagId),
    ...(lateParameters ? (query.definitions ?? []) : []).flatMap((of) => given('service_definitions', of)),
  ];

const given = (name: string, value: string | null | undefined): Parameters => (value ? [[name, value]] : []);

type Query = Pick<HostQuery & ServiceQuery, 'networkId' | 'tagId' | 'hostId' | 'orderBy'>;

/**
 * A list as it is asked for. No row has an id that is none, and the server would refuse the call.
 * @param onSize called with the length of the whole list
 */
export const queriedList =
  <T extends { readonly id: string; readonly updatedAt: string }, Q extends Query>(
    versionedClient: VersionedClient,
    source: PagedSource<T>,
    parameters: (query: Q) => (apiVersion: ApiVersion) => Parameters,
    onSize: (size: number) => void,
  ) =>
  (query: Q, scope: Scope): UpstreamList<T> => {
    const tieOf = query.orderBy?.field === 'UPDATED_AT' ? (row: T) => row.updatedAt : source.tieOf;
    const list = upstreamList({ versionedClient, source: { ...source, tieOf }, parameters: parameters(query), scope });
    const ids = [query.networkId, query.tagId, query.hostId].filter((id) => id !== undefined);
    if (!ids.every(isRowId)) return { ...list, read: async () => ({ rows: [], total: 0 }), ways: [] };
    if (!isWhole(query)) return list;
    return {
      ...list,
      read: async (window, again) => {
        const page = await list.read(window, again);
        onSize(page.total);
        return page;
      },
    };
  };

/** An order changes no number of rows. */
const isWhole = (query: object): boolean =>
  Object.entries(query).every(([name, value]) => name === 'orderBy' || value === undefined);
