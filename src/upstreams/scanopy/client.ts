import type { DaemonModel } from '#entities/daemon/model.ts';
import type { DiscoveryModel, DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { VlanModel } from '#entities/vlan/model.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { Scope } from '../transport/scope.ts';
import type { TransportStatus } from '../transport/transport.ts';

/** Rows of one upstream page. Host rows are heavy: they embed their children. */
export const SCANOPY_PAGE_SIZE = 200;
/** Ids of one `ids=` batch: proxies cut longer request lines. */
export const SCANOPY_BATCH_SIZE = 100;

export interface HostQuery {
  readonly networkId?: string;
  readonly tagId?: string;
  readonly orderBy?: { readonly field: 'NAME' | 'HOSTNAME' | 'CREATED_AT' | 'UPDATED_AT'; readonly direction: 'ASC' | 'DESC' };
}

export interface ServiceQuery {
  readonly networkId?: string;
  readonly hostId?: string;
  readonly tagId?: string;
}

export interface ScanopyVersion {
  readonly serverVersion: string;
  readonly generation: 'G1' | 'G2' | 'G3';
  /** False for a version newer than any this client was written for. */
  readonly known: boolean;
}

/** Every read of one Scanopy server, in our words, whichever wire generation answers. Pages count from 0. */
export interface ScanopyClient {
  readonly source: string;
  hostPage(query: HostQuery, page: number, scope: Scope): Promise<ListPage<HostModel>>;
  /** At most {@link SCANOPY_BATCH_SIZE} ids; unknown ones are absent, order is the server's. */
  hostsByIds(ids: readonly string[], scope: Scope): Promise<readonly HostModel[]>;
  servicePage(query: ServiceQuery, page: number, scope: Scope): Promise<ListPage<ServiceModel>>;
  servicesByIds(ids: readonly string[], scope: Scope): Promise<readonly ServiceModel[]>;
  networks(scope: Scope): Promise<readonly NetworkModel[]>;
  tags(scope: Scope): Promise<readonly NetworkTagModel[]>;
  subnets(scope: Scope): Promise<readonly SubnetModel[]>;
  serviceDependencies(scope: Scope): Promise<readonly ServiceDependencyModel[]>;
  daemons(scope: Scope): Promise<readonly DaemonModel[]>;
  /** Empty on servers that have none. */
  vlans(scope: Scope): Promise<readonly VlanModel[]>;
  discoveryPage(page: number, scope: Scope): Promise<ListPage<DiscoveryModel>>;
  discoveryById(id: string, scope: Scope): Promise<DiscoveryModel | null>;
  activeDiscoveries(scope: Scope): Promise<readonly DiscoverySessionModel[]>;
  /** As last seen on any answer; asks when none was seen yet. */
  version(scope: Scope): Promise<ScanopyVersion>;
  /** As last seen, without asking. */
  lastVersion(): ScanopyVersion | null;
  status(): TransportStatus;
  close(): Promise<void>;
}
