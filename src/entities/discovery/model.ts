import type { RecordRef } from '#lib/record-ref.ts';

/** A discovery as configured, or one past run of it. */
export interface DiscoveryModel extends RecordRef<'Discovery'> {
  readonly networkId: string;
  readonly daemonId: string;
  readonly name: string;
  readonly discoveryType: string;
  readonly runType: string;
  readonly cronSchedule: string | null;
  readonly enabled: boolean | null;
  readonly lastRunAt: string | null;
  readonly createdAt: string;
  /** What a past run reported; null for configurations. */
  readonly session: DiscoverySessionModel | null;
  /** Subnets covered; null means every subnet its daemon has an interface in. */
  readonly subnetIds: readonly string[] | null;
}

export interface DiscoverySessionModel {
  readonly source: string;
  readonly id: string;
  readonly networkId: string;
  readonly daemonId: string;
  readonly discoveryId: string | null;
  readonly phase: string;
  /** Percent, 0–100. */
  readonly progress: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly error: string | null;
  readonly hostsDiscovered: number | null;
  readonly estimatedRemainingSeconds: number | null;
}
