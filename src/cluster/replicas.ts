import type { BuildSnapshot } from '#inventory/snapshot/build-snapshot.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { SnapshotCodec } from '#inventory/snapshot/snapshot-codec.ts';
import type { Allowance } from '#sources/transport/budget/allowance.ts';
import type { BudgetOptions } from '#sources/transport/budget/budget-options.ts';
import type { SharedAnswers } from '#sources/transport/cache/shared-answers.ts';
import type { Watch } from '#subscriptions/feed.ts';
import type { WatchMemory } from '#subscriptions/watch-memory.ts';

export interface ReplicasStatus {
  /** `alone`: Redis cannot be reached, and this process uses only its own part of every budget. */
  readonly mode: 'shared' | 'alone';
  /** Replicas that are running, as last seen, including this one. */
  readonly live: number;
}

/** What replicas share through Redis. An `identity` stands for one source and one credential; neither can be derived from it. */
export interface Replicas {
  allowance(identity: string, budget: BudgetOptions): Allowance;
  answers(identity: string): SharedAnswers;
  build<P extends Snapshot>(identity: string, codec: SnapshotCodec<P>, build: BuildSnapshot<P>): BuildSnapshot<P>;
  watch<E>(identity: string, make: (memory: WatchMemory) => Watch<E>): Watch<E>;
  status(): ReplicasStatus;
  close(): Promise<void>;
}
