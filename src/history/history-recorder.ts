import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { toError } from '#lib/gateway-error.ts';
import { type Clock, waitFor } from '#sources/transport/clock.ts';
import type { HistoryStore } from './history-store.ts';
import { readingOf, rowsOfSnapshot } from './rows-of-snapshot.ts';

export interface HistoryRecorderOptions {
  readonly retentionDays: number;
  readonly maxBytes: number;
  readonly clock: Clock;
  /** Called once, however often it fails, until it works again. */
  readonly onFailure: (error: Error) => void;
}

const DAY_MS = 24 * 60 * 60_000;
/** After a failure, until the next attempt. */
const RETRY_MS = 30_000;

interface Noted {
  readonly snapshot: Snapshot;
  readonly identity: string;
  readonly endedAt: number;
}

/**
 * Adds readings to a store in the background. While the store fails, only the newest reading of each source waits for it: what
 * differs is found by comparing with what the store holds, so nothing but the times between is lost.
 */
export class HistoryRecorder {
  readonly #store: HistoryStore;
  readonly #options: HistoryRecorderOptions;
  readonly #pending = new Map<string, Noted>();
  readonly #stopped = new AbortController();
  #run: Promise<void> | null = null;
  #hasFailed = false;

  constructor(store: HistoryStore, options: HistoryRecorderOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** @param identity of the source with its credential */
  note(snapshot: Snapshot, identity: string): void {
    this.#pending.set(identity, { snapshot, identity, endedAt: this.#options.clock.now() });
    this.#run ??= this.#keep();
  }

  /** Once what was noted is in the store, or one more attempt at it has failed. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#run;
  }

  async #keep(): Promise<void> {
    for (let noted = this.#next(); noted; noted = this.#next()) {
      try {
        await this.#add(noted);
        this.#hasFailed = false;
      } catch (thrown) {
        if (!this.#hasFailed) this.#options.onFailure(toError(thrown));
        this.#hasFailed = true;
        if (this.#stopped.signal.aborted) break;
        if (!this.#pending.has(noted.identity)) this.#pending.set(noted.identity, noted);
        await waitFor(this.#options.clock, RETRY_MS, this.#stopped.signal);
      }
    }
    this.#run = null;
  }

  #next(): Noted | undefined {
    const [noted] = this.#pending.values();
    if (noted) this.#pending.delete(noted.identity);
    return noted;
  }

  async #add({ snapshot, identity, endedAt }: Noted): Promise<void> {
    const { retentionDays, maxBytes, clock } = this.#options;
    const isNew = await this.#store.append(readingOf(snapshot, identity, endedAt), rowsOfSnapshot(snapshot));
    if (isNew) await this.#store.retain({ before: clock.now() - retentionDays * DAY_MS, maxBytes });
  }
}
