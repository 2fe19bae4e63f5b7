import type { RedisLink } from './redis-link.ts';

/** Events kept for those who look late. */
const MAX_KEPT = 1_000;
const KEPT_MS = 600_000;

/** Events of one topic in their order: a stream in Redis, so that nobody misses one by a broken connection. */
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

  /** Events of others since the last look; the first look only finds the end. Rejects when Redis does not answer. */
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

  /** What is published is not read again by this process. What cannot be sent is sent before the next. */
  publish(event: E): void {
    this.#unsent.push(JSON.stringify(event));
    void this.sent();
  }

  /** @returns whether everything published has arrived. */
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
