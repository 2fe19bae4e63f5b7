import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { createFeed } from '#subscriptions/feed.ts';
import { isSameReading } from './is-same-reading.ts';
import { type RunDeps, RunFailure, runWatch } from './run-watch.ts';
import type { FiredWatch, ViewerWatches, WatchStatus } from './viewer-watches.ts';
import { conditionText, identityOf, type Watch } from './watch.ts';

export interface WatchRunnerOptions extends RunDeps {
  /** Names of the sources that the watch depends on. */
  readonly sourcesOf: (watch: Watch) => readonly string[];
  /** Whether the index has read these. */
  readonly isRead: (sources: readonly string[]) => boolean;
  /** Deliveries were added. */
  readonly onDeliveries: () => void;
  readonly onRun: (watch: string, outcome: 'fired' | 'quiet' | 'failed', failure: string | null) => void;
}

interface Retry {
  readonly failures: number;
  readonly callOff: () => void;
}

const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 30 * 60_000;

/**
 * Asks the watched questions again after readings that changed something, one after the other. While one is asked, any number of
 * readings makes it be asked once more. What failed is asked again after a while: what the reading brought is not judged yet.
 */
export class WatchRunner {
  readonly #options: WatchRunnerOptions;
  readonly #stopped = new AbortController();
  readonly #readings = new Map<string, Snapshot>();
  readonly #due = new Set<string>();
  readonly #retries = new Map<string, Retry>();
  #watches: readonly Watch[] = [];
  #emit: (event: FiredWatch) => void = () => {};
  readonly #feed = createFeed<FiredWatch>(async (emit) => {
    this.#emit = emit;
  });
  readonly #started = Promise.withResolvers<void>();
  #compared: Promise<void> = this.#started.promise;
  #run: Promise<void> | null = null;

  constructor(options: WatchRunnerOptions) {
    this.#options = options;
  }

  /** Readings that were noted before are judged now. */
  start(watches: readonly Watch[]): void {
    this.#watches = watches;
    this.#started.resolve();
  }

  /** From now on these: what is remembered of one stays as long as it asks the same. */
  update(watches: readonly Watch[]): void {
    const known = new Set(this.#watches.map((watch) => `${watch.name} ${identityOf(watch)}`));
    this.#watches = watches;
    const added = watches.filter((watch) => !known.has(`${watch.name} ${identityOf(watch)}`));
    this.#ask(added);
  }

  /** An index has read its source. */
  noteReading(snapshot: Snapshot): void {
    this.#compared = this.#compared.then(() => this.#compare(snapshot)).catch(() => {});
  }

  /** Whether the index of a source is to be kept up to date for a watch. */
  isWatched(source: string): boolean {
    return this.#watches.some((watch) => this.#options.sourcesOf(watch).includes(source));
  }

  viewerWatches(isTheirs: (watch: Watch) => boolean): ViewerWatches {
    return {
      list: () => this.#watches.filter(isTheirs).map((watch) => this.#statusOf(watch)),
      fired: (names) =>
        this.#feed.listen(({ watch: name }) => {
          const watch = this.#watches.find((one) => one.name === name);
          return watch !== undefined && isTheirs(watch) && (names?.includes(name) ?? true);
        }),
    };
  }

  /** Once no run is under way. */
  async idle(): Promise<void> {
    await this.#compared;
    while (this.#run) await this.#run;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#started.resolve();
    for (const { callOff } of this.#retries.values()) callOff();
    this.#feed.close();
    await this.idle();
  }

  /** A reading that no watch depends on is not gone through: a watch that is added is asked anyway. */
  async #compare(snapshot: Snapshot): Promise<void> {
    const { source, side } = snapshot;
    const former = this.#readings.get(source);
    const dependent = this.#watches.filter(
      (watch) => watch.sides.has(side) && this.#options.sourcesOf(watch).includes(source),
    );
    const isSame = dependent.length === 0 || (former !== undefined && (await isSameReading(former, snapshot)));
    this.#readings.set(source, snapshot);
    if (!isSame) this.#ask(dependent);
  }

  #ask(watches: readonly Watch[]): void {
    for (const { name } of watches) {
      this.#due.add(name);
      this.#retries.get(name)?.callOff();
    }
    this.#run ??= this.#work().finally(() => {
      this.#run = null;
      // What became due after the last look.
      if (this.#due.size > 0) this.#ask([]);
    });
  }

  async #work(): Promise<void> {
    for (let watch = this.#next(); watch && !this.#stopped.signal.aborted; watch = this.#next())
      await this.#once(watch);
  }

  /** Not while part of what it reads is unknown: the reading that ends this makes it due again. */
  #next(): Watch | undefined {
    for (const name of this.#due) {
      this.#due.delete(name);
      const watch = this.#watches.find((one) => one.name === name);
      if (watch && this.#options.isRead(this.#options.sourcesOf(watch))) return watch;
    }
    return undefined;
  }

  async #once(watch: Watch): Promise<void> {
    const { onRun, onDeliveries } = this.#options;
    try {
      const fired = await runWatch(this.#options, watch, this.#stopped.signal);
      this.#retries.delete(watch.name);
      onRun(watch.name, fired ? 'fired' : 'quiet', null);
      if (!fired) return;
      this.#emit(fired);
      onDeliveries();
    } catch (thrown) {
      if (this.#stopped.signal.aborted) return;
      const failure = thrown instanceof RunFailure ? thrown.code : 'STATE_UNAVAILABLE';
      this.#retryLater(watch);
      onRun(watch.name, 'failed', failure);
      await this.#options.state
        .remember(watch.name, { ...this.#options.state.memoryOf(watch), lastFailure: failure })
        .catch(() => {});
    }
  }

  #retryLater(watch: Watch): void {
    const failures = (this.#retries.get(watch.name)?.failures ?? 0) + 1;
    const pauseMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    const callOff = this.#options.clock.after(pauseMs, () => this.#ask([watch]));
    this.#retries.set(watch.name, { failures, callOff });
  }

  #statusOf(watch: Watch): WatchStatus {
    const { lastRunAt, lastFiredAt, lastFailure } = this.#options.state.memoryOf(watch);
    return {
      name: watch.name,
      operation: watch.question.name,
      condition: conditionText(watch.condition),
      lastRunAt: timeOf(lastRunAt),
      lastFiredAt: timeOf(lastFiredAt),
      lastFailure,
      pendingDeliveries: this.#options.state.data.deliveries.filter((delivery) => delivery.watch === watch.name).length,
    };
  }
}

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
