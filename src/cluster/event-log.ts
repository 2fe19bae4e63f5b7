import type { RedisLink } from './redis-link.ts';

/** How many events are kept, and for how long, for processes that read them late. */
const MAX_KEPT = 1_000;
const KEPT_MS = 600_000;

/** The events of one topic in order, as a Redis stream: a process that loses its connection reads what it has missed afterwards. */
export class EventLog<E> {
  readonly #link: RedisLink;
  readonly #key: string;
  readonly #unsent: string[] = [];
  #sending: Promise<void> = Promise.resolve();
  #readTo: string | null = null;

  constructor(link: RedisLink, key: string) {
    this.#link = link;
    this.#key = key;
  }

  /** Events of other processes since the last call; the first call only finds the end of the stream. Rejects when Redis does not answer. */
  async read(): Promise<readonly E[]> {
    const { redis } = this.#link;
    if (this.#readTo === null) {
      const [newest] = await redis.xrevrange(this.#key, '+', '-', 'COUNT', 1);
      this.#readTo = newest?.[0] ?? '0-0';
      return [];
    }
    const found = await redis.xrange(this.#key, `(${this.#readTo}`, '+');
    this.#readTo = found.at(-1)?.[0] ?? this.#readTo;
    return found.flatMap(([, [, event]]) => (event === undefined ? [] : [JSON.parse(event) as E]));
  }

  /** Appends an event, which this process will not read itself. An event that cannot be sent is sent before the next one. */
  publish(event: E): void {
    this.#unsent.push(JSON.stringify(event));
    void this.sent();
  }

  /** @returns whether everything published so far is stored in Redis. */
  sent(): Promise<boolean> {
    this.#sending = this.#sending.then(() => this.#send()).catch(() => undefined);
    return this.#sending.then(() => this.#unsent.length === 0);
  }

  async #send(): Promise<void> {
    const { redis } = this.#link;
    for (let event = this.#unsent[0]; event !== undefined; event = this.#unsent[0]) {
      const id = await redis.xadd(this.#key, 'MAXLEN', '~', MAX_KEPT, '*', 'event', event);
      this.#unsent.shift();
      this.#readTo = id ?? this.#readTo;
    }
    await redis.pexpire(this.#key, KEPT_MS);
  }
}
