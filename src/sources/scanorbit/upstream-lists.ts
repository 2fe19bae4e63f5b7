import type { FindingModel } from '#entities/finding/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { Window } from '#lib/lists/list-calls.ts';
import type { UpstreamList } from '#lib/lists/whole-list.ts';
import { windowsByPage } from '#lib/lists/windows.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { CloudClient } from '../cloud-client.ts';
import { type FindingQuery, findingRules } from '../queries/finding-query.ts';
import { type ResourceQuery, resourceRules } from '../queries/resource-query.ts';
import { pastCache } from '../transport/past-cache.ts';
import type { Scope } from '../transport/scope.ts';
import { narrowerLists } from './narrower-lists.ts';
import { SCANORBIT_PAGE_SIZE } from './paging.ts';

export type ReadWindow<Q, T> = (query: Q, window: Window, scope: Scope) => Promise<ListPage<T>>;

interface ListParts<Q, T> {
  readonly read: ReadWindow<Q, T>;
  readonly tieOf: (row: T) => string;
  readonly belongs: (query: Q) => (row: T) => boolean;
  readonly partsOf: (query: Q, scope: Scope) => Promise<readonly Q[]>;
}

const upstreamList =
  <Q, T extends { readonly id: string }>({ read, tieOf, belongs, partsOf }: ListParts<Q, T>) =>
  (query: Q, scope: Scope): UpstreamList<T> => {
    const listOf = (of: Q): UpstreamList<T> => ({
      pageSize: SCANORBIT_PAGE_SIZE,
      read: (window, again) => read(of, window, again ? pastCache(scope) : scope),
      windows: windowsByPage(SCANORBIT_PAGE_SIZE),
      tieOf,
      ways: [],
    });
    const narrower = narrowerLists({ query, listOf, belongs, partsOf: (of) => partsOf(of, scope) });
    return { ...listOf(query), ways: [narrower] };
  };

type Sets = Pick<CloudClient, 'accounts' | 'resourceServices' | 'resourceRegions'>;

/** Sorted by `lastSeenAt`, the newest first. */
export const resourceLists = (read: ReadWindow<ResourceQuery, ResourceModel>, sets: Sets) =>
  upstreamList<ResourceQuery, ResourceModel>({
    read,
    tieOf: (row) => row.lastSeenAt,
    belongs: resourceRules.matches,
    partsOf: async (query, scope) => {
      if (!query.accountId) return (await sets.accounts(scope)).map(({ id }) => ({ ...query, accountId: id }));
      if (!query.service)
        return (await sets.resourceServices(scope)).map((service) => ({ ...query, service: [service] }));
      if (!query.region) return (await sets.resourceRegions(scope)).map((region) => ({ ...query, region: [region] }));
      return [];
    },
  });

const ASKABLE_STATUSES = ['OPEN', 'RESOLVED', 'SNOOZED', 'IGNORED'] as const;
const ASKABLE_SEVERITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;

/** Sorted by `createdAt`, the newest first. */
export const findingLists = (read: ReadWindow<FindingQuery, FindingModel>, sets: Pick<Sets, 'accounts'>) =>
  upstreamList<FindingQuery, FindingModel>({
    read,
    tieOf: (row) => row.createdAt,
    belongs: findingRules.matches,
    partsOf: async (query, scope) => {
      if (!query.accountId) return (await sets.accounts(scope)).map(({ id }) => ({ ...query, accountId: id }));
      if (!query.status) return ASKABLE_STATUSES.map((status) => ({ ...query, status: [status] }));
      if (!query.severity) return ASKABLE_SEVERITIES.map((severity) => ({ ...query, severity: [severity] }));
      return [];
    },
  });
