import type { HostModel } from '#entities/host/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { Freshness, RememberedRecord } from '../transport/upstream-call.ts';
import type { PagedSource } from './list-reader.ts';
import { SCANOPY_MOST_ROWS, SCANOPY_PAGE_SIZE } from './list-reader.ts';
import type { RowReader } from './wire-answer.ts';
import { readDiscovery } from './wire-discovery.ts';
import { readHost } from './wire-host.ts';
import { readDaemon, readNetwork, readSubnet, readTag, readVlan } from './wire-scope.ts';
import { readService, readServiceDependency } from './wire-service.ts';

const STALE_MS = 10 * 60_000;

/** Hosts and services change whenever a scan reports. */
export const ROW_FRESHNESS: Freshness = { freshMs: 30_000, staleMs: STALE_MS };
/** Networks, tags and their like change when somebody edits them. */
const SET_FRESHNESS: Freshness = { freshMs: 60_000, staleMs: STALE_MS };
/** Progress of a scan is looked at while it moves. */
export const SESSION_FRESHNESS: Freshness = { freshMs: 3_000, staleMs: 60_000 };

const set = <T>(path: PagedSource<T>['path'], read: RowReader<T>): PagedSource<T> => ({
  path,
  read,
  pageSize: SCANOPY_MOST_ROWS,
  freshness: SET_FRESHNESS,
  tieOf: () => '',
});

const rows = <T extends { readonly createdAt: string }>(path: string, read: RowReader<T>): PagedSource<T> => ({
  path: () => path,
  read,
  pageSize: SCANOPY_PAGE_SIZE,
  freshness: ROW_FRESHNESS,
  tieOf: (row) => row.createdAt,
});

/** Every version takes this of hosts and services. */
const regroup = [
  ['group_by', 'created_at'],
  ['order_by', 'name'],
] as const;

const record = (row: HostModel | ServiceModel): RememberedRecord => ({ type: row.type, id: row.id, record: row });

/** A host brings its services along. */
export const hostRows: PagedSource<HostModel> = {
  ...rows('/api/v1/hosts', readHost),
  regroup,
  remember: (host) => [host, ...host.services].map(record),
};
export const serviceRows: PagedSource<ServiceModel> = {
  ...rows('/api/v1/services', readService),
  regroup,
  remember: (service) => [record(service)],
};
export const discoveryRows = rows('/api/v1/discovery', readDiscovery);

export const networkSet = set(({ adapter }) => adapter.networksPath, readNetwork);
export const tagSet = set(() => '/api/v1/tags', readTag);
export const subnetSet = set(() => '/api/v1/subnets', readSubnet);
export const daemonSet = set(() => '/api/v1/daemons', readDaemon);
export const vlanSet = set(() => '/api/v1/vlans', readVlan);

export const dependencySet = set(({ adapter }) => adapter.dependencyPaths[0], readServiceDependency);
/** Where a generation may have moved the list within itself. */
export const movedDependencySet = set(
  ({ adapter }) => adapter.dependencyPaths[1] ?? adapter.dependencyPaths[0],
  readServiceDependency,
);
