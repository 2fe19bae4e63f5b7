import type { NamedCertificate } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import { ASSET_TYPES, type AssetRecord, type AssetRef } from '#entities/dependency/model.ts';
import type { NetworkModel } from '#entities/network/model.ts';
import type { SubnetModel } from '#entities/subnet/model.ts';
import { parseGlobalId, type RecordRef } from '#lib/record-ref.ts';
import { certificatesIn, servicesIn } from './snapshot/derived.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from './snapshot/snapshot.ts';

/** A record that can be found by its names. */
export type NamedRecord = AssetRecord | SubnetModel | NetworkModel | NamedCertificate | CloudAccountModel;

/** One snapshot of everything a viewer may read. Immutable. What follows from it is in {@link Derived}. */
export class Inventory {
  readonly cloud: readonly CloudSnapshot[];
  readonly network: readonly NetworkSnapshot[];
  /** Names of sources that are not (wholly) read yet: what they hold is unknown, not absent. */
  readonly gaps: readonly string[];

  constructor(snapshots: readonly Snapshot[], gaps: readonly string[]) {
    this.cloud = snapshots.filter((snapshot) => snapshot.side === 'CLOUD');
    this.network = snapshots.filter((snapshot) => snapshot.side === 'NETWORK');
    this.gaps = gaps;
  }

  /** A source that is not read, if nothing of its side is: then "none" would be a guess. Null if something of both sides is read. */
  get unreadSide(): string | null {
    const isUnread = this.cloud.length === 0 || this.network.length === 0;
    return (isUnread && this.gaps[0]) || null;
  }

  /** Every edge is read: else a missing one would read as "none". */
  get isWhole(): boolean {
    return this.gaps.length === 0 && this.cloud.every(({ edgesComplete }) => edgesComplete);
  }

  asset(ref: AssetRef): AssetRecord | null {
    return this.record(ref) as AssetRecord | null;
  }

  /** Any record of {@link NamedRecord}. */
  record({ type, source, id }: RecordRef): NamedRecord | null {
    const cloud = this.cloud.find((snapshot) => snapshot.source === source);
    const network = this.network.find((snapshot) => snapshot.source === source);
    switch (type) {
      case 'Resource':
        return cloud?.resources.get(id) ?? null;
      case 'Host':
        return network?.hosts.get(id) ?? null;
      case 'Service':
        return (network && servicesIn(network.hosts).get(id)) ?? null;
      case 'CloudAccount':
        return cloud?.accounts.find((account) => account.id === id) ?? null;
      case 'Certificate':
        return (cloud && certificatesIn(cloud.findings).get(id)) ?? null;
      case 'Network':
        return network?.networks.find((one) => one.id === id) ?? null;
      case 'Subnet':
        return network?.subnets.find((subnet) => subnet.id === id) ?? null;
      default:
        return null;
    }
  }

  /** Whether the arrows of a vertex are in here: not those of assets that were not read. */
  holds(vertex: string): boolean {
    const id = parseGlobalId(vertex);
    return !id || !ASSET_TYPES.has(id.type) || this.record(id) !== null;
  }
}
