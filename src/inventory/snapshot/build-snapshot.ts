import type { Clock } from '#sources/transport/clock.ts';
import type { Progress } from './progress.ts';
import type { Snapshot } from './snapshot.ts';

export interface BuildInput<P extends Snapshot> {
  /** The last complete snapshot, to be brought up to date. */
  readonly former: P | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Publishes what is there when all records are read but edges are still coming. */
  readonly show: (snapshot: P) => void;
}

/** Reads one source into a snapshot, with leftover budget only; `former` itself where it still holds. Throws what the client throws; the index tries again later. */
export type BuildSnapshot<P extends Snapshot> = (input: BuildInput<P>) => Promise<P>;
