import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import type { RecordView } from '../transport.ts';
import type { Freshness, RememberedRecord } from '../upstream-call.ts';
import { isFresh, lastKnownVersion, learnVersion, type Version } from './cache-policy.ts';
import { type CacheStore, cacheKey, type StoredAnswer, type StoredRecord } from './cache-store.ts';

/** Records seen in the answers of one source and credential. */
export class RecordCache {
  readonly #store: CacheStore;
  readonly #namespace: string;
  readonly #clock: Clock;

  constructor(store: CacheStore, namespace: string, clock: Clock) {
    this.#store = store;
    this.#namespace = namespace;
    this.#clock = clock;
  }

  remember(records: readonly RememberedRecord[], answer: StoredAnswer, freshness: Freshness): void {
    const bytes = answer.bytes / Math.max(1, records.length);
    const { storedAt, version } = answer;
    for (const { type, id, record } of records) {
      this.#store.records.set(this.#key(type, id), { record, answer: { storedAt, version }, freshness, bytes });
    }
  }

  /** `R` is what is remembered under `type`. */
  view<R>(type: string): RecordView<R> {
    return {
      peek: (id) => {
        const stored = this.#store.records.get(this.#key(type, id));
        if (!stored || !this.#isFresh(stored, lastKnownVersion(stored.freshness))) return undefined;
        return stored.record as R;
      },
      find: async (ids, scope) => {
        const found = await this.#find(type, ids, scope);
        if (found.size > 0) scope.ledger.cacheHits += 1;
        return found as ReadonlyMap<string, R>;
      },
      forget: (id) => void this.#store.records.delete(this.#key(type, id)),
    };
  }

  async #find(type: string, ids: readonly string[], scope: Scope): Promise<ReadonlyMap<string, unknown>> {
    const found = new Map<string, unknown>();
    if (scope.bypassCache) return found;
    const versions = new Map<Freshness['version'], Promise<Version>>();
    for (const id of ids) {
      const stored = this.#store.records.get(this.#key(type, id));
      if (!stored || !this.#isFresh(stored, null)) continue;
      const { freshness } = stored;
      const version = versions.get(freshness.version) ?? learnVersion(freshness, scope);
      versions.set(freshness.version, version);
      if (!this.#isFresh(stored, await version)) continue;
      found.set(id, stored.record);
      scope.ledger.countRead(stored.answer.storedAt + freshness.freshMs);
    }
    return found;
  }

  #isFresh({ answer, freshness }: StoredRecord, version: Version): boolean {
    return isFresh(answer, freshness, version, this.#clock.now());
  }

  #key(type: string, id: string): string {
    return cacheKey(this.#namespace, type, id);
  }
}
