import type { RecordRef } from '#lib/record-ref.ts';

/** A scanner process of Scanopy, running on a host of the network it watches. */
export interface DaemonModel extends RecordRef<'Daemon'> {
  readonly networkId: string;
  readonly hostId: string;
  readonly name: string;
  readonly mode: string;
  readonly version: string | null;
  readonly lastSeenAt: string | null;
  readonly unreachable: boolean | null;
  /** Subnets it has an interface in. */
  readonly subnetIds: readonly string[];
}
