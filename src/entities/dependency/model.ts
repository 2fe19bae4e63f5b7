import type { HostModel } from '#entities/host/model.ts';
import type { ResourceModel, ResourceSummary } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';

/** Canonical relations between assets. */
export const DEPENDENCY_KINDS = [
  'USES',
  'PROTECTED_BY',
  'ATTACHED_TO',
  'CONTAINED_IN',
  'ENCRYPTED_BY',
  'RUNS_AS',
  'ROUTES_TO',
  'OWNS',
  'PART_OF',
  'MONITORS',
  'LOGS_OF',
  'RUNS_ON',
  'CALLS',
  'MEMBER_OF_HUB',
  'VIRTUALIZED_BY',
  'CONTAINERIZED_BY',
  'LINKED_TO',
  'OBSERVED_AS',
  'DEPENDS_ON',
  'OTHER',
] as const;
export type DependencyKind = (typeof DEPENDENCY_KINDS)[number];

export const CONFIDENCES = ['CERTAIN', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** A vertex of the dependency graph. */
export type AssetRecord = ResourceModel | HostModel | ServiceModel;
export type AssetType = AssetRecord['type'];
export const ASSET_TYPES: ReadonlySet<string> = new Set<AssetType>(['Resource', 'Host', 'Service']);

/** Names one asset row of one source. */
export type AssetRef = RecordRef<AssetType>;

/** What the upstream said about the other end: its kind (`vpc`, `ec2`, `Service`, …) and identifier there. */
export interface DependencyTargetModel {
  readonly kind: string;
  readonly identifier: string;
}

/**
 * One relation as the upstream reports it, seen from one of its ends.
 * `asset` is null when the other end is in no inventory (a VPC, an IP target, an instance profile).
 */
export interface DependencyEdgeModel {
  /** Stable within the source; equal for the same relation seen from either end. */
  readonly id: string;
  readonly asset: AssetRef | null;
  readonly target: DependencyTargetModel;
  readonly kind: DependencyKind;
  /** The upstream's own word, null where it gives none. */
  readonly relationship: string | null;
  readonly confidence: Confidence;
}

/** One relation of a resource with the row at its other end, as far as the answer contains it. */
export interface ResourceEdge {
  /** The upstream's edge id (equal from both ends); in the documented edition, made from the pair. */
  readonly id: string;
  readonly target: DependencyTargetModel;
  /** What the answer says of the row at the other end, or the row itself; null when it is in no inventory. */
  readonly resource: ResourceSummary | ResourceModel | null;
  readonly kind: DependencyKind;
  readonly relationship: string | null;
  readonly confidence: Confidence;
}

/** The same with the way to the record at its other end, which is fetched only when somebody wants to know it. */
export interface AssetEdge extends Omit<DependencyEdgeModel, 'asset'> {
  /** What the edge itself contains about its other end, where that is beyond doubt; null where the record must be loaded to be sure. */
  readonly known: ResourceSummary | null;
  /** Null when the other end is in no inventory, or gone. */
  readonly load: () => Promise<AssetRecord | null>;
}
