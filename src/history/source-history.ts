import { GatewayError } from '#lib/gateway-error.ts';
import {
  HistoryError,
  type HistorySource,
  type HistoryStore,
  type HistoryVersion,
  type VersionQuery,
} from './history-store.ts';

type Query = Omit<VersionQuery, 'visible'>;

/** The past of the sources that exist for one viewer, and of no others. */
export class SourceHistory {
  readonly #store: HistoryStore;
  readonly #visible: readonly HistorySource[];

  constructor(store: HistoryStore, sources: readonly HistorySource[]) {
    this.#store = store;
    this.#visible = sources.map(({ name, identity }) => ({ name, identity }));
  }

  /** Newest first. @throws GatewayError HISTORY_UNAVAILABLE */
  versions(query: Query, offset: number, limit: number): Promise<readonly HistoryVersion[]> {
    return typed(this.#store.versions({ ...query, visible: this.#visible }, offset, limit));
  }

  /** @throws GatewayError HISTORY_UNAVAILABLE */
  count(query: Query): Promise<number> {
    return typed(this.#store.count({ ...query, visible: this.#visible }));
  }

  /** As {@link HistoryStore.revision}. */
  revision(): number {
    return this.#store.revision();
  }
}

const typed = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    if (!(error instanceof HistoryError)) throw error;
    throw new GatewayError(
      'HISTORY_UNAVAILABLE',
      'Expected the history to be readable, got a failure. What is so now is not affected.',
      {},
      { cause: error },
    );
  });
