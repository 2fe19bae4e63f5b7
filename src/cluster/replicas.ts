import type { BuildPicture } from '#inventory/snapshot/build-picture.ts';
import type { Picture } from '#inventory/snapshot/picture.ts';
import type { PictureCodec } from '#inventory/snapshot/picture-codec.ts';
import type { Allowance } from '#sources/transport/budget/allowance.ts';
import type { BudgetOptions } from '#sources/transport/budget/budget-options.ts';
import type { SharedAnswers } from '#sources/transport/cache/shared-answers.ts';
import type { Watch } from '#subscriptions/feed.ts';
import type { WatchMemory } from '#subscriptions/watch-memory.ts';

export interface ReplicasStatus {
  /** `alone`: Redis is away, and this process spends its part of every budget. */
  readonly mode: 'shared' | 'alone';
  /** Gateways running, as last seen, this one included. */
  readonly live: number;
}

/** What gateways over the same sources share. `identity` stands for one source and credential, and names neither. */
export interface Replicas {
  allowance(identity: string, budget: BudgetOptions): Allowance;
  answers(identity: string): SharedAnswers;
  build<P extends Picture>(identity: string, codec: PictureCodec<P>, build: BuildPicture<P>): BuildPicture<P>;
  watch<E>(identity: string, make: (memory: WatchMemory) => Watch<E>): Watch<E>;
  status(): ReplicasStatus;
  close(): Promise<void>;
}
