import { LRUCache } from 'lru-cache';
import type { Freshness } from '../upstream-call.ts';

/** An answer and what decides how long it may be used. Shared between callers: never changed. */
export interface StoredAnswer {
  readonly value: unknown;
  readonly storedAt: number;
  /** Of the data, as known before it was asked for; undefined when it could not be learned. */
  readonly version: string | null | undefined;
  /** Who asked: to the same operation it is never too old. */
  readonly operation: string;
  readonly bytes: number;
}

/** A record out of an answer, as fresh as the answer. */
export interface StoredRecord {
  readonly record: unknown;
  readonly answer: Pick<StoredAnswer, 'storedAt' | 'version'>;
  readonly freshness: Freshness;
  readonly bytes: number;
}

/** Answers and records of all transports of a process, each bounded in bytes. Keys hold source and credential. */
export interface CacheStore {
  readonly answers: LRUCache<string, StoredAnswer>;
  readonly records: LRUCache<string, StoredRecord>;
}

export interface CacheStoreOptions {
  /** Of heap, by estimate. */
  readonly maxBytes: number;
}

/** A parsed answer weighs about this many times its JSON. */
const HEAP_FACTOR = 3;
const ENTRY_OVERHEAD_BYTES = 500;
/** Records are mostly shared with the answers they came in. */
const RECORDS_PART = 0.4;

export const createCacheStore = ({ maxBytes }: CacheStoreOptions): CacheStore => ({
  answers: new LRUCache<string, StoredAnswer>({
    maxSize: Math.max(1, Math.floor(maxBytes * (1 - RECORDS_PART))),
    sizeCalculation: weigh,
  }),
  records: new LRUCache<string, StoredRecord>({
    maxSize: Math.max(1, Math.floor(maxBytes * RECORDS_PART)),
    sizeCalculation: weigh,
  }),
});

const weigh = ({ bytes }: { readonly bytes: number }, key: string): number =>
  Math.ceil(bytes * HEAP_FACTOR) + key.length * 2 + ENTRY_OVERHEAD_BYTES;

/** Parts never hold a line break, so keys of two credentials never meet. */
export const cacheKey = (...parts: readonly string[]): string => parts.join('\n');
