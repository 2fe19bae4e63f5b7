import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { ListSizes, NetworkClient } from '../network-client.ts';
import type { SetReader } from '../set-reader.ts';
import type { Transport } from '../transport/transport.ts';
import { nullIfMissing } from '../transport/upstream-status-error.ts';
import { discoveryPage } from './discovery-list.ts';
import type { PagedSource } from './list-reader.ts';
import { neighborReader } from './neighbors.ts';
import { SCANOPY_BATCH_SIZE } from './paging.ts';
import { hostParameters, queriedList, serviceParameters } from './queries.ts';
import { isRowId } from './row-id.ts';
import { rowsByIds } from './rows-by-ids.ts';
import * as lists from './scanopy-lists.ts';
import { sessionStream } from './session-stream.ts';
import { dependencyReader, optionalSet, setReader } from './set-reader.ts';
import { Speaker } from './speaker.ts';
import { readSession } from './wire-discovery.ts';
import { readList, readOne } from './wire-envelope.ts';

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
  const speaker = new Speaker({
    transport,
    onInvalidRows: (endpoint, dropped) => onInvalidRows?.({ source, endpoint, dropped }),
  });
  const set = <T extends { readonly id: string }>(of: PagedSource<T>) => setReader(speaker, of);

  let sizes: ListSizes = {};
  const hostList = queriedList(speaker, lists.hostRows, hostParameters, (hosts) => {
    sizes = { ...sizes, hosts };
  });
  const serviceList = queriedList(speaker, lists.serviceRows, serviceParameters, (services) => {
    sizes = { ...sizes, services };
  });

  return {
    source,
    hostList,
    hostsByIds: (ids, scope) => rowsByIds(speaker, lists.hostRows, 'Host', batch(ids), scope),
    serviceList,
    servicesByIds: (ids, scope) => rowsByIds(speaker, lists.serviceRows, 'Service', batch(ids), scope),
    networks: set(lists.networkSet),
    tags: set(lists.tagSet),
    subnets: set(lists.subnetSet),
    serviceDependencies: dependencyReader(speaker, [set(lists.dependencySet), set(lists.movedDependencySet)]),
    daemons: set(lists.daemonSet),
    vlans: optionalSet(speaker, set(lists.vlanSet)),
    neighbors: neighborReader(speaker),
    discoveryPage: (page, scope) => discoveryPage(speaker, lists.discoveryRows, page, scope),
    discoveryById: async (id, scope) => (isRowId(id) ? nullIfMissing(speaker.ask(askForDiscovery(id), scope)) : null),
    activeDiscoveries: sessions(speaker),
    sessionStream: (scope) => sessionStream(speaker, transport, scope),
    version: async (scope) => (await speaker.dialect(scope)).version,
    sizes: () => sizes,
    lastVersion: () => speaker.last,
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
  (speaker: Speaker): SetReader<DiscoverySessionModel> =>
  async (scope, onShortfall) => {
    const { rows, invalid } = await speaker.ask(
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
