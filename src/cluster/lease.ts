import { randomUUID } from 'node:crypto';
import { type RedisLink, scriptOf } from './redis-link.ts';

const LEASE_MS = 6_000;
const RENEW_MS = 1_500;

const RENEW = scriptOf(
  `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`,
);
const RELEASE = scriptOf(
  `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`,
);

/** The right to do something that only one process should do. */
export interface Lease {
  /** Aborts when another process may have the lease by now. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** @returns null while another process has it, or when Redis does not answer. Renews itself until released or lost. */
export const takeLease = async (link: RedisLink, key: string): Promise<Lease | null> => {
  const owner = randomUUID();
  const taken = await link.redis.set(key, owner, 'PX', LEASE_MS, 'NX').catch(() => null);
  if (taken !== 'OK') return null;
  const lost = new AbortController();
  let renewedAt = Date.now();
  const renew = async (): Promise<void> => {
    const askedAt = Date.now();
    const answer = await link.run(RENEW, [key], [owner, String(LEASE_MS)]).catch(() => null);
    if (answer === 1) renewedAt = askedAt;
    if (answer !== 0 && Date.now() - renewedAt < LEASE_MS - RENEW_MS) return;
    clearInterval(timer);
    lost.abort();
  };
  const timer = setInterval(() => void renew(), RENEW_MS);
  timer.unref();
  return {
    lost: lost.signal,
    release: async () => {
      clearInterval(timer);
      await link.run(RELEASE, [key], [owner]).catch(() => undefined);
    },
  };
};
