import { noteChange } from '#lib/change-count.ts';
import { toError } from '#lib/gateway-error.ts';
import { type Clock, systemClock, waitFor } from '#sources/transport/clock.ts';
import { type BuildSnapshot, Progress } from './build-snapshot.ts';
import type { Corrections } from './live-resources.ts';
import { missingRows, recordsIn, type Snapshot } from './snapshot.ts';
import type { SnapshotFile } from './snapshot-file.ts';

interface FormerReading<P extends Snapshot> {
  readonly snapshot: P;
  /** With the same credential. What was read with another is never shown. */
  readonly isOwn: boolean;
}

export interface SourceIndexOptions<P extends Snapshot> {
  readonly build: BuildSnapshot<P>;
  /** Null: forgotten when the process ends. */
  readonly file: SnapshotFile<P> | null;
  /** What was read of the same source before this index was opened. */
  readonly before?: FormerReading<P> | null;
  /** Least time between two looks at the source. An index nobody asks is not refreshed. */
  readonly refreshMs: number;
  /** @default none are made */
  readonly corrections?: Corrections<P>;
  readonly onFailure?: (error: Error) => void;
  /** Called with every reading that is finished, and with the one that was there at the start. */
  readonly onReading?: (snapshot: P) => void;
  /** Somebody waits for its readings: then it is refreshed though nobody asks. @default nobody does */
  readonly isWatched?: () => boolean;
  readonly clock?: Clock;
}

export interface IndexStatus {
  readonly complete: boolean;
  readonly coverage: number;
  readonly records: number;
  /** Counted by the source, and not shown, however it was asked. */
  readonly missingRows: number;
  /** Resources whose relations the source failed to send. */
  readonly unreadRelations: number;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

/** Least time between two corrected snapshots, because everything derived from a snapshot is computed again for each. */
const BETWEEN_CORRECTIONS_MS = 30_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Keeps the snapshot of one source, in the background. */
export class SourceIndex<P extends Snapshot> {
  readonly #options: SourceIndexOptions<P>;
  readonly #clock: Clock;
  readonly #stopped = new AbortController();
  #complete: P | null = null;
  /** Of another credential, until there is one of this. */
  #other: P | null = null;
  #newest: P | null = null;
  #progress = new Progress();
  #startedAt: string | null = null;
  #completedAt: string | null = null;
  #askedAt = 0;
  #lookedAt = 0;
  #correctedAt = Number.NEGATIVE_INFINITY;
  /** What the file holds. */
  #saved: P | null = null;
  #wake = new AbortController();
  #restored: Promise<void> | null = null;
  #run: Promise<void> | null = null;

  constructor(options: SourceIndexOptions<P>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Resolves once what the file holds is shown; the source is read in the background. */
  start(): Promise<void> {
    this.#restored ??= this.#restore();
    this.#run ??= this.#restored.then(() => this.#keep());
    return this.#restored;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#run;
  }

  get #shown(): P | null {
    return this.#newest;
  }

  set #shown(snapshot: P | null) {
    this.#newest = snapshot;
    noteChange();
  }

  /** The newest snapshot that holds all records, or null while the first is being read. Asking keeps the index alive. */
  snapshot(): P | null {
    this.#askedAt = this.#clock.now();
    if (this.#complete && this.#askedAt - this.#lookedAt > this.#options.refreshMs) this.refresh();
    this.#correct();
    return this.#shown;
  }

  /** What another index of the source can go on with: what was read with this credential, or else what this one was to go on with. */
  handOver(): FormerReading<P> | null {
    if (this.#complete) return { snapshot: this.#complete, isOwn: true };
    return this.#other && { snapshot: this.#other, isOwn: false };
  }

  /** Looks at the source now rather than at the next turn: somebody saw that it changed. */
  refresh(): void {
    this.#wake.abort();
  }

  status(): IndexStatus {
    const snapshot = this.#shown;
    return {
      complete: this.#complete !== null && this.#complete === snapshot && missingRows(snapshot) === 0,
      coverage: this.#complete ? 1 : this.#progress.share,
      missingRows: snapshot ? missingRows(snapshot) : 0,
      records: snapshot ? recordsIn(snapshot) : 0,
      unreadRelations: snapshot?.side === 'CLOUD' ? snapshot.unreadEdges.length : 0,
      startedAt: this.#startedAt,
      completedAt: this.#completedAt,
    };
  }

  async #keep(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!this.#stopped.signal.aborted) {
      try {
        if (this.#isWanted()) await this.#buildOnce();
        retryMs = FIRST_RETRY_MS;
        await this.#pause(this.#options.refreshMs);
      } catch (thrown) {
        if (this.#stopped.signal.aborted) return;
        this.#options.onFailure?.(toError(thrown));
        // This wait cannot be ended by refresh(): otherwise each caller would have a failing source asked again at once.
        await waitFor(this.#clock, retryMs, this.#stopped.signal);
        retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
      }
    }
  }

  #isWanted(): boolean {
    return !this.#complete || this.#askedAt >= this.#lookedAt || (this.#options.isWatched?.() ?? false);
  }

  async #restore(): Promise<void> {
    const { before, file } = this.#options;
    if (before?.isOwn) return this.#show(before.snapshot);
    this.#other = before?.snapshot ?? null;
    const restored = await file?.load();
    if (!restored) return;
    this.#saved = restored;
    this.#show(restored);
  }

  #show(restored: P): void {
    this.#other = null;
    this.#complete = restored;
    this.#shown = restored;
    this.#completedAt = restored.readAt;
    this.#lookedAt = Date.parse(restored.readAt);
    this.#options.onReading?.(restored);
  }

  async #buildOnce(): Promise<void> {
    this.#progress = new Progress();
    const lookedAt = this.#clock.now();
    this.#startedAt = new Date(lookedAt).toISOString();
    const former = this.#complete;
    const built = await this.#options.build({
      former,
      other: this.#other,
      progress: this.#progress,
      signal: this.#stopped.signal,
      clock: this.#clock,
      show: (partial) => {
        if (!this.#complete) this.#shown = partial;
      },
    });
    // If nothing was due, the former snapshot may have been corrected during the build.
    const snapshot = built === former ? (this.#complete ?? built) : (this.#options.corrections?.settle(built) ?? built);
    this.#lookedAt = lookedAt;
    this.#other = null;
    this.#complete = snapshot;
    this.#shown = snapshot;
    this.#completedAt = new Date(this.#clock.now()).toISOString();
    if (snapshot === this.#saved) return;
    this.#options.onReading?.(snapshot);
    await this.#options.file?.save(snapshot);
    this.#saved = snapshot;
  }

  #correct(): void {
    const now = this.#clock.now();
    const shown = this.#shown;
    if (!shown || now - this.#correctedAt < BETWEEN_CORRECTIONS_MS) return;
    const corrected = this.#options.corrections?.apply(shown) ?? shown;
    if (corrected === shown) return;
    this.#correctedAt = now;
    if (this.#complete === shown) this.#complete = corrected;
    this.#shown = corrected;
  }

  async #pause(ms: number): Promise<void> {
    this.#wake = new AbortController();
    await waitFor(this.#clock, ms, AbortSignal.any([this.#stopped.signal, this.#wake.signal]));
  }
}
