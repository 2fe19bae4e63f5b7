import type { DaemonModel } from '#entities/daemon/model.ts';
import type { DiscoveryModel, DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { HostModel, NetworkInterfaceModel } from '#entities/host/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { VlanModel } from '#entities/vlan/model.ts';
import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { ListSupport, SetReader } from './list-support.ts';
import type { HostQuery, ServiceQuery } from './network-queries.ts';
import type { Scope } from './transport/scope.ts';
import type { TransportStatus } from './transport/transport.ts';

export interface NetworkSupport {
  readonly hosts: ListSupport<NetworkClient, HostQuery>;
  readonly services: ListSupport<NetworkClient, ServiceQuery>;
}

export interface ListSizes {
  readonly hosts?: number;
  readonly services?: number;
}

export interface ScanopyVersion {
  readonly serverVersion: string;
  readonly generation: 'G1' | 'G2' | 'G3';
  /** False for a version newer than any this client was written for. */
  readonly known: boolean;
}

/** The port or machine on the other end of the link, by the id of the interface on this end. */
export type Neighbors = ReadonlyMap<string, NonNullable<NetworkInterfaceModel['neighbor']>>;

/** Every read of one Scanopy server, as our models, whichever API version answers. Pages count from 0. */
export interface NetworkClient {
  readonly source: string;
  /** The list that every matching row is in, to be shown in pages or read whole. What else is in it depends on `NetworkSupport`. */
  hostList(query: HostQuery, scope: Scope): UpstreamList<HostModel>;
  /** At most the kind's `batchSize` ids; unknown ones are absent, order is the server's. */
  hostsByIds(ids: readonly string[], scope: Scope): Promise<readonly HostModel[]>;
  /** See `hostList`. */
  serviceList(query: ServiceQuery, scope: Scope): UpstreamList<ServiceModel>;
  servicesByIds(ids: readonly string[], scope: Scope): Promise<readonly ServiceModel[]>;
  readonly networks: SetReader<NetworkModel>;
  readonly tags: SetReader<NetworkTagModel>;
  readonly subnets: SetReader<SubnetModel>;
  readonly serviceDependencies: SetReader<ServiceDependencyModel>;
  readonly daemons: SetReader<DaemonModel>;
  /** Empty on servers that have none. */
  readonly vlans: SetReader<VlanModel>;
  /**
   * What the interfaces of one network are cabled to, where the server does not say so on their rows; else empty, at no cost.
   * Empty, too, where it lacks the answer altogether.
   */
  neighbors(networkId: string, scope: Scope): Promise<Neighbors>;
  /** Configurations and past runs, newest first. */
  discoveryPage(page: number, scope: Scope): Promise<ListPage<DiscoveryModel>>;
  discoveryById(id: string, scope: Scope): Promise<DiscoveryModel | null>;
  /** Sessions under way; a set of a few seconds' freshness. */
  readonly activeDiscoveries: SetReader<DiscoverySessionModel>;
  /**
   * Sessions as they move, pushed by the server from now on: it replays nothing, and a slow reader misses some. Costs one request
   * to connect; ends when the server hangs up or the scope's signal aborts.
   */
  sessionStream(scope: Scope): Promise<AsyncIterable<DiscoverySessionModel>>;
  /** As last seen on any answer; asks when none was seen yet. */
  version(scope: Scope): Promise<ScanopyVersion>;
  /** Rows of whole lists as last seen, however long ago; absent while never seen. Asks nothing. */
  sizes(): ListSizes;
  /** As last seen, without asking. */
  lastVersion(): ScanopyVersion | null;
  /** As {@link Transport.revision}; null of a client that asks anew each time: what it says may change at any moment. */
  revision(): number | null;
  status(): TransportStatus;
  close(): Promise<void>;
}
