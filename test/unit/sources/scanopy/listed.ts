import { hostPages } from '#entities/host/loaders/lists.ts';
import type { HostModel } from '#entities/host/model.ts';
import { servicePages } from '#entities/service/loaders/lists.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { filteredList } from '#loading/filtered-list.ts';
import type { ListReader } from '#loading/list-reader.ts';
import type { NetworkClient } from '#sources/network-client.ts';
import type { HostQuery, ServiceQuery } from '#sources/network-queries.ts';
import { scanopy } from '#sources/scanopy/index.ts';
import { SourceSet } from '#sources/source-set.ts';
import type { Scope } from '#sources/transport/scope.ts';

/** One request of a viewer who has this one source. */
const contextOf = (client: NetworkClient, scope: Scope): RequestContext => {
  const source = { side: 'NETWORK', kind: scanopy, name: client.source, identity: '', client, index: null } as const;
  return { sources: new SourceSet([source]), scope, problems: [] } as unknown as RequestContext;
};

const page = async <Q extends object, T extends { readonly id: string }>(
  source: string,
  reader: ListReader<Q, T>,
  query: Q,
  index: number,
): Promise<ListPage<T>> => {
  const { pageSize } = scanopy.limits;
  let invalid = 0;
  const onShortfall = (short: { readonly invalid: number }) => {
    invalid += short.invalid;
  };
  const list = filteredList({ source, reader, query, onShortfall });
  return { rows: await list.slice(index * pageSize, pageSize), total: await list.count(), invalid };
};

export const hostPage = (
  client: NetworkClient,
  query: HostQuery,
  index: number,
  scope: Scope,
): Promise<ListPage<HostModel>> => page(client.source, hostPages(contextOf(client, scope)), query, index);

export const servicePage = (
  client: NetworkClient,
  query: ServiceQuery,
  index: number,
  scope: Scope,
): Promise<ListPage<ServiceModel>> => page(client.source, servicePages(contextOf(client, scope)), query, index);
