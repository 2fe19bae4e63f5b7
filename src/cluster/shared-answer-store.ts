import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Reply } from '#sources/transport/answer.ts';
import type { SharedAnswers, SharedQuestion, SharedReply } from '#sources/transport/cache/shared-answers.ts';
import type { Membership } from './membership.ts';
import { type RedisLink, scriptOf } from './redis-link.ts';

/** No answer is kept for longer than this, however long it is fresh. */
const LONGEST_MS = 3_600_000;
/** Larger answers (decoded, in bytes) stay in the process that got them. */
const MAX_BYTES = 4_000_000;
/** How long one process has the lock for sending a request. */
const LOCK_MS = 3_000;
const POLL_MS = 40;
/** Time that must be left before the deadline when waiting ends: for sending the request itself, or failing with a reason. */
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

/** As it is stored: `[version, lifetime in milliseconds, size of the upstream's answer, its JSON]`. */
type Kept = readonly [version: string | null, lifeMs: number, bytes: number, body: unknown];

/** Upstream answers of one source and credential, shared through Redis. If possible, only one process at a time sends a given request. */
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

  /** Another process's answer, or the id of a lock for sending the request; null when waiting any longer would risk the deadline. */
  const findOrLock = async (
    at: string,
    question: SharedQuestion,
    signal: AbortSignal,
  ): Promise<SharedReply | string | null> => {
    const lock = randomUUID();
    const waitUntil = Math.min(Date.now() + 2 * LOCK_MS, question.deadlineAt() - SPARE_MS);
    for (;;) {
      const found = await find(at, question);
      if (found) return found;
      if ((await link.redis.set(`${at}:lock`, lock, 'PX', LOCK_MS, 'NX')) === 'OK') return lock;
      if (Date.now() + POLL_MS > waitUntil) return null;
      await sleep(POLL_MS, undefined, { signal });
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
