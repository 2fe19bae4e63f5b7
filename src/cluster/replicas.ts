import type { BuildSnapshot } from '#inventory/snapshot/build-snapshot.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { SnapshotEncoding } from '#inventory/snapshot/snapshot-file.ts';
import { gatewayVersion } from '#lib/gateway-version.ts';
import type { Allowance, BudgetOptions } from '#sources/transport/budget/allowance.ts';
import type { SharedAnswers } from '#sources/transport/cache/shared-answers.ts';
import type { Watch } from '#subscriptions/feed.ts';
import type { WatchMemory } from '#subscriptions/watch-memory.ts';
import { Membership } from './membership.ts';
import { openRedisLink, type RedisLink } from './redis-link.ts';
import { SharedAllowance } from './shared-allowance.ts';
import { sharedAnswerStore } from './shared-answer-store.ts';
import { sharedBuild } from './shared-build.ts';
import { sharedWatch } from './shared-watch.ts';

interface ReplicasStatus {
  /** `alone`: Redis cannot be reached, and this process uses only its own part of every budget. */
  readonly mode: 'shared' | 'alone';
  /** Replicas that are running, as last seen, including this one. */
  readonly live: number;
}

/** What replicas share through Redis. An `identity` stands for one source, and with most for one credential; neither can be derived from it. */
export interface Replicas {
  allowance(identity: string, budget: BudgetOptions): Allowance;
  answers(identity: string): SharedAnswers;
  build<P extends Snapshot>(identity: string, encoding: SnapshotEncoding<P>, build: BuildSnapshot<P>): BuildSnapshot<P>;
  watch<E>(identity: string, make: (memory: WatchMemory) => Watch<E>): Watch<E>;
  status(): ReplicasStatus;
  close(): Promise<void>;
}

export interface ReplicasOptions {
  /** May hold a password; never logged. */
  readonly url: string;
  readonly keyPrefix: string;
  readonly replicas: number | undefined;
  /** Called with the mode at the start and whenever it changes. */
  readonly onMode: (mode: ReplicasStatus['mode']) => void;
}

/** How long a start waits for Redis before it goes on without. */
const CONNECT_MS = 1_500;

/** Connects to Redis and the other replicas. Also resolves when Redis cannot be reached; connecting is then retried without end. */
export const openReplicas = async ({ url, keyPrefix, replicas, onMode }: ReplicasOptions): Promise<Replicas> => {
  const link = await openRedisLink(url);
  await connected(link);
  const membership = new Membership({
    link,
    key: `${keyPrefix}:replicas`,
    configured: replicas,
    onChange: onMode,
  });
  await membership.start();
  // Replicas of different versions share budgets, but not records, whose form may differ between versions.
  const version = gatewayVersion();
  const partsOf = (identity: string, name: string) => ({ link, membership, key: `${keyPrefix}:${name}:${identity}` });
  return {
    allowance: (identity, budget) => new SharedAllowance({ ...partsOf(identity, 'budget'), budget }),
    answers: (identity) => sharedAnswerStore(partsOf(identity, version)),
    build: (identity, encoding, build) => sharedBuild({ ...partsOf(identity, `${version}:index`), encoding }, build),
    watch: (identity, make) => sharedWatch(partsOf(identity, `${version}:watch`), make),
    status: () => ({ mode: membership.aloneSince === null ? 'shared' : 'alone', live: membership.live }),
    close: async () => {
      await membership.close();
      link.close();
    },
  };
};

const connected = ({ redis }: RedisLink): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, CONNECT_MS);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
