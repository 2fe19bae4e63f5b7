import { afterAll, afterEach, beforeAll } from 'vitest';
import { openRedisLink } from '#cluster/redis-link.ts';
import type { Replicas } from '#cluster/replicas.ts';
import { openReplicas } from '#cluster/replicas.ts';
import { until } from '../until.ts';
import { startRedis, type TestRedis } from './redis-server.ts';

/** A Redis for the tests of the enclosing `describe`, and replicas that join it and leave after each test. */
export const useReplicas = () => {
  let redis: TestRedis;
  const open: Replicas[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((of) => of.close()));
  });
  afterAll(() => redis.kill());
  return {
    url: () => redis.url,
    join: async (keyPrefix: string, replicas?: number): Promise<Replicas> => {
      const joined = await openReplicas({ url: redis.url, keyPrefix, replicas, onMode: () => {} });
      open.push(joined);
      // On a busy machine the first heartbeat may be late; until it is answered, a replica spends its own part only.
      await until(() => joined.status().mode === 'shared');
      return joined;
    },
  };
};

/** Forgets everything in the Redis at `url`, as a restart without a disk does. */
export const forgetAll = async (url: string): Promise<void> => {
  const link = await openRedisLink(url);
  await until(() => link.redis.status === 'ready');
  await link.redis.flushall();
  link.close();
};
