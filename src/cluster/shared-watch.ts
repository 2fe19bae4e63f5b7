import { setTimeout as delay } from 'node:timers/promises';
import type { Watch } from '#subscriptions/feed.ts';
import type { WatchMemory } from '#subscriptions/watch-memory.ts';
import { EventLog } from './event-log.ts';
import { type Lease, takeLease } from './lease.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redis-link.ts';

export interface SharedWatchParts {
  readonly link: RedisLink;
  readonly membership: Membership;
  readonly key: string;
}

const POLL_MS = 300;
/**
 * For how long a new watcher may continue from what the last one knew. It must be longer than a lease, or a change of watchers would
 * lose events, and short enough that no events are sent that are no longer of interest.
 */
const KEPT_MS = 30_000;
const REFRESH_MS = 5_000;

/**
 * Lets one of all replicas watch a source; the others read its events from Redis. If it ends, another replica continues from what it
 * last knew, so that no event in between is lost. An event may then be emitted twice. A process that cannot reach Redis watches for
 * itself.
 */
export const sharedWatch =
  <E>(parts: SharedWatchParts, make: (memory: WatchMemory) => Watch<E>): Watch<E> =>
  (emit, signal) =>
    new Watcher(parts, make, emit).run(signal);

type Known = ReadonlyMap<string, string>;

class Watcher<E> {
  readonly #parts: SharedWatchParts;
  readonly #make: (memory: WatchMemory) => Watch<E>;
  readonly #emit: (event: E) => void;
  readonly #events: EventLog<E>;
  #known: Known | null = null;

  constructor(parts: SharedWatchParts, make: (memory: WatchMemory) => Watch<E>, emit: (event: E) => void) {
    this.#parts = parts;
    this.#make = make;
    this.#emit = emit;
    this.#events = new EventLog(parts.link, `${parts.key}:events`);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#parts.membership.aloneSince !== null) await this.#watchAlone(signal);
      else await this.#watchOrFollow(signal).catch(() => undefined);
      await delay(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Emits what the watcher has published, and becomes the watcher if there is none. */
  async #watchOrFollow(signal: AbortSignal): Promise<void> {
    await this.#catchUp();
    const lease = await takeLease(this.#parts.link, `${this.#parts.key}:watcher`);
    if (!lease) return;
    try {
      await this.#catchUp();
      await this.#watchForAll(lease, signal);
    } finally {
      await lease.release();
    }
  }

  async #catchUp(): Promise<void> {
    for (const event of await this.#events.read()) this.#emit(event);
    const text = await this.#parts.link.redis.get(this.#memoryKey);
    if (text !== null) this.#known = new Map(JSON.parse(text) as [string, string][]);
    else if (this.#parts.membership.aloneSince === null) this.#known = null;
  }

  async #watchForAll(lease: Lease, signal: AbortSignal): Promise<void> {
    const refresh = setInterval(() => this.#known && this.#remember(this.#known), REFRESH_MS);
    refresh.unref();
    const publish = (event: E) => {
      this.#emit(event);
      this.#events.publish(event);
    };
    try {
      const watch = this.#make({ load: async () => this.#known, save: (known) => this.#remember(known) });
      await watch(publish, AbortSignal.any([signal, lease.lost]));
    } finally {
      clearInterval(refresh);
    }
  }

  async #watchAlone(signal: AbortSignal): Promise<void> {
    const back = new AbortController();
    const poll = setInterval(() => this.#parts.membership.aloneSince === null && back.abort(), POLL_MS);
    poll.unref();
    try {
      const watch = this.#make({
        load: async () => this.#known,
        save: (known) => {
          this.#known = new Map(known);
        },
      });
      await watch(this.#emit, AbortSignal.any([signal, back.signal]));
      if (this.#known) this.#remember(this.#known);
    } finally {
      clearInterval(poll);
    }
  }

  /** Stores what is known, but only once every event before it has been published: a successor emits the rest. */
  #remember(known: Known): void {
    this.#known = new Map(known);
    const text = JSON.stringify([...this.#known]);
    const { redis } = this.#parts.link;
    void this.#events
      .sent()
      .then(async (isSent) => {
        if (isSent) await redis.set(this.#memoryKey, text, 'PX', KEPT_MS);
      })
      .catch(() => undefined);
  }

  get #memoryKey(): string {
    return `${this.#parts.key}:known`;
  }
}
