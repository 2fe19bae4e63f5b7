import type { FindingModel } from '#entities/finding/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { type Window, windowsByPage } from '#lib/lists/list-calls.ts';
import { mendedPage } from '#lib/lists/mended-page.ts';
import type { FurtherWay, Shortage, UpstreamList } from '#lib/lists/whole-list.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { CloudClient } from '../cloud-client.ts';
import { type FindingQuery, findingRules, type ResourceQuery, resourceRules } from '../cloud-queries.ts';
import { pastCache, type Scope } from '../transport/scope.ts';
import { SCANORBIT_PAGE_SIZE } from './queries.ts';

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

/** The most calls for one list; what is missing after them is reported as missing. */
const MOST_CALLS = 60;

interface NarrowerLists<Q, T> {
  readonly query: Q;
  readonly listOf: (query: Q) => UpstreamList<T>;
  readonly belongs: (query: Q) => (row: T) => boolean;
  /** Queries that together leave most of the same rows; none when this one is narrow enough. */
  readonly partsOf: (query: Q) => Promise<readonly Q[]>;
}

/**
 * Reads a list by narrower ones, and those by still narrower ones, as long as they are short: one of a page or less is whole by
 * nature. The first page of a narrower list shows when it holds no more than is known.
 */
const narrowerLists = <Q, T extends { readonly id: string }>({
  query,
  listOf,
  belongs,
  partsOf,
}: NarrowerLists<Q, T>): FurtherWay<T> => {
  let calls = 0;
  const counted = (part: Q): UpstreamList<T> => {
    const list = listOf(part);
    return {
      ...list,
      read: (window) => {
        calls++;
        return list.read(window, true);
      },
    };
  };
  const within = async function* (whole: Q, short: Shortage<T>): AsyncGenerator<readonly (T | null)[]> {
    for (const part of await partsOf(whole)) {
      const list = counted(part);
      const known = () => [...short.known.values()].filter(belongs(part)).length;
      let total = 1;
      for (let index = 0; index * list.pageSize < total && calls < MOST_CALLS; index++) {
        const page = await mendedPage(list, index);
        yield page.rows;
        if (page.rows.some((row) => row && !belongs(part)(row))) return;
        total = page.total;
        if (known() >= total) break;
      }
      if (known() < total && calls < MOST_CALLS) yield* within(part, short);
    }
  };
  return (short) => within(query, short);
};
