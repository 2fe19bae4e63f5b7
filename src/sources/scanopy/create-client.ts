import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { SetReader } from '../list-support.ts';
import type { ListSizes, NetworkClient } from '../network-client.ts';
import type { Transport } from '../transport/transport.ts';
import { nullIfMissing } from '../transport/upstream-errors.ts';
import { discoveryPage, sessionStream } from './discoveries.ts';
import type { PagedSource } from './list-reader.ts';
import { SCANOPY_BATCH_SIZE } from './list-reader.ts';
import { neighborReader } from './neighbors.ts';
import { hostParameters, queriedList, serviceParameters } from './queries.ts';
import { rowsByIds } from './rows-by-ids.ts';
import * as lists from './scanopy-lists.ts';
import { dependencyReader, optionalSet, setReader } from './set-reader.ts';
import { VersionedClient } from './versioned-client.ts';
import { readList, readOne } from './wire-answer.ts';
import { readSession } from './wire-discovery.ts';
import { isRowId } from './wire-values.ts';

export interface InvalidRowsReport {
  readonly source: string;
  readonly endpoint: string;
  readonly dropped: number;
}

export interface ScanopyClientOptions {
  readonly transport: Transport;
  /** Called once for every upstream answer that held rows this client could not understand. */
  readonly onInvalidRows?: (report: InvalidRowsReport) => void;
}

export const createScanopyClient = ({ transport, onInvalidRows }: ScanopyClientOptions): NetworkClient => {
  const { source } = transport;
  const versionedClient = new VersionedClient({
    transport,
    onInvalidRows: (endpoint, dropped) => onInvalidRows?.({ source, endpoint, dropped }),
  });
  const set = <T extends { readonly id: string }>(of: PagedSource<T>) => setReader(versionedClient, of);

  let sizes: ListSizes = {};
  const hostList = queriedList(versionedClient, lists.hostRows, hostParameters, (hosts) => {
    sizes = { ...sizes, hosts };
  });
  const serviceList = queriedList(versionedClient, lists.serviceRows, serviceParameters, (services) => {
    sizes = { ...sizes, services };
  });

  return {
    source,
    hostList,
    hostsByIds: (ids, scope) => rowsByIds(versionedClient, lists.hostRows, 'Host', batch(ids), scope),
    serviceList,
    servicesByIds: (ids, scope) => rowsByIds(versionedClient, lists.serviceRows, 'Service', batch(ids), scope),
    networks: set(lists.networkSet),
    tags: set(lists.tagSet),
    subnets: set(lists.subnetSet),
    serviceDependencies: dependencyReader(versionedClient, [set(lists.dependencySet), set(lists.movedDependencySet)]),
    daemons: set(lists.daemonSet),
    vlans: optionalSet(versionedClient, set(lists.vlanSet)),
    neighbors: neighborReader(versionedClient),
    discoveryPage: (page, scope) => discoveryPage(versionedClient, lists.discoveryRows, page, scope),
    discoveryById: async (id, scope) =>
      isRowId(id) ? nullIfMissing(versionedClient.ask(askForDiscovery(id), scope)) : null,
    activeDiscoveries: sessions(versionedClient),
    sessionStream: (scope) => sessionStream(versionedClient, transport, scope),
    version: async (scope) => (await versionedClient.apiVersion(scope)).version,
    sizes: () => sizes,
    lastVersion: () => versionedClient.last,
    revision: () => transport.revision(),
    status: () => transport.status(),
    close: () => transport.close(),
  };
};

const batch = (ids: readonly string[]): readonly string[] => {
  if (ids.length <= SCANOPY_BATCH_SIZE) return ids;
  throw new RangeError(`Expected at most ${SCANOPY_BATCH_SIZE} ids a call, got ${ids.length}.`);
};

const askForDiscovery = (id: string) => () => ({
  path: `/api/v1/discovery/${encodeURIComponent(id)}`,
  endpoint: '/api/v1/discovery/{id}',
  freshness: lists.ROW_FRESHNESS,
  read: (body: unknown, reading: Parameters<typeof lists.discoveryRows.read>[1]) =>
    lists.discoveryRows.read(readOne(body), reading),
});

const sessions =
  (versionedClient: VersionedClient): SetReader<DiscoverySessionModel> =>
  async (scope, onShortfall) => {
    const { rows, invalid } = await versionedClient.ask(
      () => ({
        path: '/api/v1/discovery/active-sessions',
        freshness: lists.SESSION_FRESHNESS,
        read: (body, reading) => ({ rows: reading.children(readList(body), readSession), invalid: reading.invalid }),
      }),
      scope,
    );
    if (invalid > 0) onShortfall?.({ invalid, missing: 0 });
    return rows;
  };
