import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { SharedAnswers, SharedQuestion, SharedReply } from '#sources/transport/cache/shared-answers.ts';
import type { Reply } from '#sources/transport/reply.ts';
import type { Membership } from './membership.ts';
import { type RedisLink, scriptOf } from './redis-link.ts';

/** Whatever the freshness of an answer, it is forgotten after this long. */
const LONGEST_MS = 3_600_000;
/** Larger answers (decoded, in bytes) stay in the process that got them. */
const MAX_BYTES = 4_000_000;
/** How long one process may be the only one to ask a question. */
const LOCK_MS = 3_000;
const LOOK_MS = 40;
/** Kept back from a waiter's time, to ask by itself and to be refused with a reason. */
const SPARE_MS = 1_000;

const RELEASE = scriptOf(
  `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`,
);

export interface AnswerStoreParts {
  readonly link: RedisLink;
  readonly membership: Membership;
  /** Of source and credential, the prefix included. */
  readonly key: string;
}

/** As it is kept: `[version, lifetime in milliseconds, size of the upstream's answer, its JSON]`. */
type Kept = readonly [version: string | null, lifeMs: number, bytes: number, body: unknown];

/** Upstream answers of one source and credential, shared through Redis and asked for by one process at a time, as far as possible. */
export const sharedAnswerStore = ({ link, membership, key }: AnswerStoreParts): SharedAnswers => {
  const keyOf = (path: string) => `${key}:answer:${createHash('sha256').update(path).digest('base64url')}`;
  const isUsable = ({ version }: SharedQuestion) => version !== undefined && membership.aloneSince === null;

  const find = async (at: string, { version, freshMs }: SharedQuestion): Promise<SharedReply | null> => {
    const [found, left] = await Promise.all([link.redis.getBuffer(at), link.redis.pttl(at)]);
    if (!found || left <= 0) return null;
    const [of, lifeMs, bytes, body] = JSON.parse((await promisify(inflateRaw)(found)).toString('utf8')) as Kept;
    const ageMs = Math.max(0, lifeMs - left);
    return of === version && ageMs < freshMs ? { body, bytes, ageMs } : null;
  };

  const keep = async (at: string, { version, freshMs }: SharedQuestion, { body, bytes }: Reply): Promise<void> => {
    if (bytes > MAX_BYTES) return;
    const lifeMs = Math.ceil(Math.min(freshMs, LONGEST_MS));
    const kept: Kept = [version ?? null, lifeMs, bytes, body];
    await link.redis.set(at, await promisify(deflateRaw)(JSON.stringify(kept)), 'PX', lifeMs);
  };

  const ownAnswer = async (question: SharedQuestion, ask: () => Promise<Reply>): Promise<SharedReply> => {
    const reply = await ask();
    if (isUsable(question)) await keep(keyOf(question.path), question, reply).catch(() => undefined);
    return { ...reply, ageMs: null };
  };

  /** Another process's answer, or the right (a lock) to ask for it; null when it is no longer worth waiting. */
  const findOrLock = async (
    at: string,
    question: SharedQuestion,
    signal: AbortSignal,
  ): Promise<SharedReply | string | null> => {
    const lock = randomUUID();
    const giveUpAt = Math.min(Date.now() + 2 * LOCK_MS, question.deadlineAt() - SPARE_MS);
    for (;;) {
      const found = await find(at, question);
      if (found) return found;
      if ((await link.redis.set(`${at}:lock`, lock, 'PX', LOCK_MS, 'NX')) === 'OK') return lock;
      if (Date.now() + LOOK_MS > giveUpAt) return null;
      await sleep(LOOK_MS, undefined, { signal });
    }
  };

  return {
    through: async (question, ask) => {
      if (!isUsable(question) || !question.mayRead) return ownAnswer(question, ask);
      const at = keyOf(question.path);
      const found = await question.inQueue((signal) => findOrLock(at, question, signal)).catch(() => null);
      if (found === null) return ownAnswer(question, ask);
      if (typeof found !== 'string') return found;
      try {
        return await ownAnswer(question, ask);
      } finally {
        void link.run(RELEASE, [`${at}:lock`], [found]).catch(() => undefined);
      }
    },
  };
};
