import { createHash } from 'node:crypto';
import type { Replicas } from '#cluster/replicas.ts';
import type { GatewayConfig } from '#config/config.ts';
import type { HistorySource } from '#history/history-store.ts';
import type { SourceHistory } from '#history/source-history.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { Secret } from '#lib/secret.ts';
import type { Allowance, BudgetOptions } from './transport/budget/allowance.ts';
import type { CacheStore } from './transport/cache/cache-store.ts';
import type { Clock } from './transport/clock.ts';
import type { TransportEvent } from './transport/transport-options.ts';

export type SourceConfig = GatewayConfig['sources'][number];

/** A source whose key is known: its own, or the one a caller brought. */
export interface KeyedSource {
  readonly options: Omit<SourceConfig, 'apiKey'>;
  readonly key: Secret;
  readonly cache: CacheStore;
  readonly deps: SourceDeps;
  /** Left out: the key has an allowance to itself. */
  readonly spending?: Spending;
}

/** What a key spends together with others. */
export interface Spending {
  /** Of what has the limit, wherever processes meet. */
  readonly identity: string;
  /** What the key may spend, `own` being what it may if it is alone. */
  readonly allowanceOf: (own: Allowance, budget: BudgetOptions) => Allowance;
}

/** Where readings are kept, and what was is read. */
export interface HistoryOfSources {
  /** An index has read its source; `identity` is that of source and credential. It is added in the background. */
  readonly note: (snapshot: Snapshot, identity: string) => void;
  /** The past of these and no others. */
  readonly of: (sources: readonly HistorySource[]) => SourceHistory;
}

/** Who waits for readings of the indexes. */
interface ReadingWatcher {
  readonly noteReading: (snapshot: Snapshot) => void;
  /** Whether the index of this source is to be kept up to date, though nobody asks. */
  readonly isWatched: (source: string) => boolean;
}

/** Listeners to what happens below, and the replicas with which it is shared. */
export interface SourceDeps {
  /** Left out: this process has every source to itself. */
  readonly replicas?: Pick<Replicas, 'allowance' | 'answers' | 'build'>;
  readonly onEvent?: (event: TransportEvent) => void;
  /** Rows of an answer that could not be read, and were left out. */
  readonly onInvalidRows?: (report: object) => void;
  /** An index could not read its source; it tries again by itself. */
  readonly onIndexFailure?: (error: Error) => void;
  /** Left out: what was is not kept. */
  readonly history?: HistoryOfSources;
  readonly watches?: ReadingWatcher;
  /** The thread that derives links and relations ended; another is opened. */
  readonly onDerivationFailure?: (error: Error) => void;
  readonly clock?: Clock;
}

/** Stands for one source and credential wherever processes meet; names neither, and holds no key. */
export const sourceIdentity = ({ options, key }: Pick<KeyedSource, 'options' | 'key'>): string =>
  identityOf(options, key.fingerprint);

/** Stands for a source whatever its credential: a key that takes the place of another has the same limit upstream. */
export const serverIdentity = (options: KeyedSource['options']): string => identityOf(options);

const identityOf = ({ kind, name, url }: KeyedSource['options'], ...more: readonly string[]): string =>
  createHash('sha256')
    .update([kind, name, url, ...more].join('\n'))
    .digest('base64url')
    .slice(0, 22);
