import { emptyCloudSnapshot, emptyNetworkSnapshot } from '#inventory/snapshot/empty-snapshot.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { CloudClient } from '../cloud-client.ts';
import type { NetworkClient } from '../network-client.ts';
import type { IndexOf, Source, SourceOf } from '../source-set.ts';
import { pastCloudClient, pastCloudSupport } from './past-cloud-client.ts';
import { failedList } from './past-list.ts';
import { pastNetworkClient, pastNetworkSupport } from './past-network-client.ts';

/** A source as one of its readings has it: nothing in it sends a request. */
export const pastSource = (now: Source, snapshot: Snapshot): Source => {
  if (now.side === 'CLOUD' && snapshot.side === 'CLOUD')
    return pastCloud(now, snapshot, pastCloudClient(snapshot, now));
  if (now.side === 'NETWORK' && snapshot.side === 'NETWORK')
    return pastNetwork(now, snapshot, pastNetworkClient(snapshot, now));
  throw new Error(`Expected a reading of the ${now.side} source "${now.name}", got one of the side ${snapshot.side}.`);
};

/** A source of which nothing is known of the moment: everything that is asked of it fails with `error`. */
export const unreadSource = (now: Source, error: Error): Source => {
  const fail = async () => {
    throw error;
  };
  const list = <T extends { readonly id: string }>() => failedList<T>(error, now.kind.limits.pageSize);
  if (now.side === 'CLOUD') {
    const client = pastCloudClient(emptyCloudSnapshot(now.name, NEVER), now);
    const lists = { resourceList: list, findingList: list };
    return pastCloud(now, null, { ...client, ...all(CLOUD_READS, fail), ...lists, peekRecentScans: () => undefined });
  }
  const client = pastNetworkClient(emptyNetworkSnapshot(now.name, NEVER), now);
  return pastNetwork(now, null, { ...client, ...all(NETWORK_READS, fail), hostList: list, serviceList: list });
};

const pastCloud = (now: SourceOf<'CLOUD'>, snapshot: CloudSnapshot | null, client: CloudClient): Source => {
  const { smallPages: _, ...limits } = now.kind.limits;
  const kind = { ...now.kind, limits, supports: pastCloudSupport(now.kind.supports) };
  return { ...now, kind, client, index: snapshot && indexWith(snapshot, now) };
};

const pastNetwork = (now: SourceOf<'NETWORK'>, snapshot: NetworkSnapshot | null, client: NetworkClient): Source => {
  const { smallPages: _, ...limits } = now.kind.limits;
  const kind = { ...now.kind, limits, supports: pastNetworkSupport(now.kind.supports) };
  return { ...now, kind, client, index: snapshot && indexWith(snapshot, now) };
};

/** Its snapshot never changes. How the index is doing is said of now, as is everything about the server. */
const indexWith = <P extends Snapshot>(snapshot: P, { name, index: now }: Source): IndexOf<P> => ({
  snapshot: () => snapshot,
  handOver: () => null,
  start: async () => {},
  refresh: () => {},
  stop: async () => {},
  status: () => {
    if (now) return now.status();
    throw new Error(`Expected the source "${name}" to have an index, since it has a past.`);
  },
});

const all = <Name extends string, F>(names: readonly Name[], fail: F) =>
  Object.fromEntries(names.map((name) => [name, fail])) as Record<Name, F>;

const CLOUD_READS = [
  'resourcePage',
  'resourceById',
  'resourceByIdentifier',
  'resourceRegions',
  'resourceServices',
  'dependencies',
  'dependents',
  'findingPage',
  'findingById',
  'activeScans',
  'recentScans',
  'scanById',
  'accounts',
] as const satisfies (keyof CloudClient)[];

const NETWORK_READS = [
  'hostsByIds',
  'servicesByIds',
  'networks',
  'tags',
  'subnets',
  'serviceDependencies',
  'daemons',
  'vlans',
  'neighbors',
  'discoveryPage',
  'discoveryById',
] as const satisfies (keyof NetworkClient)[];

const NEVER = new Date(0).toISOString();
