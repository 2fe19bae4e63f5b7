import type { Repeater } from '@repeaterjs/repeater';
import type { ToldRow } from './judge.ts';

/** A watch was worth telling. */
export interface FiredWatch {
  readonly id: string;
  readonly watch: string;
  readonly operation: string;
  /** RFC 3339. */
  readonly firedAt: string;
  readonly condition: string;
  readonly count: number;
  readonly appeared: readonly ToldRow[];
  readonly vanished: readonly ToldRow[];
  readonly changed: readonly ToldRow[];
}

/** How a watch is. Times are RFC 3339. */
export interface WatchStatus {
  readonly name: string;
  readonly operation: string;
  readonly condition: string;
  readonly lastRunAt: string | null;
  readonly lastFiredAt: string | null;
  readonly lastFailure: string | null;
  readonly pendingDeliveries: number;
}

/** The watches of one viewer: others do not exist. */
export interface ViewerWatches {
  list(): readonly WatchStatus[];
  /** @param names null: all of them */
  fired(names: readonly string[] | null): Repeater<FiredWatch, void>;
}
