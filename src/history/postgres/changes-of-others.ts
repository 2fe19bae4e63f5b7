import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { HistoryNotice } from '../thread/messages.ts';
import { connectionOf } from './connection.ts';

/** Every process that has written says so on this channel. */
const CHANNEL = 'inventory_history_changed';

/** After a connection was lost, until the next attempt. */
const RETRY_MS = 1_000;
/** A connection may be dead without saying so. */
const ALIVE_MS = 10_000;
const ANSWER_MS = 5_000;

/** Says when another process has written, and, while that cannot be known, so. */
export class ChangesOfOthers {
  readonly #self = randomUUID();
  /** To be run in every transaction that writes. */
  readonly notifying = `NOTIFY ${CHANNEL}, '${this.#self}'`;
  readonly #url: string;
  readonly #send: (notice: HistoryNotice) => void;
  readonly #closed = new AbortController();
  readonly #run: Promise<void>;

  constructor(url: string, send: (notice: HistoryNotice) => void) {
    this.#url = url;
    this.#send = send;
    this.#run = this.#follow();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#run;
  }

  async #follow(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      await this.#followOnce().catch(() => {
        // The same as a connection that has ended: nothing is known until the next one.
      });
      await this.#pause(RETRY_MS);
    }
  }

  async #followOnce(): Promise<void> {
    const client = new Client({ ...connectionOf(this.#url), query_timeout: ANSWER_MS });
    const ended = new AbortController();
    client.on('error', () => ended.abort());
    client.on('end', () => ended.abort());
    client.on('notification', ({ payload }) => {
      if (payload !== this.#self) this.#send({ notice: 'CHANGED' });
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#send({ notice: 'FOLLOWS', follows: true });
      while (!ended.signal.aborted && !this.#closed.signal.aborted) {
        await this.#pause(ALIVE_MS, ended.signal);
        await client.query('SELECT 1');
      }
    } finally {
      this.#send({ notice: 'FOLLOWS', follows: false });
      await client.end().catch(() => {});
    }
  }

  async #pause(ms: number, signal = this.#closed.signal): Promise<void> {
    await wait(ms, undefined, { signal: AbortSignal.any([signal, this.#closed.signal]) }).catch(() => {});
  }
}
