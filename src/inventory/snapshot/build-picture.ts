import type { Clock } from '#sources/transport/clock.ts';
import type { Picture } from './picture.ts';
import type { Progress } from './progress.ts';

export interface BuildInput<P extends Picture> {
  /** The last complete picture, to be brought up to date. */
  readonly former: P | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Publishes what is there when all records are read but edges are still coming. */
  readonly show: (picture: P) => void;
}

/** Reads one source into a picture, with leftover budget only; `former` itself where it still holds. Throws what the client throws; the index tries again later. */
export type BuildPicture<P extends Picture> = (input: BuildInput<P>) => Promise<P>;
