import { readFileSync } from 'node:fs';
import { Membership } from './membership.ts';
import { openRedisLink, type RedisLink } from './redis-link.ts';
import type { Replicas, ReplicasStatus } from './replicas.ts';
import { SharedAllowance } from './shared-allowance.ts';
import { sharedAnswerStore } from './shared-answer-store.ts';
import { sharedBuild } from './shared-build.ts';
import { sharedWatch } from './shared-watch.ts';

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
    build: (identity, codec, build) => sharedBuild({ ...partsOf(identity, `${version}:index`), codec }, build),
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

const gatewayVersion = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};
