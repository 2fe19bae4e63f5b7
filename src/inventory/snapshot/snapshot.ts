import type { ChangeModel } from '#entities/change/model.ts';
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
import type { ServiceDependencyModel } from '#entities/service-dependency/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import type { VlanModel } from '#entities/vlan/model.ts';

/**
 * Everything one source held when it was read. Immutable: a refresh makes a new snapshot, so that whoever computes over one sees
 * one state. `readAt` is RFC 3339.
 */
export interface CloudSnapshot {
  readonly side: 'CLOUD';
  readonly source: string;
  readonly readAt: string;
  readonly accounts: readonly CloudAccountModel[];
  /** RFC 3339 by account: when its resources were last read from the source, whatever was made of them since. */
  readonly accountReadAt: ReadonlyMap<string, string>;
  readonly scans: readonly ScanModel[];
  readonly resources: ReadonlyMap<string, ResourceModel>;
  readonly findings: ReadonlyMap<string, FindingModel>;
  readonly findingsReadAt: string;
  /** Edges by the id of the resource they start from. A resource without an entry was not asked for its edges. */
  readonly edges: ReadonlyMap<string, readonly ResourceEdge[]>;
  /** Every resource that can have edges was asked for them; of `unreadEdges`, the source gave no answer that could be used. */
  readonly edgesComplete: boolean;
  /** Ids of resources whose own edges are unknown. They are asked again later. */
  readonly unreadEdges: readonly string[];
  /** Rows that the source counts and did not show, however it was asked: what is not in here may exist. */
  readonly missing: { readonly resources: number; readonly findings: number };
  /** Newest first. */
  readonly changes: readonly ChangeModel[];
}

export interface NetworkSnapshot {
  readonly side: 'NETWORK';
  readonly source: string;
  readonly readAt: string;
  readonly networks: readonly NetworkModel[];
  readonly subnets: readonly SubnetModel[];
  readonly tags: readonly NetworkTagModel[];
  readonly daemons: readonly DaemonModel[];
  readonly serviceDependencies: readonly ServiceDependencyModel[];
  readonly vlans: readonly VlanModel[];
  /** The newest configurations and runs: what was scanned lately. */
  readonly discoveries: readonly DiscoveryModel[];
  readonly hosts: ReadonlyMap<string, HostModel>;
  /** As in {@link CloudSnapshot}. */
  readonly missing: { readonly hosts: number; readonly others: number };
  /** Newest first. */
  readonly changes: readonly ChangeModel[];
}

export type Snapshot = CloudSnapshot | NetworkSnapshot;

/** Times and counts of sight, as fields of records: they move with every scan, and mean nothing by themselves. */
export const SIGHTING_FIELDS: ReadonlySet<string> = new Set([
  ...['updatedAt', 'lastSeenAt', 'lastScanAt', 'lastRunAt'],
  ...['lastDetectedAt', 'lastScanId', 'detectionCount'],
]);

export const recordsIn = (snapshot: Snapshot): number =>
  snapshot.side === 'CLOUD' ? snapshot.resources.size + snapshot.findings.size : snapshot.hosts.size;

/** Rows that a snapshot is short of. */
export const missingRows = (snapshot: Snapshot): number =>
  snapshot.side === 'CLOUD'
    ? snapshot.missing.resources + snapshot.missing.findings
    : snapshot.missing.hosts + snapshot.missing.others;
