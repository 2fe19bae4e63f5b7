import { randomUUID } from 'node:crypto';
import { type RedisLink, scriptOf } from './redis-link.ts';

const BEAT_MS = 500;
/** Beats missed in a row before this process takes itself for alone; one slow answer proves nothing. */
const MISSED_BEATS = 3;
/** A replica not heard of for this long is not running, or is alone. */
const LIVE_MS = 5_000;
/** A replica that went without a word may be running alone on its share, which is left to it for this long. */
const VANISHED_MS = 300_000;
/** Taken for the number of replicas by one that never saw another and was not told. */
const ASSUMED_REPLICAS = 4;

/** @returns [live, all], by the server's clock. */
const BEAT = scriptOf(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { redis.call('ZCOUNT', KEYS[1], now - ARGV[2], '+inf'), redis.call('ZCARD', KEYS[1]) }
`);

export interface MembershipOptions {
  readonly link: RedisLink;
  readonly key: string;
  /** How many there are meant to be; undefined: as many as were seen. */
  readonly configured: number | undefined;
  readonly onChange: (mode: 'shared' | 'alone') => void;
}

/** Whether this process stands in a row with others, and how many they are. */
export class Membership {
  readonly id = randomUUID();
  readonly #options: MembershipOptions;
  #live = 1;
  #all = 1;
  #missed = 0;
  /** After a time alone, Redis may have forgotten who else is: so many are assumed for a while. */
  #assumed = { all: 0, until: 0 };
  /** Epoch milliseconds; null while beats are answered. */
  aloneSince: number | null = Date.now();
  /** Whether Redis has ever answered. */
  wasShared = false;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /** Resolves after the first beat, answered or not. */
  async start(): Promise<void> {
    await this.#beat();
    if (this.aloneSince !== null) this.#options.onChange('alone');
    this.#next();
  }

  get live(): number {
    return this.#live;
  }

  /** All that may be asking the upstreams now: live ones and those that vanished. */
  get all(): number {
    const assumed = Date.now() < this.#assumed.until ? this.#assumed.all : 0;
    return Math.max(this.#all, assumed);
  }

  /** In how many parts a budget is divided among replicas that do not see each other. */
  get parts(): number {
    const { configured } = this.#options;
    const seen = this.wasShared ? this.all : (configured ?? ASSUMED_REPLICAS);
    return Math.max(configured ?? 1, seen);
  }

  /** What those who share may spend of a budget; the rest belongs to the vanished. */
  get part(): number {
    return this.#live / Math.max(this.#live, this.all);
  }

  /** Says goodbye, so that the others need not leave a share to this one. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#options.link.redis.zrem(this.#options.key, this.id).catch(() => undefined);
  }

  #next(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#beat().finally(() => this.#next()), BEAT_MS);
    this.#timer.unref();
  }

  async #beat(): Promise<void> {
    const { link, key } = this.#options;
    try {
      const args = [this.id, String(LIVE_MS), String(VANISHED_MS)];
      const [live, all] = (await link.run(BEAT, [key], args)) as [number, number];
      this.#heard(live, all);
    } catch {
      this.#missed += 1;
      if (this.#missed >= MISSED_BEATS && this.aloneSince === null && !this.#isClosed) {
        this.aloneSince = Date.now();
        this.#options.onChange('alone');
      }
    }
  }

  #heard(live: number, all: number): void {
    if (this.aloneSince !== null) {
      if (this.wasShared) this.#assumed = { all: this.all, until: Date.now() + VANISHED_MS };
      this.aloneSince = null;
      this.wasShared = true;
      this.#options.onChange('shared');
    }
    this.#missed = 0;
    this.#live = live;
    this.#all = all;
  }
}
