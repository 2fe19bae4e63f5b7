import type { AssetRecord, ResourceEdge } from '#entities/dependency/model.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import { missingRows, SIGHTING_FIELDS } from '#inventory/snapshot/snapshot.ts';
import { inChunks } from '#lib/in-chunks.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import type { HistoryRow, HistoryRows, HistoryType, HistoryValue, Reading, ReadingPart } from './history-store.ts';

/** Rows handed over at once, so that making their texts takes a millisecond or two. */
const ROWS = 100;

/** Lists that are read whole, as parts of a reading beside accounts and networks. No account or network has such a name. */
const FINDINGS = '*findings';
const RELATIONS = '*relations';
const DEPENDENCIES = '*dependencies';
/** Accounts, networks and what else is listed in a few pages. */
const LISTS = '*lists';

/** Those lists by the name of their part. */
export const READING_LISTS: ReadonlyMap<string, 'FINDINGS' | 'RELATIONS' | 'DEPENDENCIES' | 'LISTS'> = new Map([
  [FINDINGS, 'FINDINGS'],
  [RELATIONS, 'RELATIONS'],
  [DEPENDENCIES, 'DEPENDENCIES'],
  [LISTS, 'LISTS'],
]);

/** The reading that a snapshot is the result of. */
export const readingOf = (snapshot: Snapshot, identity: string, endedAt: number): Reading => {
  // What callers learned meanwhile may have been put into it, which makes it one of a later moment.
  const times = [snapshot.readAt, snapshot.changes[0]?.noticedAt ?? snapshot.readAt];
  if (snapshot.side === 'CLOUD') times.push(snapshot.findingsReadAt);
  return {
    source: { name: snapshot.source, identity },
    id: times.join(' '),
    at: Math.max(...times.map((time) => Date.parse(time))),
    endedAt,
    isComplete: missingRows(snapshot) === 0 && (snapshot.side === 'NETWORK' || hasAllEdges(snapshot)),
    parts: snapshot.side === 'CLOUD' ? cloudParts(snapshot) : networkParts(snapshot),
    about: JSON.stringify(aboutOf(snapshot)),
  };
};

/** What a snapshot says of itself besides its rows, as JSON has it. */
export type About = AboutCloud | AboutNetwork;

export type AboutNetwork = Pick<NetworkSnapshot, 'side' | 'readAt' | 'missing'>;

export interface AboutCloud
  extends Pick<CloudSnapshot, 'side' | 'readAt' | 'missing' | 'findingsReadAt' | 'edgesComplete' | 'unreadEdges'> {
  readonly accountReadAt: readonly (readonly [string, string])[];
}

const aboutOf = (snapshot: Snapshot): About => {
  if (snapshot.side === 'NETWORK') {
    const { side, readAt, missing } = snapshot;
    return { side, readAt, missing };
  }
  const { side, readAt, missing, findingsReadAt, edgesComplete, unreadEdges, accountReadAt } = snapshot;
  return { side, readAt, missing, findingsReadAt, edgesComplete, unreadEdges, accountReadAt: [...accountReadAt] };
};

/** Everything in a snapshot that has a past. */
export const rowsOfSnapshot = (snapshot: Snapshot): Iterable<HistoryRows> =>
  snapshot.side === 'CLOUD' ? cloudRows(snapshot) : networkRows(snapshot);

const hasAllEdges = ({ edgesComplete, unreadEdges }: CloudSnapshot) => edgesComplete && unreadEdges.length === 0;

const cloudParts = (snapshot: CloudSnapshot): ReadingPart[] => {
  const { accounts, accountReadAt, readAt, findingsReadAt, missing } = snapshot;
  return [
    ...accounts.map(({ id }) => partOf(id, accountReadAt.get(id) ?? readAt, missing.resources === 0)),
    partOf(FINDINGS, findingsReadAt, missing.findings === 0),
    partOf(RELATIONS, readAt, hasAllEdges(snapshot)),
    partOf(LISTS, readAt, true),
  ];
};

/** Which network a missing row is of, the server does not say. */
const networkParts = ({ networks, readAt, missing }: NetworkSnapshot): ReadingPart[] => [
  ...networks.map(({ id }) => partOf(id, readAt, missing.hosts === 0)),
  partOf(DEPENDENCIES, readAt, missing.others === 0),
  partOf(LISTS, readAt, missing.others === 0),
];

const partOf = (name: string, readAt: string, isWhole: boolean): ReadingPart => ({
  name,
  readAt: Date.parse(readAt),
  isWhole,
});

function* cloudRows({ accounts, scans, resources, findings, edges }: CloudSnapshot): Iterable<HistoryRows> {
  yield* listed('CloudAccount', accounts);
  yield* listed('Scan', scans);
  for (const rows of inChunks(resources.values(), ROWS))
    yield { type: 'Resource', rows: rows.map((row) => rowOf(row, row.accountId, null)) };
  for (const rows of inChunks(findings.values(), ROWS))
    yield { type: 'Finding', rows: rows.map((row) => rowOf(row, FINDINGS, row.resourceId)) };
  for (const of of inChunks(edges, ROWS)) {
    const rows = of.flatMap(([owner, from]) => from.map((edge) => edgeRow(owner, edge)));
    yield { type: 'Edge', rows, owners: of.map(([owner]) => owner) };
  }
}

function* networkRows(snapshot: NetworkSnapshot): Iterable<HistoryRows> {
  const { hosts, serviceDependencies } = snapshot;
  yield* listed('Network', snapshot.networks);
  yield* listed('Subnet', snapshot.subnets);
  yield* listed('NetworkTag', snapshot.tags);
  yield* listed('Vlan', snapshot.vlans);
  yield* listed('Daemon', snapshot.daemons);
  yield* listed('Discovery', snapshot.discoveries);
  for (const rows of inChunks(hosts.values(), ROWS)) {
    yield {
      type: 'Host',
      rows: rows.map((host) => rowOf(namingServices(host), host.networkId, null)),
    };
    const services = rows.flatMap((host) => host.services);
    yield { type: 'Service', rows: services.map((row) => rowOf(row, row.networkId, row.hostId)) };
  }
  for (const rows of inChunks(serviceDependencies, ROWS))
    yield { type: 'ServiceDependency', rows: rows.map((row) => rowOf(row, DEPENDENCIES, null)) };
}

/** A service is a record of its own; its host says which it has, and of which product. */
const namingServices = (host: HostModel) => ({
  ...host,
  services: host.services.map(({ id, definition }) => ({ id, definition })),
});

/** What of an asset is compared, and kept as a version of it. */
export const valueOfAsset = (asset: AssetRecord): HistoryValue => {
  const { value } = rowOf(asset.type === 'Host' ? namingServices(asset) : asset, '', null);
  return JSON.parse(value) as HistoryValue;
};

function* listed<R extends RecordRef<HistoryType>>(type: R['type'], records: readonly R[]): Iterable<HistoryRows> {
  for (const rows of inChunks(records, ROWS)) yield { type, rows: rows.map((row) => rowOf(row, LISTS, null)) };
}

/** The reference stands beside the value. */
const REFERENCE: ReadonlySet<string> = new Set(['type', 'source', 'id']);
const rowOf = <R extends RecordRef<HistoryType>>(record: R, part: string, owner: string | null): HistoryRow => {
  const value: Record<string, unknown> = {};
  const sighting: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(record)) {
    if (REFERENCE.has(name)) continue;
    if (SIGHTING_FIELDS.has(name)) sighting[name] = field;
    else value[name] = field;
  }
  const moves = Object.keys(sighting).length > 0;
  return {
    ...{ id: record.id, part, owner, value: JSON.stringify(value) },
    sighting: moves ? JSON.stringify(sighting) : null,
  };
};

const edgeRow = (
  owner: string,
  { id, target, resource, kind, relationship, confidence }: ResourceEdge,
): HistoryRow => ({
  // Equal from both ends, so the end belongs to the id.
  id: `${owner} ${id}`,
  part: RELATIONS,
  owner,
  value: JSON.stringify({ target, resourceId: resource?.id ?? null, kind, relationship, confidence }),
  sighting: null,
});
