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

/**
 * The snapshot that a reading was of: the inverse of `rowsOfSnapshot`, but for changes, which the history finds by itself. Null for a
 * reading that was kept by a release that did not keep all of it.
 */
export const snapshotOfRows = async ({ reading, rows, edgeOwners }: PastState): Promise<Snapshot | null> => {
  const about = JSON.parse(reading.about) as Partial<About>;
  if (!isWhole(about)) return null;
  return about.side === 'CLOUD'
    ? cloudOf(reading.source, about, rows, edgeOwners)
    : networkOf(reading.source, about, rows);
};

const isWhole = (about: Partial<About>): about is About => about.side !== undefined;

type Take = (row: PastRow) => void;
/** What becomes of a row of each type. Rows come by type: those that others name come before these. */
type Takers = Partial<Readonly<Record<HistoryType, Take>>>;

/** In short turns: a large reading takes seconds. */
const takeEach = async (rows: PastState['rows'], takers: Takers): Promise<void> => {
  const turn = inShortTurns();
  for await (const some of rows) {
    for (const row of some) takers[row.type]?.(row);
    await turn();
  }
};

const cloudOf = async (
  source: string,
  { accountReadAt, ...about }: AboutCloud,
  rows: PastState['rows'],
  owners: readonly string[],
): Promise<CloudSnapshot> => {
  const [accounts, scans] = [listOf<CloudAccountModel>(source), listOf<ScanModel>(source)];
  const [resources, findings] = [mapOf<ResourceModel>(source), mapOf<FindingModel>(source)];
  const edges = new Map<string, ResourceEdge[]>(owners.map((id) => [id, []]));
  await takeEach(rows, {
    ...{ CloudAccount: accounts.take, Scan: scans.take, Resource: resources.take, Finding: findings.take },
    Edge: (row) =>
      row.owner !== null && getOrMake(edges, row.owner, () => []).push(edgeOf(row, row.owner, resources.records)),
  });
  return {
    ...{ ...about, source, accountReadAt: new Map(accountReadAt), accounts: accounts.records, scans: scans.records },
    ...{ resources: resources.records, findings: findings.records, edges, changes: [] },
  };
};

const networkOf = async (source: string, about: AboutNetwork, rows: PastState['rows']): Promise<NetworkSnapshot> => {
  const [networks, subnets] = [listOf<NetworkModel>(source), listOf<SubnetModel>(source)];
  const [tags, vlans] = [listOf<NetworkTagModel>(source), listOf<VlanModel>(source)];
  const [daemons, discoveries] = [listOf<DaemonModel>(source), listOf<DiscoveryModel>(source)];
  const dependencies = listOf<ServiceDependencyModel>(source);
  const [hosts, services] = [mapOf<HostModel>(source), mapOf<ServiceModel>(source)];
  await takeEach(rows, {
    ...{ Network: networks.take, Subnet: subnets.take, NetworkTag: tags.take, Vlan: vlans.take },
    ...{ Daemon: daemons.take, Discovery: discoveries.take, ServiceDependency: dependencies.take },
    ...{ Host: hosts.take, Service: services.take },
  });
  await putServices(hosts.records, services.records);
  return {
    ...{ ...about, source, networks: networks.records, subnets: subnets.records, tags: tags.records },
    ...{ vlans: vlans.records, daemons: daemons.records, discoveries: discoveries.records },
    ...{ serviceDependencies: dependencies.records, hosts: hosts.records, changes: [] },
  };
};

interface Kept {
  readonly type: HistoryType;
  readonly id: string;
}

/** A record is its reference and its value. */
const recordOf = <M extends Kept>(source: string, { type, id, value }: PastRow): M =>
  ({ type, source, id, ...value }) as unknown as M;

const listOf = <M extends Kept>(source: string) => {
  const records: M[] = [];
  return { records, take: (row: PastRow) => void records.push(recordOf<M>(source, row)) };
};

const mapOf = <M extends Kept>(source: string) => {
  const records = new Map<string, M>();
  return { records, take: (row: PastRow) => void records.set(row.id, recordOf<M>(source, row)) };
};

/** A host's row names its services; each has a row of its own. */
const putServices = async (
  hosts: Map<string, HostModel>,
  services: ReadonlyMap<string, ServiceModel>,
): Promise<void> => {
  const turn = inShortTurns();
  for (const host of hosts.values()) {
    hosts.set(host.id, { ...host, services: host.services.flatMap(({ id }) => services.get(id) ?? []) });
    await turn();
  }
};

type KeptEdge = Omit<ResourceEdge, 'id' | 'resource'> & { readonly resourceId: string | null };

/** A row that its relations name, and that the source did not list, is known by its identifier only. */
const edgeOf = ({ id, value }: PastRow, owner: string, resources: ReadonlyMap<string, ResourceModel>): ResourceEdge => {
  const { resourceId, ...edge } = value as unknown as KeptEdge;
  return { ...edge, id: id.slice(owner.length + 1), resource: resources.get(resourceId ?? '') ?? null };
};
