import { LRUCache } from 'lru-cache';

/** An answer and what decides how long it may be used. Shared between callers: never changed. */
export interface StoredAnswer {
  readonly value: unknown;
  readonly storedAt: number;
  /** Of the data, as known before it was asked for; undefined when it could not be learned. */
  readonly version: string | null | undefined;
  readonly bytes: number;
}

/** Answers of all transports of a process, bounded in bytes. */
export interface CacheStore {
  readonly answers: LRUCache<string, StoredAnswer>;
}

export interface CacheStoreOptions {
  readonly maxBytes: number;
}

/** A parsed answer weighs about this many times its JSON. */
const HEAP_FACTOR = 3;
const ENTRY_OVERHEAD_BYTES = 500;

export const createCacheStore = ({ maxBytes }: CacheStoreOptions): CacheStore => ({
  answers: new LRUCache({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }, key) => Math.ceil(bytes * HEAP_FACTOR) + key.length * 2 + ENTRY_OVERHEAD_BYTES,
  }),
});
