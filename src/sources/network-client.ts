import type { DaemonModel } from '#entities/daemon/model.ts';
import type { DiscoveryModel, DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { HostModel, NetworkInterfaceModel } from '#entities/host/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { VlanModel } from '#entities/vlan/model.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { UpstreamList } from '#loading/lists/whole-list.ts';
import type { SetReader } from './set-reader.ts';
import type { Scope } from './transport/scope.ts';
import type { TransportStatus } from './transport/transport.ts';

/** Filters are combined with AND. Every version answers every query alike; what it costs differs. */
export interface HostQuery {
  readonly networkId?: string;
  readonly tagId?: string;
  /** With an address in this subnet. */
  readonly subnetId?: string;
  readonly hidden?: boolean;
  /** Part of a name, host name, system name, description, address or service name; case is ignored. */
  readonly search?: string;
  /** One whole IPv4 or IPv6 address of the host. */
  readonly address?: string;
  /** A MAC of the host, as `canonicalMac` spells it. */
  readonly macAddress?: string;
  readonly orderBy?: {
    readonly field: 'NAME' | 'HOSTNAME' | 'CREATED_AT' | 'UPDATED_AT';
    readonly direction: 'ASC' | 'DESC';
  };
}

export interface ServiceQuery {
  readonly networkId?: string;
  readonly hostId?: string;
  readonly tagId?: string;
  /** Any of these, exactly. */
  readonly definitions?: readonly string[];
  /** Part of the name or the definition; case is ignored. */
  readonly search?: string;
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

/** Every read of one Scanopy server, in our words, whichever wire generation answers. Pages count from 0. */
export interface NetworkClient {
  readonly source: string;
  hostPage(query: HostQuery, page: number, scope: Scope): Promise<ListPage<HostModel>>;
  /** All hosts, to be read whole. */
  everyHost(scope: Scope): UpstreamList<HostModel>;
  /** At most the kind's `batchSize` ids; unknown ones are absent, order is the server's. */
  hostsByIds(ids: readonly string[], scope: Scope): Promise<readonly HostModel[]>;
  servicePage(query: ServiceQuery, page: number, scope: Scope): Promise<ListPage<ServiceModel>>;
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
  status(): TransportStatus;
  close(): Promise<void>;
}
