import { createHash } from 'node:crypto';
import type { Redis, RedisOptions } from 'iovalkey';

/** Timeout of a command. A request waits for Redis no longer than this. */
const COMMAND_TIMEOUT_MS = 200;
/** The same for whole snapshots, for which no request waits. */
const BULK_TIMEOUT_MS = 10_000;

/** A Lua script, and the SHA-1 by which Redis knows it after the first call. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

export const scriptOf = (lua: string): Script => ({ lua, sha: createHash('sha1').update(lua).digest('hex') });

/** The connections to Redis. Commands fail at once while there is none, and reconnecting never ends by itself. */
export interface RedisLink {
  readonly redis: Redis;
  /** For large values, with a longer timeout. */
  readonly bulk: Redis;
  /** Runs a script, which Redis does atomically. Rejects when Redis cannot be reached or is too slow. */
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  close(): void;
}

/** @param url may hold a password; it is never logged. */
export const openRedisLink = async (url: string): Promise<RedisLink> => {
  const { Redis: Client } = await import('iovalkey');
  const connect = (commandTimeout: number, more: RedisOptions = {}): Redis => {
    const redis = new Client(url, {
      commandTimeout,
      connectTimeout: 1_000,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
      ...more,
    });
    // Without a listener, a lost connection would end the process. That it is lost is noticed by the heartbeats.
    redis.on('error', () => {});
    return redis;
  };
  const redis = connect(COMMAND_TIMEOUT_MS);
  const bulk = connect(BULK_TIMEOUT_MS);
  return {
    redis,
    bulk,
    run: async ({ lua, sha }, keys, args) => {
      try {
        return await redis.evalsha(sha, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(lua, keys.length, ...keys, ...args);
      }
    },
    close: () => {
      redis.disconnect();
      bulk.disconnect();
    },
  };
};
