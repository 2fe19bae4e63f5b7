import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { DaemonModel } from '#entities/daemon/model.ts';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { DiscoveryModel } from '#entities/discovery/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { NetworkTagModel } from '#entities/network-tag/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { VlanModel } from '#entities/vlan/model.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { inShortTurns } from '#lib/turns.ts';
import type { HistoryType, PastRow, PastState } from './history-store.ts';
import type { About, AboutCloud, AboutNetwork } from './rows-of-snapshot.ts';

/** Records by type and id, in the order in which they were read. */
type Records = ReadonlyMap<HistoryType, ReadonlyMap<string, PastRow>>;

/**
 * The snapshot that a reading was of: the inverse of `rowsOfSnapshot`, but for changes, which the history tells by itself. Null for a
 * reading that was kept by a release that did not keep all of it.
 */
export const snapshotOfRows = async (state: PastState): Promise<Snapshot | null> => {
  const { source } = state.reading;
  const about = JSON.parse(state.reading.about) as Partial<About>;
  if (!isWhole(about)) return null;
  const records = await collected(state.rows);
  return about.side === 'CLOUD' ? cloudOf(source, about, records, state.edgeOwners) : networkOf(source, about, records);
};

const isWhole = (about: Partial<About>): about is About => about.side !== undefined;

const collected = async (rows: PastState['rows']): Promise<Records> => {
  const records = new Map<HistoryType, Map<string, PastRow>>();
  const turn = inShortTurns();
  for await (const some of rows) {
    for (const row of some) getOrMake(records, row.type, () => new Map()).set(row.id, row);
    await turn();
  }
  return records;
};

const cloudOf = (
  source: string,
  { accountReadAt, ...about }: AboutCloud,
  records: Records,
  owners: readonly string[],
): CloudSnapshot => {
  const resources = byId<ResourceModel>(source, 'Resource', records);
  return {
    ...about,
    source,
    accountReadAt: new Map(accountReadAt),
    accounts: listOf<CloudAccountModel>(source, 'CloudAccount', records),
    scans: listOf<ScanModel>(source, 'Scan', records),
    resources,
    findings: byId<FindingModel>(source, 'Finding', records),
    edges: edgesOf(records, owners, resources),
    changes: [],
  };
};

const networkOf = (source: string, about: AboutNetwork, records: Records): NetworkSnapshot => ({
  ...about,
  source,
  networks: listOf<NetworkModel>(source, 'Network', records),
  subnets: listOf<SubnetModel>(source, 'Subnet', records),
  tags: listOf<NetworkTagModel>(source, 'NetworkTag', records),
  daemons: listOf<DaemonModel>(source, 'Daemon', records),
  serviceDependencies: listOf<ServiceDependencyModel>(source, 'ServiceDependency', records),
  vlans: listOf<VlanModel>(source, 'Vlan', records),
  discoveries: listOf<DiscoveryModel>(source, 'Discovery', records),
  hosts: hostsOf(source, records),
  changes: [],
});

interface Kept {
  readonly type: HistoryType;
  readonly id: string;
}

/** A record is its reference and its value. */
const recordOf = <M extends Kept>(source: string, { type, id, value }: PastRow): M =>
  ({ type, source, id, ...value }) as unknown as M;

const listOf = <M extends Kept>(source: string, type: M['type'], records: Records): readonly M[] =>
  [...(records.get(type)?.values() ?? [])].map((row) => recordOf<M>(source, row));

const byId = <M extends Kept>(source: string, type: M['type'], records: Records): ReadonlyMap<string, M> =>
  new Map(listOf<M>(source, type, records).map((record) => [record.id, record]));

/** A host's row names its services; each has a row of its own. */
const hostsOf = (source: string, records: Records): NetworkSnapshot['hosts'] => {
  const services = byId<ServiceModel>(source, 'Service', records);
  const hosts = listOf<HostModel>(source, 'Host', records).map((host) => ({
    ...host,
    services: host.services.flatMap(({ id }) => services.get(id) ?? []),
  }));
  return new Map(hosts.map((host) => [host.id, host]));
};

type KeptEdge = Omit<ResourceEdge, 'id' | 'resource'> & { readonly resourceId: string | null };

/** A row that its relations name, and that the source did not list, is known by its identifier only. */
const edgesOf = (
  records: Records,
  owners: readonly string[],
  resources: CloudSnapshot['resources'],
): CloudSnapshot['edges'] => {
  const edges = new Map<string, ResourceEdge[]>(owners.map((id) => [id, []]));
  for (const { id, owner, value } of records.get('Edge')?.values() ?? []) {
    if (owner === null) continue;
    const { resourceId, ...edge } = value as unknown as KeptEdge;
    const resource = resources.get(resourceId ?? '') ?? null;
    getOrMake(edges, owner, () => []).push({ ...edge, id: id.slice(owner.length + 1), resource });
  }
  return edges;
};
