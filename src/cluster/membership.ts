import { randomUUID } from 'node:crypto';
import { type RedisLink, scriptOf } from './redis-link.ts';

const HEARTBEAT_MS = 500;
/** After this many heartbeats in a row without an answer, Redis counts as lost. One slow answer is not enough. */
const MAX_MISSED_HEARTBEATS = 3;
/** A replica without a heartbeat for this long has ended or has lost Redis. */
const LIVE_MS = 5_000;
/** A replica that stopped sending heartbeats without having left may be running without Redis. Its share of the budget stays reserved for this long. */
const VANISHED_MS = 300_000;
/** The number of replicas that is assumed when Redis was never reached and none is configured. */
const ASSUMED_REPLICAS = 4;

/** Records a heartbeat. @returns how many replicas are live, and how many have a share of the budget; both by the clock of Redis. */
const HEARTBEAT = scriptOf(`
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
  /** The configured number of replicas; undefined: as many as were last seen. */
  readonly configured: number | undefined;
  readonly onChange: (mode: 'shared' | 'alone') => void;
}

/**
 * Whether this process can reach Redis, and how many replicas there are. Each replica sends heartbeats to Redis; one that leaves
 * properly removes itself, one that merely stops is still counted among `all` for a while.
 */
export class Membership {
  readonly id = randomUUID();
  readonly #options: MembershipOptions;
  #live = 1;
  #all = 1;
  #missed = 0;
  /** Redis may have lost its data while it was away. So the number of replicas known before counts as a minimum until a given time. */
  #assumed = { all: 0, until: 0 };
  /** When Redis was lost, in epoch milliseconds; null while it answers. */
  aloneSince: number | null = Date.now();
  /** Whether Redis has ever answered. */
  wasShared = false;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /** Resolves after the first heartbeat, answered or not. */
  async start(): Promise<void> {
    await this.#heartbeat();
    if (this.aloneSince !== null) this.#options.onChange('alone');
    this.#next();
  }

  get live(): number {
    return this.#live;
  }

  /** All replicas that may be sending requests now: the live ones and those that stopped without leaving. */
  get all(): number {
    const assumed = Date.now() < this.#assumed.until ? this.#assumed.all : 0;
    return Math.max(this.#all, assumed);
  }

  /** The number of equal parts into which a budget is divided when replicas cannot count together. */
  get parts(): number {
    const { configured } = this.#options;
    const seen = this.wasShared ? this.all : (configured ?? ASSUMED_REPLICAS);
    return Math.max(configured ?? 1, seen);
  }

  /** The fraction of a budget for the live replicas; the rest is reserved for those that stopped without leaving. */
  get part(): number {
    return this.#live / Math.max(this.#live, this.all);
  }

  /** Leaves, so that no share is reserved for this replica. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#options.link.redis.zrem(this.#options.key, this.id).catch(() => undefined);
  }

  #next(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#heartbeat().finally(() => this.#next()), HEARTBEAT_MS);
    this.#timer.unref();
  }

  async #heartbeat(): Promise<void> {
    const { link, key } = this.#options;
    try {
      const args = [this.id, String(LIVE_MS), String(VANISHED_MS)];
      const [live, all] = (await link.run(HEARTBEAT, [key], args)) as [number, number];
      this.#onAnswer(live, all);
    } catch {
      this.#missed += 1;
      if (this.#missed >= MAX_MISSED_HEARTBEATS && this.aloneSince === null && !this.#isClosed) {
        this.aloneSince = Date.now();
        this.#options.onChange('alone');
      }
    }
  }

  #onAnswer(live: number, all: number): void {
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
