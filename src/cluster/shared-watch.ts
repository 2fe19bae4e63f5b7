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

const LOOK_MS = 300;
/** How long a new watcher may take up what the last one knew. Longer than a lease; shorter than what would be news to nobody. */
const REMEMBERED_MS = 30_000;
const REMIND_MS = 5_000;

/**
 * One watcher among all replicas; the others read what it tells. When it dies, another takes up its memory, so that nothing that
 * ended meanwhile is lost; an event may then be told twice. A process that is alone watches for itself.
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
      else await this.#stepInRow(signal).catch(() => undefined);
      await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Tells what others have told, and becomes the watcher where there is none. */
  async #stepInRow(signal: AbortSignal): Promise<void> {
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
    const remind = setInterval(() => this.#known && this.#remember(this.#known), REMIND_MS);
    remind.unref();
    const tell = (event: E) => {
      this.#emit(event);
      this.#events.publish(event);
    };
    try {
      const watch = this.#make({ load: async () => this.#known, save: (known) => this.#remember(known) });
      await watch(tell, AbortSignal.any([signal, lease.lost]));
    } finally {
      clearInterval(remind);
    }
  }

  async #watchAlone(signal: AbortSignal): Promise<void> {
    const back = new AbortController();
    const look = setInterval(() => this.#parts.membership.aloneSince === null && back.abort(), LOOK_MS);
    look.unref();
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
      clearInterval(look);
    }
  }

  /** Only what was told to all: a successor tells the rest. */
  #remember(known: Known): void {
    this.#known = new Map(known);
    const text = JSON.stringify([...this.#known]);
    const { redis } = this.#parts.link;
    void this.#events
      .sent()
      .then(async (isSent) => {
        if (isSent) await redis.set(this.#memoryKey, text, 'PX', REMEMBERED_MS);
      })
      .catch(() => undefined);
  }

  get #memoryKey(): string {
    return `${this.#parts.key}:known`;
  }
}
