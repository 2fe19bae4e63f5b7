import { GatewayError } from '#lib/gateway-error.ts';
import {
  HistoryError,
  type HistorySource,
  type HistoryStore,
  type HistoryVersion,
  type PastReading,
  type PastState,
  type ReadingQuery,
  type VersionCut,
  type VersionQuery,
} from './history-store.ts';

export type ReadingsOf = Omit<ReadingQuery, 'visible'>;
export type VersionsOf = Omit<VersionQuery, 'visible'>;

/** The past of the sources that exist for one viewer, and of no others. */
export class SourceHistory {
  readonly #store: HistoryStore;
  readonly #visible: readonly HistorySource[];
  /** Epoch milliseconds: what was read later does not exist for whoever asks. */
  readonly #end: number;

  constructor(store: HistoryStore, sources: readonly HistorySource[], end = Number.POSITIVE_INFINITY) {
    this.#store = store;
    this.#visible = sources.map(({ name, identity }) => ({ name, identity }));
    this.#end = end;
  }

  /** What was known at a moment. */
  until(end: number): SourceHistory {
    return new SourceHistory(this.#store, this.#visible, end);
  }

  /** Newest first. @throws GatewayError HISTORY_UNAVAILABLE, as do the others */
  async versions(query: VersionsOf, cut: VersionCut): Promise<readonly HistoryVersion[]> {
    const versions = await typed(this.#store.versions(this.#within(query), cut));
    return versions.map((version) => ((version.until ?? 0) > this.#end ? { ...version, until: null } : version));
  }

  count(query: VersionsOf): Promise<number> {
    return typed(this.#store.count(this.#within(query)));
  }

  /** Newest first. */
  readings(query: ReadingsOf, limit: number, offset: number): Promise<readonly PastReading[]> {
    return typed(this.#store.readings(this.#within(query), limit, offset));
  }

  countReadings(query: ReadingsOf): Promise<number> {
    return typed(this.#store.countReadings(this.#within(query)));
  }

  /** The last reading of each of the sources up to a moment, by name; none of those that were first read later. */
  async lastReadings(time: number): Promise<ReadonlyMap<string, PastReading>> {
    const read = await Promise.all(
      this.#visible.map((source) => typed(this.#store.readings({ visible: [source], until: time }, 1))),
    );
    return new Map(read.flat().map((reading) => [reading.source, reading]));
  }

  /** What the source of this name held at a moment; null: nothing is known that early. */
  async at(name: string, time: number): Promise<PastState | null> {
    const source = this.#visible.find((visible) => visible.name === name);
    const state = source ? await typed(this.#store.at(source, time)) : null;
    return state && { ...state, rows: typedRows(state.rows) };
  }

  /** By name of a source, the earliest moment of which something is known. */
  earliest(): Promise<ReadonlyMap<string, number>> {
    return typed(this.#store.earliest(this.#visible));
  }

  #within(query: VersionsOf): VersionQuery {
    const until = Math.min(query.until ?? Number.POSITIVE_INFINITY, this.#end);
    return { ...query, visible: this.#visible, ...(Number.isFinite(until) && { until }) };
  }

  /** As {@link HistoryStore.revision}. */
  revision(): number {
    return this.#store.revision();
  }
}

const typed = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw typedError(error);
  });

async function* typedRows(rows: PastState['rows']): PastState['rows'] {
  try {
    yield* rows;
  } catch (error) {
    throw typedError(error);
  }
}

const typedError = (error: unknown): unknown =>
  error instanceof HistoryError
    ? new GatewayError(
        'HISTORY_UNAVAILABLE',
        'Expected the history to be readable, got a failure. What is so now is not affected.',
        {},
        { cause: error },
      )
    : error;
